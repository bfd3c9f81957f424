"""A site that goes back and forth between two states, and what a clean build gives of each."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from policygen.output import MANIFEST, STAGE
from tests.site_under_test import TODAY, installed_command
from tests.small_site import POLICY, SETTINGS, files_of, run

Files = Mapping[str, bytes]

_PATIENCE = 60
_COMING = 3.0
"""Seconds that what a killed build has left may take to end: its processes notice that they are alone."""


@dataclass(slots=True)
class Twins:
    """The site's folder, its two states as files, and the site that each of them makes."""

    root: Path
    states: tuple[Files, Files]
    clean: list[dict[str, bytes]] = field(default_factory=list)

    @property
    def site(self) -> Path:
        """Where it is built."""
        return self.root / "site"

    def become(self, state: int) -> None:
        """Give the site's folder one of the states; what is the same in both isn't touched."""
        old, new = self.states[1 - state], self.states[state]
        for path in sorted(old.keys() - new.keys()):
            if (self.root / path).is_file():
                (self.root / path).unlink()
        for folder in sorted((self.root / "static").glob("*/"), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        for path, content in new.items():
            file = self.root / path
            if not file.is_file() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)

    def built(self, *words: str, environment: Mapping[str, str] | None = None) -> None:
        """Build it, and expect nothing but success."""
        done = run(self.root, "build", "--quiet", *words, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr

    def is_clean(self, state: int) -> None:
        """It holds byte for byte what a clean build of that state gives, and nothing else."""
        found = files_of(self.site)
        assert found.keys() == self.clean[state].keys(), found.keys() ^ self.clean[state].keys()
        wrong = [path for path in found if found[path] != self.clean[state][path]]
        assert wrong == [], wrong

    def is_whole(self, before: int, after: int) -> None:
        """Every file there is the old one or the new one, and none is missing that both sites have."""
        old, new, found = self.clean[before], self.clean[after], published(self.site)
        missing = (old.keys() & new.keys()) - {MANIFEST} - found.keys()
        wrong = [path for path in found if found[path] not in (old.get(path), new.get(path))]
        assert (missing, wrong) == (set(), []), (missing, wrong)


def published(site: Path) -> dict[str, bytes]:
    """The files of a site that are for readers."""
    files = files_of(site) if site.is_dir() else {}
    return {path: content for path, content in files.items() if path.split("/")[0] not in (MANIFEST, STAGE)}


def make_twins(root: Path, services: int) -> Twins:
    """A site of so many services, built in its first state."""
    names = [f"film-{number}" for number in range(services)]
    policies = {f"content/{name}/policy.yaml": POLICY.replace("Music", name.title()) for name in names}
    first = {**policies, "content/site.yaml": SETTINGS, "static/tips": "a file", "static/same.txt": "same"}
    second = {
        **dict(list(policies.items())[2:]),
        "content/site.yaml": SETTINGS.replace("Policies", "Our rules"),
        "content/song/policy.yaml": POLICY + "recipients: none\n",
        "static/tips/now.txt": "a folder",
        "static/big.bin": "1234567 " * 20_000,
        "static/same.txt": "same",
    }
    states = tuple({path: text.encode() for path, text in state.items()} for state in (first, second))
    twins = Twins(root, (states[0], states[1]))
    for state in (1, 0):
        twins.become(state)
        clean = root.parent / f"clean-{state}"
        twins.built("--no-cache", "--output", str(clean))
        twins.clean.insert(0, files_of(clean))
        shutil.rmtree(clean)
    twins.built()
    twins.is_clean(0)
    return twins


@contextmanager
def started(root: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The installed command on its way, in a process group of its own; what it says goes to `said.txt`."""
    # Tests that run in the background ignore Ctrl-C, and so would all that they start.
    line = ["env", "--default-signal=INT", str(installed_command()), *words, "--today", TODAY]
    surroundings = {**os.environ, **more}
    with (
        (root.parent / "said.txt").open("wb") as said,
        subprocess.Popen(
            line, cwd=root, env=surroundings, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        ) as process,
    ):
        try:
            yield process
            process.wait(_PATIENCE)
        finally:
            process.kill()


def said(root: Path) -> str:
    """What the last command that was started has said."""
    return (root.parent / "said.txt").read_text(encoding="utf-8", errors="replace")


def seconds_of(root: Path, *words: str) -> float:
    """How long a command takes."""
    start = time.monotonic()
    with started(root, *words):
        pass
    return time.monotonic() - start


def wait_until_free(folder: Path) -> None:
    """Wait until nobody holds a folder any more, and not for long."""
    until = time.monotonic() + _COMING
    opened = os.open(folder, os.O_RDONLY)
    try:
        while True:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                assert time.monotonic() < until, "somebody works for a build that was killed"
                time.sleep(0.01)
            else:
                return
    finally:
        os.close(opened)
