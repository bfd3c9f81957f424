"""Events -> the position of every key and value, kept only when somebody asks."""

from __future__ import annotations

import re

from yaml.events import AliasEvent, Event, ScalarEvent

from policygen.diagnostics import Position, Route
from policygen.source.data import Span


def position_of(event: Event, text: str) -> Position:
    """Where an event stands: as wide as a scalar's first line; a collection stands where it begins."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return Position(1, 1)
    if not isinstance(event, ScalarEvent | AliasEvent):
        return Position(start.line + 1, start.column + 1)
    first_line = re.split(r"[\r\n]", text[start.index : end.index], maxsplit=1)[0]
    if isinstance(event, ScalarEvent) and event.style in ("|", ">"):
        first_line = first_line.partition(" #")[0]
    return Position(start.line + 1, start.column + 1, max(1, len(first_line.rstrip())))


class SpanRecorder:
    """The spans of a text in reading order, so that what is in an anchored value is a slice of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._entries: list[tuple[Route, Span]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def value(self, route: Route, key: Event | None, event: Event) -> None:
        """A value begins."""
        key_position = position_of(key, self._text) if key else None
        self._entries.append((route, Span(key_position, position_of(event, self._text))))

    def copy(self, entries: tuple[int, int], origin: Route, route: Route) -> None:
        """What is in an anchored value can be reached through an alias, too, and stands where it stood."""
        self._entries += [
            ((*route, *inner[len(origin) :]), span) for inner, span in self._entries[slice(*entries)]
        ]

    def spans(self) -> dict[Route, Span]:
        """The first span of every route: of two equal keys, the first is the one whose value is kept."""
        return dict(reversed(self._entries))
