"""The same input gives the same bytes, whatever machine, surroundings, order and past it is built in."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.site_under_test import CHECKOUT, TODAY, installed_command
from tests.small_site import POLICY, files_of
from tests.torture.conftest import Dose, Tally

_SERVICES = 36
"""With these, several processes share the work."""

_SURROUNDINGS: Mapping[str, tuple[str, ...]] = {
    "PYTHONHASHSEED": ("0", "1", "4294967295", "random"),
    "TZ": ("UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Ho_Chi_Minh", "nonsense"),
    "LC_ALL": ("C", "POSIX", "C.UTF-8", "vi_VN.UTF-8", "tr_TR.UTF-8", "nonsense"),
    "LANGUAGE": ("vi", "en", "ar"),
    "PYTHONUTF8": ("0", "1"),
    "PYTHONOPTIMIZE": ("0", "2"),
    "PYTHONDONTWRITEBYTECODE": ("", "1"),
    "HOME": ("/nonexistent", "/", ""),
    "COLUMNS": ("20", "500"),
    "TERM": ("dumb", "xterm-256color"),
    "NO_COLOR": ("", "1"),
}
_FOLDERS = ("site", "một thư mục", "a b", "x" * 200, "-x", "content", "en", "ẞ", "a\nb")
_MIDNIGHT = int(datetime.fromisoformat(f"{TODAY}T00:00:00+07:00").timestamp())
"""Where the policies of this site are at home."""
_UMASKS = (0o022, 0o077, 0o002, 0o000)


@dataclass(frozen=True, slots=True)
class Call:
    """One way to build the site."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    umask: int

    def built(
        self, site: Path, output: Path, command: tuple[str, ...] = (str(installed_command()),)
    ) -> dict[str, bytes]:
        """What comes of it."""
        line = [*command, "build", "--quiet", "--output", str(output), *self.words]
        done = subprocess.run(
            line, cwd=site, env={**os.environ, **self.environment}, capture_output=True, check=False,
            umask=self.umask, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, (self, done.stdout, done.stderr)
        return files_of(output)


def _any_call(choose: random.Random) -> Call:
    environment = {
        name: choose.choice(values) for name, values in _SURROUNDINGS.items() if choose.random() < 0.5
    }
    words = ["--jobs", choose.choice("128")] + (["--no-cache"] if choose.random() < 0.3 else [])
    if choose.random() < 0.5:
        environment["SOURCE_DATE_EPOCH"] = str(_MIDNIGHT + choose.randrange(86400))
    else:
        words += ["--today", TODAY]
    return Call(tuple(words), environment, choose.choice(_UMASKS))


def _sources() -> dict[str, bytes]:
    """This site's own policies, and as many others as several processes need."""
    content = {f"content/{path}": file for path, file in files_of(CHECKOUT / "content").items()}
    others = {f"content/film-{number}/policy.yaml": POLICY.encode() for number in range(_SERVICES)}
    return {**content, **others, "static/a.txt": b"a", "static/b/c.txt": b"c"}


def _put(folder: Path, files: Mapping[str, bytes], choose: random.Random) -> Path:
    """A copy of the site, its files made in any order and of any age."""
    for path in choose.sample(sorted(files), len(files)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[path])
        moment = choose.choice((0, 10**9, 4 * 10**9))
        os.utime(file, (moment, moment))
    return folder


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("reference")
    site = _put(folder / "site", _sources(), random.Random(0))  # noqa: S311 - no secret
    return Call(("--no-cache", "--jobs", "1", "--today", TODAY), {}, 0o022).built(site, folder / "output")


def test_no_machine_and_no_surroundings_change_a_byte(
    reference: dict[str, bytes], dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    choose, tried, sources = random.Random(15), dose(1, 50), _sources()  # noqa: S311 - no secret
    for attempt in range(tried):
        site = _put(tmp_path / str(attempt) / choose.choice(_FOLDERS), sources, choose)
        for step in range(2):
            # The second time there is a trace, and a service that has changed and changed back.
            call = _any_call(choose)
            assert call.built(site, tmp_path / str(attempt) / "output") == reference, (call, step)
            _change_and_build(site, tmp_path / str(attempt) / "output", sources)
        shutil.rmtree(tmp_path / str(attempt))
    tally(
        "builds under other hash seeds, time zones, locales, umasks, homes, folders, orders, jobs and pasts",
        2 * tried,
        "not a byte differs",
    )


def _change_and_build(site: Path, output: Path, sources: Mapping[str, bytes]) -> None:
    path = "content/film-7/policy.yaml"
    (site / path).write_bytes(sources[path].replace(b"Music", b"Songs"))
    Call(("--today", TODAY), {}, 0o022).built(site, output)
    (site / path).write_bytes(sources[path])


def _pythons() -> Iterator[tuple[str, str]]:
    """The other Pythons of this machine that are new enough: one of each version, the oldest first."""
    folders = [
        Path("/usr/bin"),
        Path("/usr/local/bin"),
        *Path.home().glob(".pyenv/versions/*/bin"),
        Path("/opt/python"),
    ]
    found: dict[str, str] = {}
    for python in sorted(each for folder in folders for each in folder.glob("python3.[0-9][0-9]")):
        line = [str(python), "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]
        version = subprocess.run(line, capture_output=True, text=True, check=False).stdout.strip()
        if version:
            found.setdefault(version, str(python))
    versions = {tuple(map(int, version.split("."))): (version, path) for version, path in found.items()}
    yield from (
        versions[each] for each in sorted(versions) if each >= (3, 11) and each != sys.version_info[:3]
    )


def test_no_version_of_python_changes_a_byte(
    reference: dict[str, bytes], dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    """They take our own environment's packages; what is compiled for ours alone, they do without."""
    site = _put(tmp_path / "site", _sources(), random.Random(16))  # noqa: S311 - no secret
    packages = os.pathsep.join((str(CHECKOUT), sysconfig.get_path("purelib")))
    others = list(_pythons())[: dose(1, 99)]
    for version, python in others:
        cache = {
            "PYTHONPATH": packages,
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        call = Call(("--today", TODAY, "--jobs", "2"), cache, 0o022)
        output = tmp_path / f"output-{version}"
        assert call.built(site, output, (python, "-m", "policygen")) == reference, version
    names = ", ".join(version for version, _ in others)
    if others:
        tally(
            f"builds with other Pythons ({names})", len(others), "not a byte differs, without libyaml either"
        )
    else:
        tally("builds with other Pythons", 0, "SKIPPED: this machine has no other Python from 3.11 on")


def test_source_date_epoch_is_the_day(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    """In the time zone of the site; the clock is asked for nothing."""
    site = _put(tmp_path / "site", _sources(), random.Random(17))  # noqa: S311 - no secret
    days = ("2027-06-01", "2026-10-01", "2040-01-01", "1999-12-31")
    tried = 0
    for day in days[: dose(1, 4)]:
        epoch = str(int(datetime.fromisoformat(f"{day}T00:00:00+07:00").timestamp()))
        named = Call(("--no-cache", "--today", day), {}, 0o022)
        told = Call(("--no-cache",), {"SOURCE_DATE_EPOCH": epoch}, 0o022)
        made = [_made(call, site, tmp_path / f"{day}-{number}") for number, call in enumerate((named, told))]
        assert made[0] == made[1]
        tried += 1
    tally("days given by SOURCE_DATE_EPOCH", tried, "the bytes and the findings of that day")


def _made(call: Call, site: Path, output: Path) -> tuple[int, bytes, dict[str, bytes]]:
    """What is said, and what is built."""
    line = [str(installed_command()), "build", "--output", str(output), "--format", "json", *call.words]
    done = subprocess.run(
        line, cwd=site, env={**os.environ, **call.environment}, capture_output=True, check=False
    )
    return done.returncode, done.stdout, files_of(output) if output.exists() else {}
