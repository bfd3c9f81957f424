"""Which characters a found text may bring into a page, and how those are written that have several ways."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
_BULLETS = {0xF0A7: "▪", 0xF0B7: "•", 0xF0D8: "➢", 0xF0FC: "✓"}
"""What office programs write for the signs of a font that no reader has to have."""
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "\U000f0000-\U0010ffff]"
)
_FOREIGN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]{1,200}")


def characters(text: str) -> str:
    """A text with one kind of line end, signs that every font has, and nothing that stands for nothing."""
    return _FORBIDDEN.sub(_character, text.replace("\r\n", "\n"))


def _character(match: re.Match[str]) -> str:
    code = ord(match[0])
    unknown = "\ufffd" if unicodedata.category(match[0]) == "Co" or match[0] == "\ufffd" else ""
    return _BREAKS.get(code) or _BULLETS.get(code) or unknown


def composed(text: str) -> str:
    """The text in NFC; in pieces, because to order very many accents takes the square of the time."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return _FOREIGN.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
