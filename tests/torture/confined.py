"""The installed command in a process that may have 256 MiB, and how long it computed."""

from __future__ import annotations

import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.site_under_test import TODAY, installed_command

MEBIBYTES = 256
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run said, and how many seconds it computed."""

    code: int
    output: str
    seconds: float


def confined(site: Path, command: str = "build") -> Run:
    """Run a command on a site. What needs more memory gets none, and what computes for ever is ended."""
    words = f"{installed_command()} {command} --today {TODAY} --format concise --no-cache --jobs 1"
    line = ["bash", "-c", f"ulimit -d {MEBIBYTES * 1024} -t 30 && exec {words}"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        line, cwd=site, capture_output=True, text=True, check=False, timeout=300, encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(run.returncode, run.stdout + run.stderr, seconds)


def is_civil(run: Run) -> bool:
    """Whether a run ended as it should, with findings or a site, and not too late."""
    return run.code in {0, 1} and "Traceback" not in run.output and run.seconds <= SECONDS
