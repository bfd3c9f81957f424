"""Where the keys and values of a text stand, looked up when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from policygen.diagnostics import Route
from policygen.source.data import Span
from policygen.source.encoding import forbidden
from policygen.source.plain import beginning

if TYPE_CHECKING:
    from policygen.source.parsers import ParserType


class Spans(Mapping[Route, Span]):
    """The spans of a text. Where it begins can be told without reading it to the end."""

    def __init__(self, text: str, parser: ParserType | None) -> None:
        self._text, self._parser = text, parser

    def __getitem__(self, route: Route) -> Span:
        return (self._first if not route and self._first else self._all)[route]

    def __iter__(self) -> Iterator[Route]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _first(self) -> Mapping[Route, Span]:
        start = beginning(self._text) if self._parser is None and forbidden(self._text) is None else None
        return {(): Span(None, start)} if start else self._spans(to_the_end=False)

    @cached_property
    def _all(self) -> Mapping[Route, Span]:
        return self._spans(to_the_end=True)

    def _spans(self, *, to_the_end: bool) -> Mapping[Route, Span]:
        if forbidden(self._text) is not None:
            return {}
        from policygen.source.careful import find_spans
        from policygen.source.parsers import PARSERS

        return find_spans(self._text, self._parser or PARSERS[0], to_the_end=to_the_end)
