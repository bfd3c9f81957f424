"""`{key: value, key: [value]}` -> data, where the brackets hold nothing but plain keys and values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.source.data import Data
from policygen.source.scalars import resolve

DEPTH_LIMIT = 32
NULLS = frozenset({"", "null", "Null", "NULL"})
"""Keys that would be null."""
NOT_PLAIN = frozenset("-?:,[]{}#&*!|>'\"%@`. ")
"""Signs that mean something where a value begins, or may do so."""
_PIECE = re.compile(
    r"""[ \n]*(
        [A-Za-z_][A-Za-z0-9_-]{0,99}:(?=[ ])
        |[^-?:,\[\]{}\#&*!|>'"%@`. \n](?:[^,\[\]{}:\#\n]+|:(?![ \n,\[\]{}?]|$)|(?<![ ])\#)*
        |[\[\]{},]|"[^"\\\n]*"|'(?:[^'\n]|'')*'|.)""",
    re.VERBOSE,
)
"""A key with its colon, a plain value, a sign, a quoted value, or a sign that has no business here."""
_QUOTED = re.compile(r"\"[^\"\\]*\"|'(?:[^']|'')*'")


class Unusual(Exception):
    """The text needs a parser."""


def read_brackets(text: str, depth: int) -> Data:
    """What a text in brackets holds. Raises Unusual."""
    pieces = iter(_PIECE.findall(text))
    try:
        value = _value(next(pieces), pieces, depth)
    except StopIteration:
        raise Unusual from None
    if next(pieces, None) is not None:
        raise Unusual
    return value


def _value(piece: str, pieces: Iterator[str], depth: int) -> Data:
    """The value that begins with a piece."""
    if piece[0] not in NOT_PLAIN:
        if piece[-1] == ":":
            raise Unusual
        return resolve(piece.rstrip(" "))
    if piece == "{":
        return _mapping(pieces, depth + 1)
    return _list(pieces, depth + 1) if piece == "[" else read_quoted(piece)


def _mapping(pieces: Iterator[str], depth: int) -> dict[str, Data]:
    content: dict[str, Data] = {}
    piece = next(pieces)
    while piece != "}":
        key = piece[:-1]
        if piece[-1] != ":" or key in content or key in NULLS or depth > DEPTH_LIMIT:
            raise Unusual
        content[key] = _value(next(pieces), pieces, depth)
        piece = _after(next(pieces), pieces, "}")
    return content


def _list(pieces: Iterator[str], depth: int) -> list[Data]:
    content: list[Data] = []
    piece = next(pieces)
    while piece != "]":
        if depth > DEPTH_LIMIT:
            raise Unusual
        content.append(_value(piece, pieces, depth))
        piece = _after(next(pieces), pieces, "]")
    return content


def _after(piece: str, pieces: Iterator[str], end: str) -> str:
    """The piece after a comma, or the end."""
    if piece == ",":
        return next(pieces)
    if piece != end:
        raise Unusual
    return piece


def read_quoted(text: str) -> str:
    """What stands in quotes without an escape. Raises Unusual."""
    if not _QUOTED.fullmatch(text):
        raise Unusual
    return text[1:-1] if text[0] == '"' else text[1:-1].replace("''", "'")
