"""YAML text -> plain data, and the position of every key for whoever asks.

A file goes through `decode`, then `parse`; both turn whatever is wrong into findings and never raise.
`locate` reads a text once more, for its positions: most builds have no finding, and need none. They need no
YAML parser either, so the modules that do are imported by the first text that does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Route, first
from policygen.source.brackets import Unusual
from policygen.source.data import Data, Span
from policygen.source.deceptive import deceptive, disguised, is_usual
from policygen.source.encoding import SIZE_LIMIT, decode, stray_character
from policygen.source.plain import read_plain
from policygen.source.spans import Spans

if TYPE_CHECKING:
    from policygen.source.parsers import ParserType

__all__ = ["SIZE_LIMIT", "Data", "Span", "deceptive", "decode", "disguised", "is_usual", "locate", "parse"]


def parse(text: str, path: str, parser: ParserType | None = None) -> tuple[Data, tuple[Diagnostic, ...]]:
    """The data of a YAML text and what is wrong with it; the data is None where reading had to stop.

    Which parser reads it makes no difference; with none given, plain texts are read without one.
    """
    if (stray := stray_character(text, path)) is not None:
        return None, (stray,)
    deceits = tuple(first(deceptive(text, path)))
    if parser is None:
        try:
            return read_plain(text), deceits
        except Unusual:
            pass
    from policygen.source.careful import read_carefully
    from policygen.source.parsers import PARSERS

    data, findings = read_carefully(text, path, parser or PARSERS[0])
    return data, (*deceits, *findings)


def locate(text: str, parser: ParserType | None = None) -> Mapping[Route, Span]:
    """Where each key and value of a text stands, as far as it can be read."""
    return Spans(text, parser)
