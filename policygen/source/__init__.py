"""YAML text -> plain data with the position of every key.

A file goes through `decode`, then `parse`; both turn whatever is wrong into findings and never raise.
`locate` reads a text once more, for its positions: most builds have no finding, and need none.
"""

from __future__ import annotations

from collections.abc import Mapping

from yaml.error import MarkedYAMLError

from policygen.diagnostics import Diagnostic, Route
from policygen.source.encoding import SIZE_LIMIT, decode, forbidden, stray_character
from policygen.source.parsers import PARSERS, ParserType, open_events
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
    recorder = SpanRecorder(text)
    if forbidden(text) is None:
        try:
            Walker(text, "", recorder).walk(open_events(text, parser))
        except (Refused, MarkedYAMLError):
            return recorder.spans()
    return recorder.spans()
