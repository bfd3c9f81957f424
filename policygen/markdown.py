"""Authors' Markdown to HTML, without raw HTML and without links that could do more than lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_SCHEME = re.compile(r"(?:https?:|mailto:|tel:|#|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
"""How a link may begin; an address without a scheme is a link inside the site."""
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?|!--.*?--|[!?][^<>]*)>", re.DOTALL)
_TAG_NAME = re.compile(r"<[A-Za-z][A-Za-z0-9-]*")
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_SIGNS = r"\\`*_{}\[\]#<>&|\x00-\x1f\x7f-\x9f\u2028\u2029"
_WORDS = rf"(?!\d+[.)])[^\s()+!~=:{_SIGNS}-](?:[^{_SIGNS}]*[^\s{_SIGNS}])?"
_PLAIN = re.compile(rf"{_WORDS}(?:\n\n+{_WORDS})*\n*\Z")
"""Paragraphs of one line, of plain words, which need no parser; most texts of a policy are."""


class MarkdownProblem(NamedTuple):
    """What an author may not write in Markdown: a finding's code, what was found, what would be right."""

    code: str
    message: str
    help: str


_DEPTH = 24
"""Elements in one another; the parser itself would give up at a depth that depends on who calls it."""
_TOO_DEEP = MarkdownProblem(
    "markdown-nesting", "lists or quotes are nested too deep here", "write it with fewer levels"
)


BRACKETS = 1000
"""The most opening brackets of a text: the parser's time grows with their square."""
_TOO_MANY = MarkdownProblem(
    "markdown-nesting",
    f"the text has more than {BRACKETS:,} opening brackets",
    "no text needs so many; a program may have written it",
)


def to_html(text: str) -> Markup:
    """The HTML of a Markdown text; raw HTML comes out as the characters it is made of."""
    if _PLAIN.match(text):
        lines = (line for line in text.split("\n") if line)
        return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Markup(_convert(text)[0])  # noqa: S704 - raw HTML is off and links are checked


def problems(text: str) -> tuple[MarkdownProblem, ...]:
    """Raw HTML, images, links that lead where none should, and nesting that no parser follows."""
    if _PLAIN.match(text):
        return ()
    if text.count("[") > BRACKETS:
        return (_TOO_MANY,)
    try:
        found = _convert(text)[1]
    except RecursionError:
        found = (_TOO_DEEP,)
    return (*_raw_html(text), *found)


def _raw_html(text: str) -> Iterator[MarkdownProblem]:
    """A problem for each tag; the end of an element is none of its own."""
    help = "write it in Markdown, or put it in backticks if it is meant to be read"
    tags = [match[0] for match in _TAG.finditer(_CODE.sub("", text))]
    begun = {name[0] for tag in tags if (name := _TAG_NAME.match(tag))}
    for tag in tags:
        if not (tag.startswith("</") and "<" + tag[2:-1].strip() in begun):
            yield MarkdownProblem("markdown-html", f"HTML is not possible here: `{tag}`", help)


@lru_cache(maxsize=256)  # what has been checked is rendered next
def _convert(text: str) -> tuple[str, tuple[MarkdownProblem, ...]]:
    reader, found = _reader()
    found.clear()
    try:
        html = reader.reset().convert(text)
    except RecursionError:
        # Its parser still stands in the middle of a list, and would read the next text as a part of it.
        _reader.cache_clear()
        raise
    return html, tuple(found)


def _is_safe(target: str) -> bool:
    compact = _INVISIBLE.sub("", unescape(target)).replace("\\", "/")
    return bool(_SCHEME.match(compact)) and not compact.startswith("//")


@cache
def _reader() -> tuple[Markdown, list[MarkdownProblem]]:
    """The reader, made once because that takes longer than most texts, and where it notes what it finds."""
    from markdown import Markdown
    from markdown.extensions.tables import TableExtension
    from markdown.treeprocessors import Treeprocessor

    found: list[MarkdownProblem] = []

    class Harmless(Treeprocessor):
        """Takes out what a page may not hold, and notes it."""

        def run(self, root: Element) -> None:
            if _is_deeper(root, _DEPTH):
                found.append(_TOO_DEEP)
            for element in root.iter():
                _clean(element, found)

    reader = Markdown(extensions=[TableExtension()])
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    reader.treeprocessors.register(Harmless(reader), "harmless", -1)
    return reader, found


def _is_deeper(root: Element, depth: int) -> bool:
    level = [root]
    for _ in range(depth):
        level = [child for element in level for child in element]
    return bool(level)


def _clean(element: Element, found: list[MarkdownProblem]) -> None:
    if element.tag == "a" and not _is_safe(element.get("href", "")):
        help = "a link may begin with https:, http:, mailto: or tel:, or lead to a place in the site"
        message = f"a link to `{element.attrib.pop('href')}` is not possible here"
        found.append(MarkdownProblem("markdown-link", message, help))
    if element.tag == "img":
        help = "pages load nothing; describe it in words"
        message = f"an image is not possible here: `{element.get('src', '')}`"
        found.append(MarkdownProblem("markdown-image", message, help))
        element.tag, element.text = "span", element.get("alt")
        element.attrib.clear()
    if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        # A page's own headings are h1 and h2; an author's stand below them.
        element.tag = "h3" if element.tag in {"h1", "h2"} else "h4"
    element.attrib.pop("style", None)
