"""Whether the tools make the same pages: the same elements with the same attributes and the same text.

What may differ is how it is written: blank space between words, the order of attributes, how a character is
escaped, and the tag by which a tool names itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path


class _Reader(HTMLParser):
    """A page as a list of its tags and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl.lower()}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, dict(attrs).get("name")) != ("meta", "generator"):
            self.parts.append(f"<{tag} {sorted((name, value or '') for name, value in attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


def differences(outputs: Mapping[str, Path], pages: Iterable[str]) -> Iterator[str]:
    """A line for each of the pages that isn't that of the first tool. `outputs`: where they wrote."""
    (first, made), *others = outputs.items()
    listed = _listed(made)
    yield from (f"the sitemap of {name} differs" for name, folder in others if _listed(folder) != listed)
    for path in pages:
        page = Path(path) / "index.html"
        expected = _parts(made / page)
        for name, folder in others:
            if not (folder / page).is_file():
                yield f"{name} did not make {page}"
            elif found := _first_difference(expected, _parts(folder / page)):
                yield f"{page} of {first} has {found[0]!r} where that of {name} has {found[1]!r}"


def _first_difference(expected: list[str], found: list[str]) -> tuple[str, str] | None:
    pairs = zip([*expected, "its end"], [*found, "its end"], strict=False)
    return next(((one, other) for one, other in pairs if one != other), None)


def _listed(folder: Path) -> list[str]:
    """What a sitemap lists, in one file or, as Hugo has it, in one for each language."""
    texts = (file.read_text(encoding="utf-8") for file in folder.rglob("sitemap.xml"))
    return sorted(line for text in texts for line in text.split("\n") if line.startswith("<url>"))


def _parts(page: Path) -> list[str]:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader.parts
