"""A ``.po`` file as messages that know their lines, and everything wrong with its syntax.

Not Babel's reader: that one stops at the first mistake, and even with `abort_invalid` cuts the last character
off an unclosed string, overwrites a message given twice and dies of ``msgstr[x]`` or a date it can't read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policygen.diagnostics import ENOUGH, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(
    r"\s*(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?"
    r'\s*"(?P<raw>[^"\\]*(?:\\[nrt"\\][^"\\]*)*)"\s*'
)
_KEYWORD = re.compile(r"msgctxt|msgid|msgid_plural|msgstr(\[[0-9]\])?")
_BEGINNING = re.compile(r"(?:msgctxt|msgid)\b")
_ESCAPE = re.compile(r"\\(.)")
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}
_BEFORE = {"msgctxt": ("",), "msgid": ("", "msgctxt"), "msgid_plural": ("msgid",), "msgstr": ("msgid",)}
"""Which keyword may stand right before which; "" is the beginning of a message."""


class Problem(NamedTuple):
    """A mistake in the syntax, at its position."""

    message: str
    help: str
    position: Position


class Chunk(NamedTuple):
    """One quoted string: what stands between the quotes, and where that begins."""

    line: int
    column: int
    raw: str


@dataclass(slots=True)
class Part:
    """A keyword and its quoted strings; `text` is what they say together, once the message is read."""

    keyword: str
    line: int
    column: int
    chunks: list[Chunk]
    text: str = ""

    @property
    def position(self) -> Position:
        """Where the keyword stands."""
        return Position(self.line, self.column, len(self.keyword))

    def find(self, words: str) -> Position:
        """Where `words` stand in the strings, else where the keyword does."""
        for chunk in self.chunks:
            if (offset := chunk.raw.find(words)) >= 0:
                return Position(chunk.line, chunk.column + offset, len(words))
        return self.position


@dataclass(slots=True)
class Message:
    """One message of the file, its parts in their order; `last` is the keyword read last."""

    parts: dict[str, Part] = field(default_factory=dict)
    last: str = ""
    fuzzy: bool = False
    broken: bool = False
    key: tuple[str | None, str] = (None, "")

    @property
    def done(self) -> bool:
        """Whether the translation has begun, so that what follows is another message."""
        return self.last.startswith("msgstr")

    @property
    def line(self) -> int:
        """Where its original stands."""
        return self.parts["msgid"].line

    @property
    def plural(self) -> str | None:
        """Its original for more than one, if it has plurals."""
        part = self.parts.get("msgid_plural")
        return part.text if part else None

    @property
    def translations(self) -> list[Part]:
        """Its translation, or its plural forms in order."""
        return [part for keyword, part in self.parts.items() if keyword.startswith("msgstr")]

    def add(self, part: Part) -> None:
        """Take its next part."""
        self.parts[part.keyword] = part
        self.last = part.keyword


def parse_po(text: str) -> tuple[list[Message], list[Problem]]:
    """The messages of a file, and its mistakes; a message with a mistake is left out, obsolete ones too."""
    problems: list[Problem] = []
    seen: dict[tuple[str | None, str], int] = {}
    messages = []
    for message in _messages(text, problems):
        if len(problems) >= ENOUGH:
            break
        if message.broken:
            continue
        first = seen.setdefault(message.key, message.line)
        if first != message.line:
            said = f'message "{message.key[1]}" is given twice, first on line {first}'
            problems.append(Problem(said, "keep one of the two", message.parts["msgid"].position))
            continue
        messages.append(message)
    return messages, problems


def _messages(text: str, problems: list[Problem]) -> Iterator[Message]:
    """Every message of a file, finished or broken."""
    message = Message()
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        match = _LINE.fullmatch(line)
        words = "" if match else line.strip()
        if match is None and not words:
            continue
        if _begins(match["keyword"] if match else words, message):
            yield _finished(message, problems)
            message = Message()
        if match is not None:
            _read_string(message, number, match, problems)
        elif words.startswith("#"):
            _read_comment(message, words)
        else:
            _read_mistake(message, number, line, problems)
    if message.parts:
        yield _finished(message, problems)


def _begins(words: str | None, message: Message) -> bool:
    """Whether a line that begins with these words (None: with a string) begins the next message."""
    if words is None or not message.parts:
        return False
    if words.startswith("#"):
        return message.done
    word = _BEGINNING.match(words)
    return word is not None and (word[0] == "msgctxt" or message.last != "msgctxt")


def _finished(message: Message, problems: list[Problem]) -> Message:
    """The message with its texts, or broken if it ended too early."""
    if not message.done and not message.broken:
        missing = "msgstr" if "msgid" in message.parts else "msgid"
        part = message.parts[message.last]
        problems.append(Problem(f"{part.keyword} without a {missing}", f"add the {missing}", part.position))
        message.broken = True
    if not message.broken:
        for part in message.parts.values():
            part.text = _decoded("".join([chunk.raw for chunk in part.chunks]))
        context = message.parts.get("msgctxt")
        message.key = (context.text if context else None, message.parts["msgid"].text)
    return message


def _decoded(raw: str) -> str:
    """What stands between quotes, unescaped and in NFC whatever the file is in."""
    if "\\" in raw:
        raw = _ESCAPE.sub(lambda match: _MEANING.get(match[1], match[1]), raw)
    return unicodedata.normalize("NFC", raw)


def _read_comment(message: Message, words: str) -> None:
    """Take the fuzzy mark; an obsolete message's marks are not those of the message after it."""
    if words.startswith("#~"):
        message.fuzzy = False
    elif words.startswith("#,"):
        message.fuzzy = message.fuzzy or "fuzzy" in re.split(r"[,\s]+", words)


