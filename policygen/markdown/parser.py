"""What needs a Markdown parser: Python-Markdown without raw HTML, and with its links looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import escape

from policygen.markdown import links
from policygen.markdown.problem import MarkdownProblem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?|!--(?:(?!<!--).)*?--|[!?][^<>]*)>", re.DOTALL)
_TAG_NAME = re.compile(r"<[A-Za-z][A-Za-z0-9-]*")
_CODE = re.compile(r"(`{1,8}).+?\1", re.DOTALL)
"""Of a longer run the first eight will do: trying each length takes time that grows with its cube."""
_DEPTH = 24
"""Elements in one another; the parser itself would give up at a depth that depends on who calls it."""
_TOO_DEEP = MarkdownProblem(
    "markdown-nesting", "lists or quotes are nested too deep here", "write it with fewer levels"
)


def read(text: str) -> tuple[str, tuple[MarkdownProblem, ...]]:
    """The HTML of a text, and what its author may not write."""
    try:
        html, found = _convert(text)
    except RecursionError:
        # Its parser still stands in the middle of a list, and would read the next text as a part of it.
        _reader.cache_clear()
        html, found = escape(text), (_TOO_DEEP,)
    return html, (*_raw_html(text), *found)


def _raw_html(text: str) -> Iterator[MarkdownProblem]:
    """A problem for each tag; the end of an element is none of its own."""
    help = "write it in Markdown, or put it in backticks if it is meant to be read"
    tags = [match[0] for match in _TAG.finditer(_CODE.sub("", text))]
    begun = {name[0] for tag in tags if (name := _TAG_NAME.match(tag))}
    for tag in tags:
        if not (tag.startswith("</") and "<" + tag[2:-1].strip() in begun):
            yield MarkdownProblem("markdown-html", f"HTML is not possible here: `{tag}`", help)


def _convert(text: str) -> tuple[str, tuple[MarkdownProblem, ...]]:
    reader, found = _reader()
    found.clear()
    html = reader.reset().convert(text)
    return html, tuple(found)


@cache
def _reader() -> tuple[Markdown, list[MarkdownProblem]]:
    """The reader, made once because that takes longer than most texts, and where it notes what it finds."""
    from markdown import Markdown
    from markdown.extensions.tables import TableExtension
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import HTML_PLACEHOLDER_RE

    found: list[MarkdownProblem] = []

    class Harmless(Treeprocessor):
        """Takes out what a page may not hold, and notes it."""

        def run(self, root: Element) -> None:
            if _is_deeper(root, _DEPTH):
                found.append(_TOO_DEEP)
            for element in root.iter():
                if element.tag == "a":
                    _clean_link(element, self._words(element), found)
                _clean(element, found)

        def _words(self, element: Element) -> str:
            """What an element says; entities stand aside until the end."""
            stash = self.md.htmlStash.rawHtmlBlocks
            words = "".join(element.itertext())
            return HTML_PLACEHOLDER_RE.sub(lambda entity: str(stash[int(entity[1])]), words)

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


def _clean_link(element: Element, words: str, found: list[MarkdownProblem]) -> None:
    if wrong := links.problem(element.get("href", ""), words):
        element.attrib.pop("href", None)
        found.append(wrong)


def _clean(element: Element, found: list[MarkdownProblem]) -> None:
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
