"""The one shape every finding has, whatever found it.

A finding names a file and a *route* of keys (``("data", 2, "items", 0)``). The route becomes a line and a
column only on the way to a reader (`policygen.report`), because most builds have nothing to report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_MANY_WORDS = 1500
_MUCH = 400_000
"""Pairs of letters to compare; more would take longer than the answer is worth."""
_FEW = 12

ENOUGH = 200
"""Errors in one file after which it is read no further: nobody mends as many at a time."""

Route = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


class Severity(StrEnum):
    """How much a finding weighs: errors stop a build, warnings only under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands in a text: line and column from 1, `width` characters long."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a file: the file's path (POSIX, relative to the site folder) and the route to it."""

    path: str
    route: Route = ()

    def __truediv__(self, key: str | int) -> Place:
        return Place(self.path, (*self.route, key))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` never changes its meaning and is never reused; `message` is lower case, without a full stop, and
    says what was found; `help` says what would be right. `on_key` puts the carets under the key instead of
    its value. `position` is given where there is no YAML to look a route up in (syntax errors, templates).
    """

    code: str
    message: str
    place: Place
    help: str | None = None
    severity: Severity = Severity.ERROR
    on_key: bool = False
    position: Position | None = None

    def at(self, position: Position) -> Diagnostic:
        """The same finding, at a known position."""
        return replace(self, position=position)


def first(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings up to as many errors as are `ENOUGH`; the last one says that there may be more."""
    errors = 0
    for finding in findings:
        errors += finding.severity is Severity.ERROR
        if errors == ENOUGH:
            yield last(finding)
            return
        yield finding


def last(finding: Diagnostic) -> Diagnostic:
    """The finding with which reading ends, because there are enough of them."""
    end = f"this is error {ENOUGH:,} of the file, and the rest of it was not looked at"
    return replace(finding, help=f"{finding.help}; {end}" if finding.help else end)


def listed(words: Iterable[str]) -> str:
    """Words as a help can show them: the first few, and how many more there are."""
    known = sorted(words)
    more = f" … and {len(known) - _FEW:,} more" if len(known) > _FEW else ""
    return ", ".join(known[:_FEW]) + more


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one, or None if none is near, or there are too many to look at."""
    from difflib import get_close_matches

    words = list(known)
    if len(words) > _MANY_WORDS or len(word) * sum(map(len, words)) > _MUCH:
        return None
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    return near[0] if near else None
