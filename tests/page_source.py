"""What a page's source says, read by Python's own parser: its links, ids, head and redirect.

The browser tests see the page as rendered; these facts are what a crawler or a link checker sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_DELAY = re.compile(r"^\s*[\d.]+\s*;\s*url=", re.IGNORECASE)
ATOM = "application/atom+xml"
NAMES_AND_LOADS_NOTHING = frozenset(
    {"version-history", "latest-version", "predecessor-version", "successor-version"}
)
"""The relations of RFC 5829."""


@dataclass(slots=True)
class PageSource:
    """The facts of one page that tests ask for."""

    language: str | None = None
    direction: str | None = None
    canonical: str | None = None
    redirect: str | None = None
    content_security_policy: str | None = None
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)
    robots: str | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = PageSource()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "html":
            self.page.language, self.page.direction = values.get("lang"), values.get("dir")
        elif tag in {"a", "area"} and "href" in values:
            self.page.links.append(values["href"])
        elif tag == "link":
            self._read_link(values)
        elif tag == "meta":
            self._read_meta(values)
        elif "src" in values:
            self.page.loads.append(values["src"])

    def _read_link(self, values: dict[str, str]) -> None:
        relations, address = values.get("rel", "").split(), values.get("href", "")
        if "canonical" in relations:
            self.page.canonical = address
        elif NAMES_AND_LOADS_NOTHING & {*relations} or values.get("type") == ATOM:
            self.page.relations.setdefault(values["rel"], []).append(address)
        elif "alternate" in relations and "hreflang" in values:
            self.page.alternates[values["hreflang"]] = address
        else:
            self.page.loads.append(address)

    def _read_meta(self, values: dict[str, str]) -> None:
        if values.get("name") == "robots":
            self.page.robots = values.get("content", "")
        match values.get("http-equiv", "").lower():
            case "content-security-policy":
                self.page.content_security_policy = values.get("content", "")
            case "refresh":
                self.page.redirect = _DELAY.sub("", values.get("content", ""))


def source_of(text: str) -> PageSource:
    """Read the source of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


@cache
def page_source(path: Path) -> PageSource:
    """Read one page; read it once, since built pages don't change under the tests."""
    return source_of(path.read_text(encoding="utf-8"))