def _read_string(message: Message, number: int, match: re.Match[str], problems: list[Problem]) -> None:
    """Take a line with a string into the message."""
    keyword: str | None = match["keyword"]
    chunk = Chunk(number, match.start("raw") + 1, match["raw"])
    if keyword is None and message.parts:
        message.parts[message.last].chunks.append(chunk)
        return
    if not message.broken and not _in_order(keyword, message.last):
        message.broken = True
        problems.append(_disorder(keyword, message.last, number, match.string))
    if keyword is not None:
        message.add(Part(keyword, number, match.start("keyword") + 1, [chunk]))


def _read_mistake(message: Message, number: int, line: str, problems: list[Problem]) -> None:
    """Take a line that can't be read: the first of a message is reported, those it leads to are not."""
    if not message.broken:
        problems.append(_mistake(number, line))
    message.broken = True
    # Its keyword is kept, so that the message still ends where the next one begins.
    word = re.match(r"\s*(\w*)", line)
    if word is not None and word[1] in _BEFORE:
        message.add(Part(word[1], number, word.start(1) + 1, []))


def _in_order(keyword: str | None, last: str) -> bool:
    """Whether a keyword may stand after the last one."""
    if keyword is None:
        return False
    if keyword.startswith("msgstr["):
        index = int(keyword[7])
        return last == (f"msgstr[{index - 1}]" if index else "msgid_plural")
    return last in _BEFORE[keyword]


def _disorder(keyword: str | None, last: str, number: int, line: str) -> Problem:
    """The mistake of a line that is right by itself but not where it stands."""
    at = _whole(number, line)
    if keyword is None:
        return Problem("a string without a keyword", "a message begins with msgctxt or msgid", at)
    order = "a message is msgctxt (if any), msgid, msgstr; or msgid, msgid_plural, msgstr[0], msgstr[1] …"
    said = f"{keyword} after {last}" if last else f"{keyword} at the beginning of a message"
    return Problem(said, order, Position(number, at.column, len(keyword)))


def _mistake(number: int, line: str) -> Problem:
    """What is wrong with a line that is no keyword with a string."""
    at = _whole(number, line)
    keyword, quote, raw = line.strip().partition('"')
    word = keyword.split()[0] if keyword.strip() else ""
    if word and not _KEYWORD.fullmatch(word):
        known = "keywords are msgctxt, msgid, msgid_plural, msgstr and msgstr[0] to msgstr[9]"
        return Problem(f"unknown keyword '{word}'", known, Position(number, at.column, len(word)))
    if not quote or keyword.strip() != word:
        return Problem("text without quotes", "put it between double quotes", at)
    for escape in _ESCAPE.finditer(raw):
        if escape[1] not in 'nrt"\\':
            column = at.column + len(keyword) + 1 + escape.start()
            known = 'known are \\n, \\r, \\t, \\" and \\\\'
            return Problem(f"unknown escape '{escape[0]}'", known, Position(number, column, 2))
    if '"' not in _ESCAPE.sub("", raw):
        return Problem("the string is not closed", "end the line with a double quote", at)
    return Problem("a double quote inside a string", 'write \\" for a quote that is part of the text', at)


def _whole(number: int, line: str) -> Position:
    """All of a line but the space around it."""
    return Position(number, len(line) - len(line.lstrip()) + 1, len(line.strip()))
