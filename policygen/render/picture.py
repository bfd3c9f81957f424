"""Draw where data goes: sources, the service, destinations, one under the other.

Text in SVG doesn't wrap by itself, so the geometry is fixed here: a 300-unit wide picture whose lines are cut
by a count of characters that still fits in the widest of the system fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

WIDTH = 300  # of the picture; 1 unit is about 1 CSS px (0.96 at a 320 px screen, 1.1 on a wide one)
BOX_X, BOX_W = 28, 271  # the boxes stand off the rail
RAIL_X = 9  # the vertical line at the start side
PAD, LINE, ITEM_GAP = 12, 21, 3
HEAD_CHARS, ITEM_CHARS, NAME_CHARS = 24, 24, 20
BOX_GAP, LINK_GAP = 12, 30  # between boxes; between a band and the service
BULLET = 13
_MOST_EVENED = 20  # lines; evening out more would take long and show little


@dataclass(frozen=True, slots=True)
class Group:
    """A box: its heading and its items (without items it isn't drawn)."""

    head: str
    items: Sequence[str]


@lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """Count a text's width in characters: combining marks take none, East Asian wide ones two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


@lru_cache(maxsize=4096)
def balanced(text: str, limit: int) -> tuple[str, ...]:
    """Wrap in as few lines as fit, then even them out, so that no word is left alone on the last."""
    best = wrap(text, limit)
    if 1 < len(best) <= _MOST_EVENED:
        for narrower in range(limit - 1, 7, -1):
            tried = wrap(text, narrower)
            if len(tried) > len(best):
                break
            best = tried
    return tuple(best)


def wrap(text: str, limit: int) -> list[str]:
    """Break at spaces; a word longer than a line is cut, an address after a dot and without a hyphen."""
    lines = [""]
    for word in unicodedata.normalize("NFC", text).split():
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) <= limit:
            lines[-1] += " " + word
        else:
            lines += _pieces(word, limit)
    return [line for line in lines if line]


def _pieces(word: str, limit: int) -> list[str]:
    """A word in pieces of at most `limit` columns."""
    pieces = []
    while columns(word[: limit + 1]) > limit:
        end = 1
        while columns(word[: end + 1]) < limit:
            end += 1
        dot = max(word.rfind(mark, 0, end) for mark in "./@-_") + 1
        hyphen = "-" if not dot and word[end - 1].isalpha() and columns(word[end - 1]) == 1 else ""
        pieces.append(word[: dot or end] + hyphen)
        word = word[dot or end :]
    return [*pieces, word]


def draw(sources: Sequence[Group], service: str, destinations: Sequence[Group], *, rtl: bool = False) -> str:
    """Return the `<svg>`; a band without any item is left out together with its arrows."""
    above = [g for g in sources if g.items]
    below = [g for g in destinations if g.items]
    out: list[str] = []
    y = 1
    joints: list[int] = []
    for group in above:
        joints.append(y + 20)
        y = box(out, group, y, rtl) + BOX_GAP
    if above:
        y += LINK_GAP - BOX_GAP
        wire_in(out, joints, y, rtl)
    y = service_box(out, service, y)
    start = y
    joints = []
    if below:
        y += LINK_GAP - 12
    for group in below:
        joints.append(y + 20)
        y = box(out, group, y, rtl) + BOX_GAP
    if below:
        wire_out(out, start, joints, rtl)
        y -= BOX_GAP
    return (
        f'<svg viewBox="0 0 {WIDTH} {y + 1}" role="img" aria-labelledby="flow-title">\n'
        + "\n".join(out)
        + "\n</svg>"
    )


def flip(x: int, rtl: bool) -> int:
    """Mirror a place for a right-to-left language."""
    return WIDTH - x if rtl else x


def box(out: list[str], group: Group, y: int, rtl: bool) -> int:
    """Draw one group and return where its box ends."""
    head = balanced(group.head, HEAD_CHARS)
    items = [balanced(item, ITEM_CHARS) for item in group.items]
    height = 9 + LINE * (len(head) + sum(map(len, items))) + ITEM_GAP * len(items) + 11
    x = 1 if rtl else BOX_X
    out.append(f'<rect class="box" x="{x}" y="{y}" width="{BOX_W}" height="{height}" rx="8"/>')
    base = y + 9 + 16
    lines(out, head, flip(BOX_X + PAD, rtl), base, "head")
    base += LINE * len(head) + ITEM_GAP
    for item in items:
        out.append(f'<circle class="dot" cx="{flip(BOX_X + PAD + 3, rtl)}" cy="{base - 5}" r="2.5"/>')
        lines(out, item, flip(BOX_X + PAD + BULLET, rtl), base, None)
        base += LINE * len(item) + ITEM_GAP
    return y + height


def lines(out: list[str], text: Sequence[str], x: int, y: int, kind: str | None) -> None:
    """Write a wrapped text, a tspan for each line."""
    spans = "".join(
        f'<tspan x="{x}" y="{y + LINE * n}">{escape(line, quote=False)}</tspan>'
        for n, line in enumerate(text)
    )
    out.append(f"<text{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{spans}</text>")


def service_box(out: list[str], name: str, y: int) -> int:
    """Draw the service in the middle and return where it ends."""
    text = balanced(name, NAME_CHARS)
    height = 25 + LINE * len(text)
    out.append(f'<rect class="service" x="0" y="{y}" width="{WIDTH}" height="{height}" rx="8"/>')
    lines(out, text, WIDTH // 2, y + 28, "name")
    return y + height


def wire_in(out: list[str], joints: Sequence[int], end: int, rtl: bool) -> None:
    """Lead every source down the rail into the service."""
    rail, edge, bend = flip(RAIL_X, rtl), flip(BOX_X, rtl), flip(RAIL_X + 8, rtl)
    out.extend(
        f'<path class="wire" d="M{edge} {joint}H{bend}Q{rail} {joint} {rail} {joint + 8}V{end - 8}"/>'
        for joint in joints
    )
    out.append(f'<path class="tip" d="M{rail - 7} {end - 10}h14l-7 9z"/>')


def wire_out(out: list[str], start: int, joints: Sequence[int], rtl: bool) -> None:
    """Lead from the service down the rail to every destination."""
    rail, edge, bend = flip(RAIL_X, rtl), flip(BOX_X, rtl), flip(RAIL_X + 8, rtl)
    back = 10 if rtl else -10
    for joint in joints:
        down, along = f"M{rail} {start}V{joint - 8}", f"H{edge + back // 2}"
        out.append(f'<path class="wire" d="{down}Q{rail} {joint} {bend} {joint}{along}"/>')
        out.append(
            f'<path class="tip" d="M{edge + back} {joint - 7}v14l{-back - (1 if back < 0 else -1)} -7z"/>'
        )
