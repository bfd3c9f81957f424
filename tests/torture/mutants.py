"""Bytes that nobody would write, made of bytes that somebody did: the same ones from the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_SIGNS = [
    *"\0\t\n\r\x1b\x7f\x85\xa0\xad\u200b\u200c\u200d\u200e\u200f\u202e\u2066\u2069\u2028\ufeff\ufffe\uffff",
    *"аéđữ😀\U000e0041\U0010ffff\u0301\ufe0f{}[]<>&*!|#%@`\"'\\:,-?=~$()_+.",
]
"""Characters with a meaning to some parser, and those that nobody sees."""
_WORDS = [
    "none", "all", "null", "~", "true", "2026-11-21", "0001-01-01", "9999-12-31", "1 year", "0 days",
    "1e999", "99999999999999999999", "-1", ".nan", "0x1F", "https://x.example/", "https://xn--a.example",
    "a@b.example", "javascript:alert(1)", "<script>", "<!--", "]]>", "&#x202e;", "&amp;", "{{", "}}",
    "{%", "%}", "{#", "{n}", "{you}", "{", "%s", "%(a)s", "\\u202e", "\\ud800", "\\x00", "\\", "<<: *a",
    "&a ", "*a", "!!binary ", "---\n", "...\n", "%YAML 9.9\n", "? ", "- ", "  ", "\n\n", "\r\n",
    "<<<<<<< a\n", "# ", "> ", "* ", "1. ", "```", "~~~", "[a](b)", "![a](b)", "| a | b |\n|---|---|\n",
    "msgid ", "msgstr ", "msgctxt ", "msgid_plural ", "msgstr[0] ", "#, fuzzy\n", "#~ ",
    "Plural-Forms: nplurals=2; plural=n%0;", "use: x", "id: x", "is: x", "en: ", "vi: ",
    "{% for a in range(9) %}", "{% endfor %}", "{% if 1 %}", "{% endif %}", "{% include 'x' %}",
    "{{ policy }}", "| tojson", "|length", "\x00\x00\x00\x01", "/../..", "C:\\", "\n    ", "\t", '"', "'",
    "=====", "-----",
]  # fmt: skip
_BROKEN = [
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff", b"\xff\xfe", b"\xc3",
    b"\x80",
]  # fmt: skip
"""Bytes that are no UTF-8."""
MOST = 30_000
"""Bytes of a mutant; what is larger is attacked by hand, in the table of limits."""

_Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutant(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with a few changes."""
    made = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        made = chance.choice(_CHANGES)(chance, made, seeds)[:MOST]
    return made


def _cut(chance: random.Random, made: bytes) -> tuple[int, int]:
    start = chance.randrange(len(made) + 1)
    return start, min(len(made), start + chance.choice((1, 1, 2, 4, 16, 64, 256)))


def _flip(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    if not made:
        return b"\0"
    at = chance.randrange(len(made))
    return made[:at] + bytes([made[at] ^ 1 << chance.randrange(8)]) + made[at + 1 :]


def _delete(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    start, end = _cut(chance, made)
    return made[:start] + made[end:]


def _end(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return made[: chance.randrange(len(made) + 1)]


def _insert(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(made) + 1)
    piece = chance.choice((_SIGNS, _WORDS))
    new = (
        chance.choice(_BROKEN)
        if chance.random() < 0.05
        else chance.choice(piece).encode("utf-8", "surrogatepass")
    )
    return made[:at] + new + made[at:]


def _repeat(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    start, end = _cut(chance, made)
    return made[:end] + made[start:end] * chance.choice((1, 2, 8, 64, 512)) + made[end:]


def _move(chance: random.Random, made: bytes, seeds: Sequence[bytes]) -> bytes:
    """A piece of another seed, or of this one."""
    other = chance.choice((made, chance.choice(seeds)))
    start, end = _cut(chance, other)
    at = chance.randrange(len(made) + 1)
    return made[:at] + other[start:end] + made[at:]


def _lines(chance: random.Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    """Two lines in each other's place, or one of them indented otherwise."""
    lines = made.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    if chance.random() < 0.5:
        lines[one] = b" " * chance.randrange(8) + lines[one].lstrip()
    return b"\n".join(lines)


_CHANGES: Sequence[_Change] = (_flip, _delete, _end, _insert, _insert, _insert, _repeat, _move, _move, _lines)
