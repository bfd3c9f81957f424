"""One command from start to end: how long it takes, and how much memory its processes hold together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_IDLE = 0.06
"""Seconds of work in a tenth of a second on all processors, up to which a machine counts as idle."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    `peak`: bytes held by all processes of the command at one time, if it was asked for. `foreign`: the share
    of the machine's processors that was busy with something else.
    """

    seconds: float
    cpu: float
    peak: int | None
    foreign: float


class Failed(Exception):
    """A command that did not do its work."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, memory: bool = False) -> Run:
    """Start the command, and wait for its end. Watching the memory costs time: don't use that run's."""
    busy, start = _busy(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    with _Watch(process.pid if memory else None) as watch:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(command)}: {said.decode(errors='replace')[-2000:]}")
    cpu = used.ru_utime + used.ru_stime
    foreign = max(0.0, _busy() - busy - cpu) / (seconds * (os.cpu_count() or 1))
    return Run(seconds, cpu, watch.peak if memory else None, foreign)


class _Watch:
    """Adds up the memory of a process and its descendants, pages that they share counted once."""

    def __init__(self, process: int | None) -> None:
        self.peak = 0
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        if self._process is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._process is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.005):
            held = sum(_held(process) for process in _family(str(self._process)))
            self.peak = max(self.peak, held)


def _family(process: str) -> Iterator[Path]:
    """A process and all that it started, whichever of its threads did."""
    folder = Path("/proc") / process
    yield folder
    try:
        started = [file.read_text().split() for file in folder.glob("task/*/children")]
    except OSError:
        return  # it has ended
    for child in chain.from_iterable(started):
        yield from _family(child)


def _held(process: Path) -> int:
    """The proportional set size: a page shared by two processes is half a page of each."""
    try:
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has ended
    return 0


def _busy() -> float:
    """Seconds that the processors have worked since the machine started; 0 where nobody says."""
    try:
        with Path("/proc/stat").open() as stat:
            fields = [int(field) for field in stat.readline().split()[1:9]]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, interrupts, soft, stolen = fields
    return (user + nice + system + interrupts + soft + stolen) / _TICKS


def wait_until_idle(seconds: float = 2) -> None:
    """Let what else runs come to an end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = _busy()
        time.sleep(0.1)
        if _busy() - before < _IDLE:
            return
