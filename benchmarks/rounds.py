"""The kinds of build, tool by tool and round by round, so that what else the machine does hits them alike."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.equal import differences
from benchmarks.facts import policy, slug_of
from benchmarks.measure import Run, run, wait_until_idle
from benchmarks.releases import release_all
from benchmarks.sites import lay_out, service_file
from benchmarks.tools import LABELS, YARDSTICK, Tool, environment

FIRST, COLD, SAME, SERVICE, LABEL = "first", "cold", "same", "service", "label"
KINDS = (COLD, SAME, SERVICE, LABEL)
_SAMPLE = 100
"""Pages that are compared between the tools."""


@dataclass(slots=True)
class Measured:
    """The runs of one number of services, by tool and kind of build, in the order of the rounds."""

    services: int
    runs: dict[tuple[str, str], list[Run]] = field(default_factory=dict)
    peaks: dict[tuple[str, str], int] = field(default_factory=dict)
    written: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How many files and bytes a tool makes."""

    def seconds(self, tool: str, kind: str) -> float | None:
        """The median."""
        runs = self.runs.get((tool, kind))
        return median(run.seconds for run in runs) if runs else None

    def ratio(self, tool: str, kind: str, to: str = YARDSTICK) -> float | None:
        """The median of the ratios of the rounds."""
        mine, others = self.runs.get((tool, kind)), self.runs.get((to, kind))
        if not mine or not others:
            return None
        return median(one.seconds / other.seconds for one, other in zip(mine, others, strict=False))


class Bench:
    """The projects of all tools with one number of services, in a folder of their own."""

    def __init__(self, root: Path, services: int, tools: Sequence[Tool], modules: Path | None) -> None:
        self.root, self.services, self.tools = root, services, tools
        self.measured = Measured(services)
        self._environment = environment(root)
        self._marks = count(1000)
        self._edited = slug_of(policy(services // 2)["service"]["name"])
        lay_out(root, range(services), [tool.name for tool in tools])
        if any(tool.name == "real" for tool in tools):
            release_all(root / "real", services)
        if modules and (root / "eleventy").is_dir():
            (root / "eleventy/node_modules").symlink_to(modules)
        self._sources = {tool.name: self._inside(tool) for tool in tools}

    def _inside(self, tool: Tool) -> set[str]:
        folder = self.root / tool.name
        return {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()

    def run(self, rounds: int) -> Measured:
        """Every tool and every kind of build, `rounds` times after a round of cold builds for the memory."""
        for number in range(rounds + 1):
            self._first(number)
            for kind in KINDS if number else (COLD,):
                mark = str(next(self._marks))
                for tool in self.tools:
                    if kind == COLD or tool.words:
                        self._prepare(tool, kind, mark)
                        self._time(tool, kind, number)
            if number == 0:
                self._check(self.tools)
            print(f"  {self.services} services: round {number} of {rounds}", file=sys.stderr, flush=True)
        # By now some pages have been made many times, piece by piece.
        self._check([tool for tool in self.tools if tool.words])
        return self.measured

    def _first(self, number: int) -> None:
        """Build with policygen as on the day it was installed: nothing kept anywhere."""
        for tool in self.tools:
            if tool.name == "bench":
                shutil.rmtree(self.root / "cache", ignore_errors=True)
                self._clean(tool)
                self._time(tool, FIRST, number)

    def _prepare(self, tool: Tool, kind: str, mark: str) -> None:
        folder = self.root / tool.name
        if tool.name == "floor":
            self._list_files(folder)
        if kind == COLD:
            self._clean(tool)
        elif kind == SERVICE:
            path = folder / service_file(tool.name, self._edited)
            _edit(path, r"(\+84 28 \d{4}) \d{4}", rf"\g<1> {mark}")
        elif kind == LABEL:
            _edit(folder / tool.words, rf"{LABELS}[ \d]*", f"{LABELS} {mark}")

    def _clean(self, tool: Tool) -> None:
        """Take away whatever was not there before the first build: the output, and any cache."""
        for name in self._inside(tool) - self._sources[tool.name]:
            path = self.root / tool.name / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _list_files(self, folder: Path) -> None:
        """What the floor has to write: the files of policygen with the same pages as the others."""
        made = self.root / "bench/site"
        lines = (f"{path.stat().st_size} {path.relative_to(made)}\n" for path in _files(made))
        folder.mkdir(exist_ok=True)
        (folder / "files").write_text("".join(lines), encoding="utf-8")
        self._sources[folder.name] = {"files"}

    def _time(self, tool: Tool, kind: str, number: int) -> None:
        folder, key = self.root / tool.name, (tool.name, kind)
        wait_until_idle()
        done = run(tool.command, folder, self._environment, memory=number == 0)
        if done.peak is not None:
            self.measured.peaks[key] = done.peak
        else:
            self.measured.runs.setdefault(key, []).append(done)
        if kind == COLD:
            sizes = [path.stat().st_size for path in _files(folder / tool.output)]
            self.measured.written[tool.name] = (len(sizes), sum(sizes))

    def _check(self, tools: Sequence[Tool]) -> None:
        """These tools have the same pages now."""
        alike = [tool for tool in tools if tool.name not in {"real", "floor"}]
        outputs = {tool.name: self.root / tool.name / tool.output for tool in alike}
        if found := tuple(differences(outputs, self._pages())):
            raise SystemExit("the tools make different pages:\n" + "\n".join(found[:20]))

    def _pages(self) -> list[str]:
        step = max(1, self.services // _SAMPLE)
        slugs = [slug_of(policy(number)["service"]["name"]) for number in range(0, self.services, step)]
        return [f"{tag}/{slug}/" for tag in ("en", "vi") for slug in (*slugs, self._edited)] + ["en/", "vi/"]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _edit(path: Path, pattern: str, words: str) -> None:
    before = path.read_text(encoding="utf-8")
    after = re.sub(pattern, words, before, count=1)
    if after == before:
        raise ValueError(f"{path.name} has nothing like {pattern}")
    path.write_text(after, encoding="utf-8")


def starts(commands: Mapping[str, Sequence[str]], folder: Path, rounds: int) -> dict[str, list[float]]:
    """How long commands take that only start, round by round."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            wait_until_idle()
            done = run(command, folder, environment(folder))
            if number:
                found[name].append(done.seconds)
    return found
