"""Bytes -> text, or the finding that says why they are none.

Only UTF-8 is read: a guessed encoding would publish wrong letters without a word. Characters that one YAML
parser takes for a line break and another does not are refused, so that a line number means one thing.
"""

from __future__ import annotations

import codecs
import re

from policygen.diagnostics import Diagnostic, Place, Position

SIZE_LIMIT = 2 * 1024 * 1024
"""Bytes a YAML file may have; the longest policies stay far below a tenth of it."""

_CODE = "yaml-encoding"
_HELP = "save the file as UTF-8"
_BREAK = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def decode(raw: bytes, path: str) -> str | Diagnostic:
    """The text of a YAML file."""
    if len(raw) > SIZE_LIMIT:
        message = f"the file has more than the {SIZE_LIMIT:,} bytes allowed"
        return Diagnostic("yaml-too-large", message, Place(path), position=Position(1, 1))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Diagnostic(_CODE, "the file is UTF-16, not UTF-8", Place(path), _HELP, position=Position(1, 1))
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{body[error.start]:02x} is not UTF-8 here"
        position = position_at(body[: error.start].decode("utf-8"))
        return Diagnostic(_CODE, message, Place(path), _HELP, position=position)
    return stray_character(text, path) or text


def stray_character(text: str, path: str) -> Diagnostic | None:
    """The finding for the first character that no YAML file may hold, or None."""
    if (found := forbidden(text)) is None:
        return None
    character = text[found]
    message = f"the character U+{ord(character):04X} is not allowed in YAML"
    help_ = _HELP if character == "\0" else "delete it, or put a space or a line break in its place"
    return Diagnostic(_CODE, message, Place(path), help_, position=position_at(text[:found]))


def forbidden(text: str) -> int | None:
    """The index of the first character that may not stand in a file or in a value, or None."""
    match = _FORBIDDEN.search(text)
    return match and match.start()


def lines_of(text: str) -> list[str]:
    """The lines of a text, as a YAML parser counts them."""
    return _BREAK.split(text)


def position_at(head: str) -> Position:
    """The position right after `head`, a text from its beginning."""
    lines = lines_of(head)
    return Position(len(lines), len(lines[-1]) + 1)
