"""HTML as it is found -> a tree of blocks with runs of text, in what order a browser would show them.

A text written by hand or by an office program is rarely well formed. Blocks are nested as browsers would;
what runs through words (bold, links) is noted with each run of text, so that it can be misnested.

It has a reader of its own, because Python's, `html.parser`, takes the square of the time for some broken
pages (CVE-2025-6069) and reads others differently in each version.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5
from typing import NamedTuple

from policygen.releases.imported.characters import characters, composed

Attributes = Mapping[str, str]

_SPACE = "\t\n\f\r "
_MARKUP = re.compile(rf"<(?:(?P<end>/?)(?P<tag>[A-Za-z][^{_SPACE}/>]*+)|(?P<comment>!--)|(?P<other>[!?/]))")
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*+(?P<name>[^{_SPACE}/>][^{_SPACE}/>=]*+)"
    rf"(?P<equals>[{_SPACE}]*+=[{_SPACE}]*+)?+"
    rf"""(?(equals)(?P<value>"[^"]*+"|'[^']*+'|[^{_SPACE}>"'][^{_SPACE}>]*+)?+)"""
)
_TAG_END = re.compile(rf"[{_SPACE}/]*+>")
_COMMENT_END = re.compile("--!?>")
_REFERENCE = re.compile(r"&(#[0-9]{1,8};?|#[xX][0-9A-Fa-f]{1,8};?|[A-Za-z][A-Za-z0-9]*+;?+)(?!=)")
_ENDLESS = re.compile(r"&#0*+(?:[0-9]{9,}|[xX]0*+[0-9A-Fa-f]{9,});?")
"""No character, and maybe more digits than Python turns into a number."""

_RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title"})
"""What is in them is no markup, and no reader sees it as text of the page."""
_VOID = frozenset(
    {
        *("area", "base", "basefont", "bgsound", "col", "embed", "frame", "input", "keygen", "link", "meta"),
        *("param", "source", "track", "wbr"),
    }
)
_UNSEEN = frozenset(
    {
        *("audio", "button", "canvas", "datalist", "map", "math", "meter", "object", "progress", "select"),
        *("svg", "template", "video"),
    }
)
"""Controls, media, and what stands in for media where it can't be shown."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROWS = frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "table"})
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
        ),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li"),
        *("main", "nav", "ol", "p", "pre", "search", "section", "summary", "ul", *_HEADINGS, *_ROWS),
    }
)
_RENAMED = {"dir": "ul", "image": "img", "listing": "pre", "menu": "ul", "xmp": "pre"}
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "td", "th", "blockquote"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl", "td", "th", "blockquote"}))),
}
"""For a block: which open ones its start ends, and which shelter theirs from it."""
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_PLACES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("td", "th"), frozenset({"tr", "table", *_GROUPS})),
    "tr": frozenset({"table", *_GROUPS}),
    **dict.fromkeys(("caption", *_GROUPS), frozenset({"table"})),
}
"""For a part of a table: in what it stands, so that its start ends all that is open in that."""
_SHELTERS = frozenset({"td", "th", "caption"})
_DEPTH = 100
_FORMATS = 32
"""How many may be open at once; what is nested deeper loses its markup and keeps its words."""
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """An element that runs through words; every one is itself, however like another."""

    tag: str
    attributes: Attributes
    hidden: bool = False


class Run(NamedTuple):
    """A piece of text and what it stands in, outermost first. Without a text it is the end of a line."""

    text: str | None
    formats: tuple[Format, ...] = ()


@dataclass(slots=True, eq=False)
class Block:
    """An element that stands on lines of its own. Of a hidden one no reader has seen anything."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    hidden: bool = False
    children: list[Block | Run] = field(default_factory=list)
    formats_before: int = 0


class _Tag(NamedTuple):
    name: str
    attributes: Attributes | None
    """None for the end of an element."""
    closed: bool = False


def read_html(source: str) -> Block:
    """The tree of a page or a piece of one; any text has one."""
    builder = _Builder()
    for token in _tokens(source):
        if isinstance(token, str):
            builder.add_text(characters(unescape(_ENDLESS.sub("\ufffd", token))))
        elif token.attributes is None:
            builder.end(token.name)
        else:
            builder.start(token.name, token.attributes, token.closed)
    return builder.root


# --- a page -> tags and texts


def _tokens(source: str) -> Iterator[_Tag | str]:
    """Tags and texts. Every character is looked at a fixed number of times, whatever is left open."""
    at = 0
    while (markup := _MARKUP.search(source, at)) is not None:
        if markup.start() > at:
            yield source[at : markup.start()]
        if markup["tag"] is None:
            ending = _COMMENT_END if markup["comment"] else re.compile(">")
            end = ending.search(source, markup.start() + 2)
            at = end.end() if end else len(source)
            continue
        attributes, closed, at = _attributes(source, markup.end())
        if at < 0:
            return  # a tag that the page ends in is none
        name = markup["tag"].lower()
        yield _Tag(name, None if markup["end"] else attributes, closed)
        if name in _RAW and not markup["end"]:
            ending = re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)
            end = ending.search(source, at)
            at = end.start() if end else len(source)
    yield source[at:]


