"""Read what a reader gets from a piece of HTML: its words, block by block, in reading order.

Two texts that read the same are the same text, whatever markup carries them; this is what decides whether a
page still says what was released. A link's target and the alternatives of pictures count as text, since they
change what a reader is told. Navigation, styles and every other attribute don't.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

_PLAIN = "p"
"""The kind of a text that stands in no block of its own."""
_KINDS = (
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "summary",
    "legend", "pre", "text",
)  # fmt: skip
_CONTAINERS = (
    "address", "article", "aside", "blockquote", "body", "details", "dialog", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "hgroup", "hr", "html", "main", "menu", "nav", "ol", "search",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
)  # fmt: skip
"""Blocks without a kind: what stands in one is of the kind around it, so that a wrapper changes nothing."""
_BLOCKS: dict[str, str | None] = {
    **dict.fromkeys(_CONTAINERS),
    **{kind: kind for kind in _KINDS},
    **dict.fromkeys(("title", "desc"), "alternative"),
}
_BREAKS = frozenset({"br", "tspan"})
"""Where a line ends: SVG doesn't wrap, so each line of the picture is a tspan."""
_SKIPPED = frozenset({"nav", "script", "style", "template"})
_ENDLESS = re.compile(r"&#[0-9]{4000,};?")
"""No character, and more digits than int() reads: https://docs.python.org/3/library/stdtypes.html#int-max-str-digits"""
_PHONE = re.compile(r"[\s().-]")


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader takes in at once; of a preformatted text, a line.

    `kind` is the tag of the nearest block, or "alternative" for what stands in for a picture.
    """

    kind: str
    text: str


# A text is compared with others several times in a row; the size bounds the memory, not the speed.
@lru_cache(maxsize=64)
def blocks(article: str) -> tuple[Block, ...]:
    """The visible text of a fragment of HTML; whatever it holds, however broken, is read."""
    reader = _Reader()
    reader.feed(_readable(_ENDLESS.sub("\ufffd", article)))
    reader.close()
    return tuple(reader.found)


def same(one: str, other: str) -> bool:
    """Whether two fragments say the same; a heading that has become a paragraph still does."""
    return one == other or [each.text for each in blocks(one)] == [each.text for each in blocks(other)]


class _Reader(HTMLParser):
    """Collects blocks: every start and end of a block ends the text before it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._around = [("", _PLAIN)]
        self._open: Counter[str] = Counter()
        self._text: list[str] = []
        self._has_words = False
        self._alternatives: list[str] = []
        self._target = ""
        self._link: list[str] = []
        self._skipped = ""
        self._depth = 0

    def parse_html_declaration(self, i: int) -> int:
        """Pass over `<!…>`, as browsers do; the parser itself raises on some."""
        return self.parse_bogus_comment(i)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Pass over what is left of comments in the same way."""
        return self.parse_bogus_comment(i, report)

    def close(self) -> None:
        """End what is still open."""
        super().close()
        self._end_link()
        self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._add(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            return
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag in _BLOCKS:
            self._start_block(tag)
        if tag in _SKIPPED or (tag == "a" and "anchor" in attributes.get("class", "").split()):
            self._skipped, self._depth = tag, 1
            return
        if tag == "a":
            self._end_link()
            self._target = _squeezed(attributes.get("href", ""))
        elif tag in _BREAKS:
            self._add("\n")
        self._add_alternative(attributes.get("aria-label", ""))
        if tag == "img":
            self._add_alternative(attributes.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if self._depth:
                return
            self._skipped = ""
        if tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._end_block()
            while self._open[tag]:
                name, _ = self._around.pop()
                self._open[name] -= 1
                if name == tag:
                    break

    def _start_block(self, tag: str) -> None:
        self._end_block()
        self._around.append((tag, _BLOCKS[tag] or self._around[-1][1]))
        self._open[tag] += 1

    def _end_block(self) -> None:
        kind = self._around[-1][1]
        text = unicodedata.normalize("NFC", "".join(self._text))
        # An old policy may be one preformatted text: its lines are what is read, and compared, at once.
        lines = [line.rstrip() for line in text.splitlines()] if kind == "pre" else [_squeezed(text)]
        self.found += [Block(kind, line) for line in lines if line]
        self.found += [Block("alternative", words) for words in self._alternatives]
        self._text, self._alternatives, self._has_words = [], [], False

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._has_words = self._has_words or not text.isspace()
        if self._target:
            self._link.append(text)

    def _add_alternative(self, words: str) -> None:
        """Add it where it stands; one amid a sentence follows the sentence, which it doesn't cut in two."""
        if words := _squeezed(unicodedata.normalize("NFC", words)):
            if self._has_words:
                self._alternatives.append(words)
            else:
                self.found.append(Block("alternative", words))

    def _end_link(self) -> None:
        target, words = self._target, "".join(self._link)
        self._target, self._link = "", []
        if target and not target.startswith("#") and not _names(words, target):
            self._add(f" ({target})")


def _readable(article: str) -> str:
    """The fragment without comments, and with no tag begun after its last one.

    For each of those that has no end the parser would read to the end of the text.
    """
    start, *rest = article.split("<!--")
    article = start + "".join(after.partition("-->")[2] for after in rest)
    tags, end, text = article.rpartition(">")
    return tags + end + text.replace("<", "&lt;")


def _names(words: str, target: str) -> bool:
    """Whether a link's words are its target already."""
    if target.startswith("tel:"):
        return _PHONE.sub("", words) == _PHONE.sub("", target.removeprefix("tel:"))
    return _squeezed(words).removesuffix("/") == target.removeprefix("mailto:").removesuffix("/")


def _squeezed(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())
