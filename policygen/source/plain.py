"""Text -> data without a YAML parser, for a text that is written as nearly every policy is.

A parser makes an object with two marks of each word, and most of the time of a build would go into them. Here
a line is a line: keys are plain words, and a value is on the line, in brackets, or in the lines below.
Whatever is written in another way, and whatever could be a mistake, is `Unusual`: then a parser and the
`Walker` read the text from its beginning. What is read here, they read alike; tests/test_source.py compares.
"""

from __future__ import annotations

import re

from policygen.diagnostics import Position
from policygen.source.brackets import DEPTH_LIMIT, NOT_PLAIN, NULLS, Unusual, read_brackets, read_quoted
from policygen.source.data import Data
from policygen.source.scalars import resolve

_FOREIGN = ("\t", "\r", "<<<<<<<")
"""Signs that YAML, or our reading of it, has rules of its own for."""
_LONGEST = 120_000
"""Characters of a text that can't hold more keys and values than the `Walker` allows."""
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +|$)")
_KEPT_BREAK = {"|": re.compile(r"^ +$", re.MULTILINE), ">": re.compile(r"^ ", re.MULTILINE)}
"""By the sign of a block of text: lines in it whose spaces have a meaning."""


def read_plain(text: str) -> Data:
    """The data of a text that holds no stray character. Raises Unusual."""
    if len(text) > _LONGEST or any(sign in text for sign in _FOREIGN):
        raise Unusual
    return _Lines(text).document()


def beginning(text: str) -> Position | None:
    """Where the data of a text begins, if it begins plainly: what comes later is not looked at."""
    return None if any(sign in text for sign in _FOREIGN) else _Lines(text).beginning()


class _Lines:
    """A text on its way from line to line: the words it has come to, and their column."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._next, self._end = 0, len(self._lines)
        self._column, self._words = -1, ""
        self._advance()

    def beginning(self) -> Position | None:
        """Where the first key stands, if that is what comes first."""
        return Position(self._next, self._column + 1) if _KEY.match(self._words) else None

    def document(self) -> Data:
        """The data of all lines."""
        data = self._block(0)
        if self._words:  # a line that stands deeper or less deep than it should
            raise Unusual
        return data

    def _advance(self) -> None:
        """Go to the next line that is neither empty nor a comment; after the last, the column is -1."""
        while self._next < self._end:
            line = self._lines[self._next]
            self._next += 1
            words = line.strip(" ")
            if words and words[0] != "#":
                self._column, self._words = line.index(words[0]), words
                return
        self._column, self._words = -1, ""

    def _block(self, depth: int) -> Data:
        if depth > DEPTH_LIMIT:
            raise Unusual
        is_list = self._words.startswith("- ")
        return self._list(self._column, depth) if is_list else self._mapping(self._column, depth)

    def _mapping(self, column: int, depth: int) -> dict[str, Data]:
        content: dict[str, Data] = {}
        while self._column == column:
            match = _KEY.match(self._words)
            if match is None or (key := match[1]) in content or key in NULLS:
                raise Unusual
            content[key] = self._value(self._words[match.end() :], column, depth)
        return content

    def _list(self, column: int, depth: int) -> list[Data]:
        content: list[Data] = []
        while self._column == column and self._words.startswith("- "):
            item = self._words[2:]
            if item[0] in " #":
                raise Unusual
            if _KEY.match(item) or item.startswith("- "):
                # It stands where it would stand if it were on a line of its own.
                self._column, self._words = column + 2, item
                content.append(self._block(depth + 1))
            else:
                content.append(self._value(item, column, depth))
        return content

    def _value(self, words: str, column: int, depth: int) -> Data:
        """What follows a key or a dash in a column, on its line or below."""
        if "#" in words:
            words = _without_comment(words)
        if not words:
            return self._below(column, depth)
        sign = words[0]
        if sign not in NOT_PLAIN:
            if ": " in words or words[-1] == ":":
                raise Unusual
            value: Data = resolve(words)
        elif sign in "[{":
            value = read_brackets(self._to_the_end(words), depth)
        else:
            value = self._text(words, column) if sign in "|>" else read_quoted(words)
        self._advance()
        return value

    def _below(self, column: int, depth: int) -> Data:
        self._advance()
        if self._column > column:
            return self._block(depth + 1)
        if self._column == column and self._words.startswith("- "):
            return self._list(column, depth + 1)
        return None

    def _to_the_end(self, words: str) -> str:
        """Words with a bracket, and the lines below until it is closed."""
        while words.count("[") + words.count("{") > words.count("]") + words.count("}"):
            words += "\n" + self._line()
        return words

    def _line(self) -> str:
        """The next line as it is."""
        if self._next == self._end:
            raise Unusual
        self._next += 1
        return self._lines[self._next - 1]

    def _text(self, sign: str, column: int) -> str:
        """A text on lines of its own, which stand deeper than a column."""
        first = self._line()
        depth = len(first) - len(first.lstrip(" "))
        if sign not in ("|", "|-", ">", ">-") or depth in (len(first), *range(column + 1)):
            raise Unusual
        found = [first[depth:]]
        while self._next < self._end:
            line = self._lines[self._next]
            if line and not line.startswith(first[:depth]):
                if line.isspace():
                    raise Unusual
                break
            found.append(line[depth:])
            self._next += 1
        text = "\n".join(found)
        if _KEPT_BREAK[sign[0]].search(text):
            raise Unusual
        text = text.rstrip("\n") if sign[0] == "|" else _folded(text.rstrip("\n"))
        return text if sign[1:] else text + "\n"


def _without_comment(words: str) -> str:
    """Words up to a comment. In quotes `#` begins none; but quotes that are cut there aren't read anyway."""
    return "" if words[0] == "#" else words.partition(" #")[0].rstrip(" ")


def _folded(text: str) -> str:
    """A text with its lines joined, but for those with empty lines between them."""
    return re.sub(r"\n(\n+)", r"\1", re.sub(r"(?<!\n)\n(?!\n)", " ", text))