def _attributes(source: str, at: int) -> tuple[Attributes, bool, int]:
    """A tag's attributes, whether it closes itself, and where it ends; -1 if it doesn't."""
    found: dict[str, str] = {}
    while (match := _ATTRIBUTE.match(source, at)) is not None:
        at = match.end()
        if match["equals"] and not match["value"] and source[at : at + 1] in {'"', "'"}:
            return {}, False, -1
        value = match["value"] or ""
        value = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(match["name"].lower(), composed(characters(_REFERENCE.sub(_referred, value))))
    end = _TAG_END.match(source, at)
    return found, end is not None and "/" in end[0], end.end() if end else -1


def _referred(match: re.Match[str]) -> str:
    """A character by its name or number; in an attribute a name without `;` may be a part of an address."""
    return unescape(match[0]) if match[1][0] == "#" else html5.get(match[1], match[0])


# --- tags and texts -> a tree


class _Builder:
    """The tree so far, and what is open: blocks one in another, formats in any order."""

    def __init__(self) -> None:
        self.root = Block("body")
        self._open = [self.root]
        self._formats: list[Format] = []
        self._ignored: Counter[str] = Counter()

    def add_text(self, text: str | None) -> None:
        if text != "" and not any(each.hidden for each in self._formats):
            self._open[-1].children.append(Run(text, tuple(self._formats)))

    def start(self, tag: str, attributes: Attributes, closed: bool) -> None:
        tag = _RENAMED.get(tag, tag)
        if tag == "br":
            self.add_text(None)
        elif tag == "img":
            if not _is_hidden(tag, attributes):
                self.add_text(attributes.get("alt", ""))
        elif tag in _BLOCKS:
            self._start_block(tag, attributes)
        elif tag in _UNSEEN:
            if not closed:
                self._push(tag, attributes)
        elif tag not in _VOID | _RAW | {"html", "head", "body"}:
            self._start_format(tag, attributes)

    def end(self, tag: str) -> None:
        tag = _RENAMED.get(tag, tag)
        if tag == "br":
            self.add_text(None)
        elif self._ignored[tag]:
            self._ignored[tag] -= 1
        elif tag in _BLOCKS | _UNSEEN:
            shelters = {"table"} if tag in _ROWS else _SHELTERS
            self._close(_HEADINGS if tag in _HEADINGS else {tag}, shelters - {tag})
        else:
            self._end_format(tag)

    def _start_block(self, tag: str, attributes: Attributes) -> None:
        here = self._open[-1].tag
        if here == "p" or (here in _HEADINGS and tag in _HEADINGS):
            self._pop()
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        if tag in _PLACES:
            self._return_to(_PLACES[tag])
        self._push(tag, attributes)
        if tag == "hr" and self._open[-1].tag == "hr":
            self._pop()

    def _push(self, tag: str, attributes: Attributes) -> None:
        if len(self._open) > _DEPTH:
            self._ignored[tag] += tag != "hr"
            return
        block = Block(tag, attributes, _is_hidden(tag, attributes), formats_before=len(self._formats))
        self._open[-1].children.append(block)
        self._open.append(block)

    def _close(self, tags: frozenset[str] | set[str], shelters: frozenset[str] | set[str]) -> None:
        """Close the nearest open block of these tags with all that is open in it, if nothing shelters it."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in tags:
                self._pop_to(depth)
                return
            if self._open[depth].tag in shelters:
                return

    def _return_to(self, tags: frozenset[str]) -> None:
        """Close all that is open in the nearest open block of these tags, if there is one."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in tags:
                self._pop_to(depth + 1)
                return

    def _pop_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._pop()

    def _pop(self) -> None:
        block = self._open.pop()
        if block.tag in _SHELTERS | _UNSEEN or block.hidden:
            del self._formats[block.formats_before :]

    def _start_format(self, tag: str, attributes: Attributes) -> None:
        if tag == "a":
            self._end_format("a")
        if len(self._formats) < _FORMATS:
            self._formats.append(Format(tag, attributes, _is_hidden(tag, attributes)))
        else:
            self._ignored[tag] += 1

    def _end_format(self, tag: str) -> None:
        for index in range(len(self._formats) - 1, -1, -1):
            if self._formats[index].tag == tag:
                del self._formats[index]
                return


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    closed = tag == "dialog" and "open" not in attributes
    styled = _HIDING.search(attributes.get("style", "")) is not None
    return closed or styled or tag in _UNSEEN or "hidden" in attributes
