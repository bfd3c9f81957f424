"""The blocks of a fragment, as a page may hold them, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BESIDE_WORDS = frozenset({"li", "dd", "td", "th"})
"""What words stand in without a paragraph around them."""


@dataclass(slots=True)
class Piece:
    """A block: words, or blocks. Without a tag it is words that stand alone among others."""

    tag: str
    attributes: str = ""
    words: str | None = None
    children: list[Piece] = field(default_factory=list)


def has_words(pieces: Iterable[Piece]) -> bool:
    """Whether a reader sees anything of them."""
    return any(piece.words or has_words(piece.children) for piece in pieces)


def each_piece(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces and all that is in them, in the order of the page."""
    waiting = [*pieces][::-1]
    while waiting:
        piece = waiting.pop()
        yield piece
        waiting += reversed(piece.children)


def set_levels(pieces: Iterable[Piece]) -> None:
    """Make one heading the title, if there is one of the first level, and let none below skip a level."""
    above = [1]
    titled = False
    for piece in each_piece(pieces):
        if piece.tag not in HEADINGS:
            continue
        level = int(piece.tag[1])
        if level == 1 and not titled:
            titled, above = True, [1]
            continue
        level = max(level, 2)
        above = [each for each in above if each < level] + [level]
        piece.tag = f"h{min(len(above), 6)}"


def write(pieces: Iterable[Piece]) -> str:
    """The fragment, one block a line."""
    lines: list[str] = []
    for piece in pieces:
        _write(piece, lines)
    return "".join(f"{line}\n" for line in lines)


def _write(piece: Piece, lines: list[str]) -> None:
    tag = piece.tag or "p"
    opening, closing = f"<{tag}{piece.attributes}>", f"</{tag}>"
    words, children = piece.words or "", piece.children
    if tag == "hr":
        lines.append(opening)
        return
    if tag in _BESIDE_WORDS and children and not children[0].tag and not children[0].attributes:
        words, children = children[0].words or "", children[1:]
    if not children:
        lines.append(f"{opening}{words}{closing}")
        return
    lines.append(f"{opening}{words}")
    for child in children:
        _write(child, lines)
    lines.append(closing)
