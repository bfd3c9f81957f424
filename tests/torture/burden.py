"""What a command costs a machine: the memory and the processor's time of all its processes together."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.site_under_test import installed_command

_EVERY = 0.1
"""Seconds between two looks at the processes."""


@dataclass(frozen=True, slots=True)
class Burden:
    """What a command said and cost: bytes of memory at the most, seconds of processor, looks taken."""

    code: int
    out: str
    err: str
    memory: int
    seconds: float
    looks: int


def burden_of(folder: Path, *words: str) -> Burden:
    """Run the installed command in a folder and watch it, and all that it starts."""
    before = _processor()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = subprocess.Popen([str(installed_command()), *words], cwd=folder, stdout=out, stderr=err)
        memory = looks = 0
        while running.poll() is None:
            memory = max(memory, sum(map(_memory, _tree(running.pid))))
            looks += 1
            time.sleep(_EVERY)
        said, told = _all_of(out.fileno()), _all_of(err.fileno())
    return Burden(running.returncode, said, told, memory, _processor() - before, looks)


def _all_of(stream: int) -> str:
    return os.pread(stream, os.fstat(stream).st_size, 0).decode()


def _processor() -> float:
    """Seconds that the ended children of this process have had, with those that they started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(process: int) -> Iterator[int]:
    """A process and all that it started."""
    yield process
    for children in _read_all(Path(f"/proc/{process}/task"), "*/children"):
        for child in children.split():
            yield from _tree(int(child))


def _memory(process: int) -> int:
    """Bytes of a process; what it shares with others counts for each of them in part."""
    return sum(
        int(size) * 1024
        for text in _read_all(Path(f"/proc/{process}"), "smaps_rollup")
        for size in re.findall(r"^Pss: +(\d+) kB$", text, re.MULTILINE)
    )


def _read_all(folder: Path, pattern: str) -> Sequence[str]:
    """What stands in the files of a process; nothing once it has ended."""
    try:
        return [file.read_text(encoding="ascii") for file in folder.glob(pattern)]
    except OSError:
        return []
