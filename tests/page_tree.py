"""A page as a tree, and its text block by block, read by Python's own parser.

A block is what a reader takes in at once: a heading, a paragraph, a list item, a cell. Facts are looked up in
blocks, not in the run of the whole page, so that a right text in the wrong place doesn't pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
BLOCKS = frozenset(
    {
        "caption",
        "dd",
        "div",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "p",
        "summary",
        "td",
        "th",
        "title",
    }
)


@dataclass(slots=True, eq=False)
class Element:
    """One element: what it is, where it stands, and its children, texts included, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and everything below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of a tag with these attributes; `class_` asks for one class among several."""
        return [each for each in self.walk() if each.tag == tag and each.has(**attributes)]

    def has(self, **attributes: str) -> bool:
        """Whether the element has all these attributes."""
        wanted = dict(attributes)
        class_ = wanted.pop("class_", None)
        if class_ is not None and class_ not in self.attributes.get("class", "").split():
            return False
        return all(self.attributes.get(name.replace("_", "-")) == value for name, value in wanted.items())

    def lineage(self) -> tuple[Element, ...]:
        """The element and its ancestors, nearest first."""
        return (self, *(self.parent.lineage() if self.parent else ()))

    def text(self) -> str:
        """All the text below, its white space as a reader sees it."""
        return squeezed("".join(self._raw(own=False)))

    def own_text(self) -> str:
        """The text of this block without the blocks inside it."""
        return squeezed("".join(self._raw(own=True)))

    def _raw(self, *, own: bool) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.has(class_="anchor") or (own and child.is_apart()):
                yield " "
            else:
                yield from child._raw(own=own)

    def is_apart(self) -> bool:
        """Whether its text belongs to no block around it."""
        return self.tag in BLOCKS or self.tag in {"dl", "ol", "script", "style", "svg", "table", "ul"}


def squeezed(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def tree(source: str) -> Element:
    """The tree of a page's source; a tag left open or closed twice is a failure."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root


@cache
def page_tree(path: Path) -> Element:
    """The tree of a built page; built pages don't change under the tests."""
    return tree(path.read_text(encoding="utf-8"))


def sections(page: Element) -> dict[str, Element]:
    """The sections of a policy by the id of their heading, the glance included, in the order of the page."""
    return {
        section.attributes["aria-labelledby"]: section
        for section in page.find("section")
        if "aria-labelledby" in section.attributes
    }


def blocks(element: Element) -> list[Element]:
    """Every block below an element that has text of its own."""
    return [each for each in element.walk() if each.tag in BLOCKS and each.own_text()]
