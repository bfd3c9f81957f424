"""YAML text -> data through a parser: with a finding for each mistake, or with the position of every key."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from yaml.error import MarkedYAMLError
from yaml.events import Event

from policygen.diagnostics import Diagnostic, Route, first
from policygen.source.data import Data, Span
from policygen.source.parsers import EventSource, ParserType, open_events
from policygen.source.positions import SpanRecorder
from policygen.source.syntax import explain, merge_conflicts
from policygen.source.walker import Refused, Walker


def read_carefully(text: str, path: str, parser: ParserType) -> tuple[Data, tuple[Diagnostic, ...]]:
    """The data of a text without a stray character, and what is wrong with it."""
    if conflicts := tuple(first(merge_conflicts(text, path))):
        return None, conflicts
    walker = Walker(text, path)
    try:
        data = walker.walk(open_events(text, parser))
    except Refused as refused:
        return None, (*walker.findings, refused.finding)
    except MarkedYAMLError as error:
        return None, (*walker.findings, explain(error, text, path))
    return data, tuple(walker.findings)


def find_spans(text: str, parser: ParserType, *, to_the_end: bool) -> Mapping[Route, Span]:
    """Where the values of a text without a stray character stand, as far as it can be read."""
    recorder = SpanRecorder(text)
    events = open_events(text, parser)
    with suppress(Refused, MarkedYAMLError):
        Walker(text, "", recorder).walk(events if to_the_end else _Beginning(events, recorder))
    return recorder.spans()


class _Beginning:
    """The events of a text up to its first value."""

    def __init__(self, events: EventSource, recorder: SpanRecorder) -> None:
        self._events, self._recorder = events, recorder

    def get_event(self) -> Event | None:
        """The next event, None once there is a value."""
        return None if self._recorder else self._events.get_event()
