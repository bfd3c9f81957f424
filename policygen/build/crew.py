"""Deals services out to processes, when there are enough of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from policygen.build.made import Made

if TYPE_CHECKING:
    from policygen.trace.seen import Seen

_ENOUGH = 32
"""From this number of services on, starting processes takes less time than it saves."""
_HAND = 8
"""How many services a process gets at a time."""


class WorkerDied(Exception):
    """A process ended in the middle of its work, which only the system can make it do."""


@dataclass(frozen=True, slots=True)
class Job:
    """A service to make, and what the last build made of it."""

    name: str
    past: Made | None = None


Done = tuple[str, "Made", "Seen"]
_Work = Callable[[Job], Done]


def crew(work: _Work, jobs: Sequence[Job], processes: int) -> Iterator[Done]:
    """Do the jobs, in any order. Raises WorkerDied, and whatever the work raises."""
    if processes < 2 or len(jobs) < _ENOUGH or not hasattr(os, "fork"):
        yield from map(work, jobs)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A forked process has everything that the work needs: templates, catalogues, settings.
    hands = [jobs[start : start + _HAND] for start in range(0, len(jobs), _HAND)]
    with ProcessPoolExecutor(processes, get_context("fork"), _Hands.take_up, (work,)) as pool:
        try:
            with _uninterrupted():
                begun = [pool.submit(_Hands.do, hand) for hand in hands]
            for done in as_completed(begun):
                yield from done.result()
        except BrokenProcessPool as broken:
            raise WorkerDied("a process of the build was ended by the system") from broken
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait: a pool that is interrupted while it starts its processes can't be ended."""
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
    os._exit(1)


class _Hands:
    """What a process of the crew does; it has been told once, because the work can't be sent to it."""

    work: ClassVar[_Work]

    @classmethod
    def take_up(cls, work: _Work) -> None:
        """Be told."""
        from signal import SIG_IGN, SIGINT, signal
        from threading import Thread

        cls.work = work
        # Ctrl-C goes to all of a terminal's processes: the first one tells the others.
        signal(SIGINT, SIG_IGN)
        # Who works for a build that was killed would wait for ever, and keep the next one out.
        Thread(target=_end_with_parent, daemon=True).start()

    @classmethod
    def do(cls, hand: Sequence[Job]) -> list[Done]:
        """Do some of the jobs."""
        return [cls.work(job) for job in hand]
