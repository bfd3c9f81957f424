"""The processes that share a build."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest

from policygen.build.crew import Done, Job, crew
from policygen.build.made import Made, Story

JOBS = [Job(str(number)) for number in range(40)]


def _work(job: Job) -> Done:
    return job.name, Made.of("", (date.min, date.max), {}, (), Story()), {}


@pytest.fixture
def _ctrl_c(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody presses Ctrl-C just before the pool's own thread begins."""
    start = Thread.start

    def interrupted(thread: Thread) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        start(thread)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setattr(Thread, "start", interrupted)
    yield
    signal.signal(signal.SIGINT, before)


def test_every_job_is_done_once() -> None:
    assert sorted(name for name, _, _ in crew(_work, JOBS, 2)) == sorted(job.name for job in JOBS)


@pytest.mark.usefixtures("_ctrl_c")
def test_an_interruption_while_a_pool_starts_is_one() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(crew(_work, JOBS, 2))
