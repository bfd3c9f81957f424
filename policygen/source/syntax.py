"""A YAML parser's error -> one finding in plain words, with a guess at the cause.

The parsers' own words are about tokens and simple keys; the reader is somebody who left out a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yaml.error import MarkedYAMLError

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.source.encoding import lines_of, position_at

_CONFLICT_MESSAGE = "a merge left a conflict here"
_MARKER_WIDTH = 7
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: .*)?")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a parser stopped, and what stands around it."""

    text: str
    index: int

    @property
    def character(self) -> str:
        return self.text[self.index : self.index + 1]

    @property
    def before(self) -> str:
        """The line up to the spot."""
        return lines_of(self.text[: self.index])[-1]


Words = tuple[str, str | None]
"""A message and a help."""


def merge_conflicts(text: str, path: str) -> Iterator[Diagnostic]:
    """A finding for every conflict that a merge left behind."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    marks = [(number, line[0]) for number, line in enumerate(lines_of(text), 1) if _CONFLICT.fullmatch(line)]
    beginnings = [number for number, sign in marks if sign == "<"]
    for number in beginnings or [number for number, _ in marks]:
        help_ = "keep one of the two versions, and delete the markers"
        position = Position(number, 1, _MARKER_WIDTH)
        yield Diagnostic("merge-conflict", _CONFLICT_MESSAGE, Place(path), help_, position=position)


def explain(error: MarkedYAMLError, text: str, path: str) -> Diagnostic:
    """The finding for a parser's error."""
    problem = error.problem or ""
    index = _index(error, text)
    message, help_ = _words(problem, error.context or "", _Spot(text, index))
    code = "yaml-tag" if "undefined tag handle" in problem else "yaml-syntax"
    return Diagnostic(code, message, Place(path), help_, position=position_at(text[:index]))


def _index(error: MarkedYAMLError, text: str) -> int:
    """Where the mistake stands: where a scalar or a bracket began, if the parser noticed only later."""
    begin, end = error.context_mark, error.problem_mark
    last = len(text.rstrip())
    if end is None or (begin is not None and _is_noticed_late(error, end.line > begin.line)):
        end = begin
    index = min(end.index if end else 0, last)
    # libyaml points at the backslash, PyYAML right behind it.
    return (
        index - 1 if "unknown escape" in (error.problem or "") and text[index : index + 1] != "\\" else index
    )


def _is_noticed_late(error: MarkedYAMLError, on_a_later_line: bool) -> bool:
    context, problem = error.context or "", error.problem or ""
    if "unknown escape" in problem or "unexpected ':'" in problem:
        return False
    return "while scanning" in context or "scalar" in context or (on_a_later_line and "flow" in context)


def _words(problem: str, context: str, spot: _Spot) -> Words:
    for pattern, words in _TABLE:
        if re.search(pattern, f"{context}; {problem}"):
            return words(spot) if callable(words) else words
    return "this is not valid YAML", "look for a missing quote, a missing `:` or a wrong indentation"


def _token(spot: _Spot) -> Words:
    if spot.character == "\t":
        help_ = (
            "put a space in its place, or quotes around the text"
            if spot.before.strip()
            else "indent with spaces"
        )
        return "a tab stands where only spaces may", help_
    return f"a value cannot begin with `{spot.character}`", "put quotes around the value"


def _second_colon(spot: _Spot) -> Words:
    if ": " in spot.before:
        return "`: ` stands in a value without quotes", "put quotes around the value"
    help_ = "indent it like the other keys of its mapping; a key that has a value cannot hold keys as well"
    return "a key is indented deeper than the line above allows", help_


def _block_end(spot: _Spot) -> Words:
    before = spot.before.rstrip()
    if before.endswith(('"', "'")):
        help_ = "a quote is missing or too many; a quote inside quotes is written `\\\"` or `''`"
        return "text follows a closing quote", help_
    if before:
        return "this does not belong on the line", "put quotes around the whole value"
    help_ = "the keys of a mapping, and the `-` of a list, stand in one column"
    return "this line does not fit the list or mapping it stands in", help_


def _node(spot: _Spot) -> Words:
    if not spot.character.strip():
        return "a value is missing here", None
    return f"a value cannot begin with `{spot.character}`", "put quotes around the value"


def _bracket(spot: _Spot) -> Words:
    if spot.character in "[{":
        message = f"the `{spot.character}` is not closed, or a comma is missing after it"
        return message, "close it, or put quotes around a text that begins with it"
    help_ = "put quotes around a text that holds a bracket, a comma, a colon or a quote"
    return "a comma or a closing bracket is missing before this", help_


_TABLE = (
    ("cannot start any token", _token),
    ("mapping values are not allowed", _second_colon),
    (
        "sequence entries are not allowed",
        ("a list cannot begin on this line", "begin it on the next line, or put quotes around the text"),
    ),
    (
        "could not find expected ':'",
        ("a `:` is missing after this key", "write `key: value`; a text that goes on is indented deeper"),
    ),
    (
        "scalar; .*unexpected (?:end of stream|document)",
        ("this quote is never closed", "close it; a quote inside quotes is written `\\\"` or `''`"),
    ),
    ("unexpected ':'", ("a space is missing after this `:`", "put quotes around a text that holds it")),
    ("unknown escape", ("this escape does not exist", "write `\\\\` for a backslash, or use single quotes")),
    (
        "hexa?decimal|escape code",
        ("an escape in these quotes stands for no character", "write the character itself"),
    ),
    (
        "while scanning an alias",
        ("`*` begins the name of an alias, and none follows", "put quotes around the value"),
    ),
    (
        "while scanning an anchor",
        ("`&` begins the name of an anchor, and none follows", "put quotes around the value"),
    ),
    (
        "block scalar; ",
        (
            "this text block does not begin rightly",
            "write `|` alone, and the text on the lines below, indented",
        ),
    ),
    ("expected <?block end|expected key|expected '-'", _block_end),
    ("expected ',' or ", _bracket),
    ("node content", _node),
    (
        "<document start>",
        ("text follows where the document has ended", "check its indentation, and the brackets before it"),
    ),
    (
        "undefined tag handle|while (?:scanning|parsing) a tag",
        ("`!` begins a tag, and tags are not used here", "put quotes around the value"),
    ),
    (
        "directive|incompatible YAML",
        ("`%` at the start of a line begins an unknown directive", "delete the line"),
    ),
)
