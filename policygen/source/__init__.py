"""YAML text -> plain data with the position of every key.

A file goes through `decode`, then `parse`; both turn whatever is wrong into findings and never raise.
`locate` reads a text once more, for its positions: most builds have no finding, and need none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from yaml.error import MarkedYAMLError
from yaml.events import Event

from policygen.diagnostics import Diagnostic, Route
from policygen.source.encoding import SIZE_LIMIT, decode, forbidden, stray_character
from policygen.source.parsers import PARSERS, EventSource, ParserType, open_events
from policygen.source.positions import Span, SpanRecorder
from policygen.source.syntax import explain, merge_conflicts
from policygen.source.walker import Data, Refused, Walker

__all__ = ["PARSERS", "SIZE_LIMIT", "Data", "Span", "decode", "locate", "parse"]


def parse(text: str, path: str, parser: ParserType = PARSERS[0]) -> tuple[Data, tuple[Diagnostic, ...]]:
    """The data of a YAML text and what is wrong with it; the data is None where reading had to stop."""
    if (stray := stray_character(text, path)) is not None:
        return None, (stray,)
    if conflicts := tuple(merge_conflicts(text, path)):
        return None, conflicts
    walker = Walker(text, path)
    try:
        data = walker.walk(open_events(text, parser))
    except Refused as refused:
        return None, (*walker.findings, refused.finding)
    except MarkedYAMLError as error:
        return None, (*walker.findings, explain(error, text, path))
    return data, tuple(walker.findings)


def locate(text: str, parser: ParserType = PARSERS[0]) -> Mapping[Route, Span]:
    """Where each key and value of a text stands, as far as it can be read."""
    return _Spans(text, parser)


class _Spans(Mapping[Route, Span]):
    """The spans of a text. Where it begins can be told without reading it to the end."""

    def __init__(self, text: str, parser: ParserType) -> None:
        self._text, self._parser = text, parser

    def __getitem__(self, route: Route) -> Span:
        return (self._first if not route and self._first else self._all)[route]

    def __iter__(self) -> Iterator[Route]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _first(self) -> dict[Route, Span]:
        return self._spans(to_the_end=False)

    @cached_property
    def _all(self) -> dict[Route, Span]:
        return self._spans(to_the_end=True)

    def _spans(self, *, to_the_end: bool) -> dict[Route, Span]:
        recorder = SpanRecorder(self._text)
        if forbidden(self._text) is None:
            events = open_events(self._text, self._parser)
            with suppress(Refused, MarkedYAMLError):
                Walker(self._text, "", recorder).walk(events if to_the_end else _Beginning(events, recorder))
        return recorder.spans()


class _Beginning:
    """The events of a text up to its first value."""

    def __init__(self, events: EventSource, recorder: SpanRecorder) -> None:
        self._events, self._recorder = events, recorder

    def get_event(self) -> Event | None:
        """The next event, None once there is a value."""
        return None if self._recorder else self._events.get_event()
