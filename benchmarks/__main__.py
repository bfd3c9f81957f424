"""The same policies built by policygen and by others, side by side: python -m benchmarks."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.chart import chart
from benchmarks.report import report
from benchmarks.rounds import Bench, Measured, starts
from benchmarks.sites import HERE
from benchmarks.tools import STARTS, YARDSTICK, Tool, eleventy_modules, tools

ROUNDS = {5: 15, 100: 9, 1000: 5, 10_000: 2}
"""How often each number of services is built, unless told otherwise."""
_RAM_DISK = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
_SAVES = 11


def main() -> None:
    """Measure, and write RESULTS.md and chart.svg."""
    options = _options()
    modules = eleventy_modules(Path("build/bench"))
    table = tuple(tools(eleventy=modules is not None, full=options.full))
    if options.tools:
        table = tuple(tool for tool in table if tool.name in {YARDSTICK, *options.tools})
    rounds = {number: options.rounds or ROUNDS.get(number, 5) for number in options.services}
    found = []
    for number, times in rounds.items():
        with _workplace() as place:
            taking = [tool for tool in table if number <= tool.up_to]
            found.append(_measured(Path(place), number, taking, modules, times))
    with _workplace() as place:
        started = starts(_known(STARTS), Path(place), min(15, 3 * max(rounds.values())))
    text = report(found, table, started, _preview(options.preview), rounds)
    print(text)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "RESULTS.md").write_text(text, encoding="utf-8")
    (options.output / "chart.svg").write_text(chart(found), encoding="utf-8")
    _keep(found)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    numbers = "numbers of services (default: 5,100,1000,10000)"
    asked.add_argument("--services", metavar="N,N", type=_numbers, default=tuple(ROUNDS), help=numbers)
    asked.add_argument("--rounds", metavar="N", type=int, help="how often each build is made")
    only = "only these tools, and Hugo: hugo, eleventy, plain, bench, real, floor"
    asked.add_argument("--tools", metavar="NAME,NAME", type=lambda text: text.split(","), help=only)
    full = "build 10,000 services with Eleventy and the plain script too: it takes minutes for each"
    asked.add_argument("--full", action="store_true", help=full)
    unwatched = "leave out `policygen serve`"
    asked.add_argument("--no-preview", dest="preview", action="store_false", help=unwatched)
    output = "where RESULTS.md and chart.svg are written (default: benchmarks/)"
    asked.add_argument("--output", metavar="DIR", type=Path, default=HERE, help=output)
    return asked.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")}))


def _workplace() -> tempfile.TemporaryDirectory[str]:
    """A folder on a RAM disk, where there is one: a disk's own time would swamp every tool's."""
    return tempfile.TemporaryDirectory(prefix="bench-", dir=_RAM_DISK if _RAM_DISK.is_dir() else None)


def _measured(
    place: Path, services: int, table: Sequence[Tool], modules: Path | None, rounds: int
) -> Measured:
    print(f"{services} services: making the sites", file=sys.stderr, flush=True)
    return Bench(place, services, table, modules.resolve() if modules else None).run(rounds)


def _known(commands: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: command for name, command in commands.items() if shutil.which(command[0])}


def _preview(wanted: bool) -> dict[str, list[float]]:
    """What a save costs while somebody looks; nothing where there is no browser."""
    if not wanted:
        return {}
    if shutil.which("chromium") is None:
        print("`policygen serve` is left out: it takes a chromium (make debian)", file=sys.stderr)
        return {}
    from benchmarks.preview import latencies

    return latencies(_SAVES)


def _keep(found: Sequence[Measured]) -> None:
    """Every single run, for whoever doubts a median."""
    runs = [
        {"services": one.services, "tool": tool, "kind": kind, **asdict(run)}
        for one in found
        for (tool, kind), several in one.runs.items()
        for run in several
    ]
    kept = Path("build/bench/runs.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(runs, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
