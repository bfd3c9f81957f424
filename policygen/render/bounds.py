"""What a site's own templates may take of the machine.

Templates are programs: an endless loop would hang the build, and a text that doubles itself would take all
memory. The sandbox knows neither. So the loops and macros of the site's templates look at the clock, and the
system gives no more memory than a page can need.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context

SECONDS = 1
"""Of computing, for one page; with our templates, a hundredth of it is much."""
MEBIBYTES = 128
"""Of memory, beside what is in use already."""
LARGEST = 256 * 1024
"""Bytes of a template; the largest of ours has a sixteenth of it."""
MOST_NODES = 20_000
"""Names, values and tags of a template, which take long to compile; ours have a thousand at most."""
LONGEST = 10_000_000
"""Characters of a page."""
_MOST = 100_000
"""Characters or items that a multiplication may make."""
_WIDEST = 10_000
"""Binary digits of a number."""
_CHECK = "policygen_clock"


class TooMuch(Exception):
    """A template takes more than a page can need."""


class Clock:
    """The time that one page has."""

    def __init__(self) -> None:
        self._end = float("inf")

    @property
    def filters(self) -> dict[str, Callable[..., Any]]:
        """What the templates of `with_checks` call."""
        return {_CHECK: self._check}

    @pass_context  # or it would be called when the template is compiled, and never again
    def _check(self, _context: Context, value: Any) -> Any:
        if time.thread_time() > self._end:
            raise TooMuch(f"this is not done after {SECONDS} second")
        return value

    @contextmanager
    def running(self) -> Iterator[None]:
        """Give what is done now its time, and its memory."""
        self._end = time.thread_time() + SECONDS
        try:
            with _little_memory():
                yield
        finally:
            self._end = float("inf")


def with_checks(template: nodes.Template) -> nodes.Template:
    """A template that looks at the clock in each turn of a loop, and whenever one of its parts begins."""
    inside = list(template.find_all(nodes.Node))
    if len(inside) > MOST_NODES:
        raise TooMuch(f"it has {len(inside):,} names, values and tags, more than {MOST_NODES:,}")
    for part in (template, *inside):
        if isinstance(part, nodes.Template | nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block):
            look = nodes.Filter(nodes.Const(None), _CHECK, [], [], None, None, lineno=part.lineno)
            part.body.insert(0, nodes.ExprStmt(look, lineno=part.lineno))
    return template


def multiplied(left: Any, right: Any) -> Any:
    """`left * right`, which may be a text over and over."""
    for many, times in ((left, right), (right, left)):
        if isinstance(many, str | list | tuple) and isinstance(times, int) and len(many) * times > _MOST:
            raise TooMuch(f"{len(many) * times:,} characters or items are too many")
    return left * right


def raised(left: Any, right: Any) -> Any:
    """`left ** right`, which may have more digits than anybody could wait for."""
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > _WIDEST:
        raise TooMuch(f"{left} to the power of {right} is too large a number")
    return left**right


@contextmanager
def _little_memory() -> Iterator[None]:
    """Let this process have little more memory than it has. Not every system can tell, or tells."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        before, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = pages * resource.getpagesize() + MEBIBYTES * 2**20
    except (ImportError, OSError, ValueError, IndexError):
        yield
        return
    known = [each for each in (limit, before, most) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(known), most))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (before, most))
