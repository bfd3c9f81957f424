"""The documentation as tests read it: pages, headings, links, examples, and the sites that examples make.

An example is as short as its point allows. What every site must have besides is added here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

from policygen.build import Result, build
from policygen.site import SiteFolder
from tests.site_under_test import CHECKOUT

DOCS = CHECKOUT / "docs"
TODAY = date(2026, 11, 21)
POLICY = "content/example/policy.yaml"
SETTINGS = "content/site.yaml"

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(?:# |\{# )((?:content|locales|templates)/\S+?)(?: #\})?\n", re.MULTILINE)
_LISTED = re.compile(r"^(content/.+?)(?: \((\d+) bytes\))?$", re.MULTILINE)
_NEEDED = {
    POLICY: {"format": "1", "service": "{name: Example}"},
    SETTINGS: {"format": "1", "name": "{en: Policies, vi: Chính sách}", "url": "https://policies.example/",
               "languages": "[en, vi]"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its language, its text, the heading it stands under, and the line it begins on."""

    language: str
    text: str
    heading: str
    line: int


def documents() -> tuple[Path, ...]:
    """Every page of documentation."""
    return (*sorted(CHECKOUT.glob("*.md")), *sorted(DOCS.rglob("*.md")))


def fences(page: Path) -> Iterator[Fence]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        above = text[: match.start()]
        headings = re.findall(r"^#{1,4} (.+)$", without_fences(above), re.MULTILINE)
        yield Fence(match[2], dedent(match[3]), headings[-1] if headings else "", above.count("\n") + 1)


def without_fences(text: str) -> str:
    """A page's text without its fenced blocks."""
    return _FENCE.sub("", text)


def anchors(page: Path) -> frozenset[str]:
    """The fragments that lead into a page, as GitHub makes them from its headings."""
    seen: dict[str, int] = {}
    found = set()
    for heading in re.findall(
        r"^#{1,6} (.+)$", without_fences(page.read_text(encoding="utf-8")), re.MULTILINE
    ):
        slug = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        count = seen[slug] = seen.get(slug, -1) + 1
        found.add(f"{slug}-{count}" if count else slug)
    return frozenset(found)


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links and pictures that stay in the checkout."""
    text = re.sub(r"`[^`\n]*`", "", without_fences(page.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"", text):
        link = "".join(target)
        if not re.match(r"[a-z]+:", link):
            yield link


def build_example(text: str, folder: Path) -> Result:
    """Build the site that an example is a part of."""
    for path, content in _files(text).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return build(SiteFolder(folder), lambda _zone: TODAY)


def _files(text: str) -> dict[str, str]:
    """An example's files, completed; a list of paths makes files that have only what is needed."""
    if listed := _LISTED.findall(text):
        files = {path: _completed(path, "") + _comment(int(size or 0)) for path, size in listed}
        return {SETTINGS: _completed(SETTINGS, ""), **files}
    parts = _FILE.split(text)
    files = {POLICY: parts[0], SETTINGS: "", **dict(zip(parts[1::2], parts[2::2], strict=True))}
    return {path: _completed(path, content) for path, content in files.items()}


def _comment(size: int) -> str:
    return "# a long comment\n" * (size // 17)


def _completed(path: str, content: str) -> str:
    needed = _NEEDED.get(POLICY if path.endswith("policy.yaml") else path, {})
    missing = {
        key: value for key, value in needed.items() if not re.search(rf"^{key}:", content, re.MULTILINE)
    }
    return "".join(f"{key}: {value}\n" for key, value in missing.items()) + content
