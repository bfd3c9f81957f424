"""Keeps what is shown up to date: a thread that builds whenever the sources have changed.

Requests are answered meanwhile. What is read is never older than the state of the files that it is built for,
so a change in the middle of a build is seen after it, and the last state is always built.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from policygen.build import Past, Plan, Result, Shelf, build
from policygen.build.made import Files
from policygen.diagnostics import Diagnostic
from policygen.memory import Memory
from policygen.report import render, summary
from policygen.serve.shown import Shown, Trouble
from policygen.serve.watch import Snapshot, Watch
from policygen.site import SiteFolder
from policygen.source import locate

_LOOK = 0.025
"""Seconds between looks, unless looking takes long itself: then it gets a tenth of the time."""
_LOOK_UNWATCHED = 0.2
"""The same while no browser shows the preview."""
_SETTLE = 0.015
"""Seconds in which nothing more may change: an editor, or a branch of git, saves many files at once."""
_PATIENCE = 0.5
"""Seconds after which it is built all the same."""


@dataclass(frozen=True, slots=True)
class News:
    """How a build went: what it found, how many files it made in how many seconds, or how it broke down."""

    findings: tuple[Diagnostic, ...] = ()
    files: int = 0
    seconds: float = 0.0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and who is told: `show` gets what there is to show, `tell` how it came to it.

    `watched` are the parts of the addresses that browsers show at the moment: they are built first.
    """

    folder: SiteFolder
    today: Callable[[str | None], date]
    show: Callable[[Shown], None]
    tell: Callable[[News], None]
    watched: Callable[[], Collection[str]]


class _Ended(Exception):
    """Nobody waits for this build any more."""


class Keeper(threading.Thread):
    """Builds at once, and again after every change, until it is ended."""

    def __init__(self, order: Order) -> None:
        super().__init__(name="policygen-keeper", daemon=True)
        self._order = order
        root = order.folder.root
        self._watch = Watch(root / name for name in ("content", "templates", "locales", "static"))
        self._memory = Memory()
        self._past, self._pages = Past(), dict[str, bytes]()
        self._shown = Shown()
        self._ended = threading.Event()

    def end(self) -> None:
        """Stop soon, in the middle of a build if need be."""
        self._ended.set()

    def run(self) -> None:
        """Look and build until the end."""
        built: Snapshot | None = None
        while not self._ended.is_set():
            start = time.monotonic()
            seen = self._watch.look()
            if seen != built:
                built = self._settled(seen) if built is not None else seen
                try:
                    self._build()
                except _Ended:
                    return
            else:
                pause = _LOOK if self._order.watched() else _LOOK_UNWATCHED
                self._ended.wait(max(pause, 9 * (time.monotonic() - start)))

    def _settled(self, seen: Snapshot) -> Snapshot:
        """The state of the files once no more of them change."""
        start = time.monotonic()
        while time.monotonic() - start < _PATIENCE and not self._ended.wait(_SETTLE):
            before, seen = seen, self._watch.look()
            if seen == before:
                break
        return seen

    def _build(self) -> None:
        start = time.monotonic()
        try:
            result = self._result()
            self._show(result)
            self._order.tell(News(result.findings, len(result.pages), time.monotonic() - start))
        except _Ended:
            raise
        except OSError as error:
            self._fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), "")
        except Exception as error:  # noqa: BLE001 - a bug of ours must not end the preview without a word
            self._fail(f"policygen broke down: {type(error).__name__}: {error}", traceback.format_exc())

    def _result(self) -> Result:
        folder = self._order.folder
        watched = {*self._order.watched()} & {*folder.services()} if self._shown.pages else ()
        shelf = Shelf(self._pages)

        def show_early(files: Files) -> None:
            pages = {**self._shown.pages, **shelf.pages(files)}
            self._publish(replace(self._shown, pages=pages, trouble=None))

        plan = Plan(
            drafts=True,
            progress=self._go_on,
            memory=self._memory,
            past=replace(self._past, intact=shelf.has),
            waiting=dict.fromkeys(watched, show_early),
            shelf=shelf,
        )
        result = build(folder, self._order.today, plan)
        if result.made:
            self._past, self._pages = Past(result.made, result.seen), dict(result.pages)
        return result

    def _go_on(self, _done: int, _of: int) -> None:
        if self._ended.is_set():
            raise _Ended

    def _show(self, result: Result) -> None:
        if result.failed(strict=False):
            read = self._order.folder.text
            text = render(result.findings, "text", read, locate)
            self._publish(replace(self._shown, trouble=Trouble(summary(result.findings), text)))
        else:
            self._publish(Shown(dict(result.pages), result.root))

    def _fail(self, message: str, details: str) -> None:
        self._publish(replace(self._shown, trouble=Trouble(message, details)))
        self._order.tell(News(failure=f"{message}\n{details}".rstrip()))

    def _publish(self, shown: Shown) -> None:
        if shown != self._shown or not shown.pages:
            self._shown = shown
            self._order.show(shown)
