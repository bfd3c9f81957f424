"""Which block of one text is which of another.

Blocks that stand once in each text hold the two together; between them, as much as possible is paired with
what it is like.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from policygen.releases.visible import Block

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The share of words that two blocks have in common if they are one block that changed."""
_EQUAL = 2.0
"""What an equal pair is worth: more than any two pairs that are merely alike."""
_TRIES = 30_000
"""How many pairs of blocks are compared on each side of the diagonal, however long the texts."""


class Pair(NamedTuple):
    """A block's text before and after; None where it wasn't there."""

    kind: str
    old: str | None
    new: str | None


_Chain: TypeAlias = "tuple[int, int, _Chain] | None"
"""Places in two texts that belong together, the last one first."""


def aligned(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Every block of both texts in order: in a pair where it stayed or changed, else alone."""
    start, end = common_ends([block.text for block in old], [block.text for block in new])
    middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    reach = _TRIES // max(len(middle), len(new_middle), 1)
    yield from _both(old[:start], new[:start])
    for gap, new_gap, anchor, new_anchor in _apart(middle, new_middle, _anchors(middle, new_middle)):
        for removed, added, one, other in _apart(gap, new_gap, _likest(gap, new_gap, reach)):
            yield from (Pair(block.kind, block.text, None) for block in removed)
            yield from (Pair(block.kind, None, block.text) for block in added)
            yield from _both(one, other)
        yield from _both(anchor, new_anchor)
    yield from _both(old[len(old) - end :], new[len(new) - end :])


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many are equal from the start, and of the others how many from the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - start
    return start, next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)


def _both(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    return (Pair(other.kind, one.text, other.text) for one, other in zip(old, new, strict=True))


def _apart(
    old: Sequence[Block], new: Sequence[Block], matches: Sequence[tuple[int, int]]
) -> Iterator[tuple[Sequence[Block], ...]]:
    """For each match what stands before it in both texts, and the match; last, what stands after all."""
    done = new_done = 0
    for at, new_at in (*matches, (len(old), len(new))):
        yield old[done:at], new[new_done:new_at], old[at : at + 1], new[new_at : new_at + 1]
        done, new_done = at + 1, new_at + 1


def _anchors(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Where the texts stand that stand once on each side: the most that are in the same order on both.

    This is a longest increasing subsequence: https://en.wikipedia.org/wiki/Patience_sorting
    """
    counts, new_counts = (Counter(block.text for block in side) for side in (old, new))
    places = {block.text: at for at, block in enumerate(new)}
    ends: list[int] = []
    chains: list[_Chain] = []
    for at, block in enumerate(old):
        if counts[block.text] == 1 == new_counts[block.text]:
            place = places[block.text]
            length = bisect_left(ends, place)
            ends[length : length + 1] = [place]
            chains[length : length + 1] = [(at, place, chains[length - 1] if length else None)]
    return _links(chains[-1] if chains else None)


def _links(chain: _Chain) -> list[tuple[int, int]]:
    links = []
    while chain:
        at, new_at, chain = chain
        links.append((at, new_at))
    return links[::-1]


def _likest(old: Sequence[Block], new: Sequence[Block], reach: int) -> list[tuple[int, int]]:
    """The pairs in order that are worth most together, of those about equally far down."""
    ones, others = ([_Likeness(block.text) for block in side] for side in (old, new))
    # What the old blocks so far are worth with none, one, two … of the new ones.
    best: list[tuple[float, _Chain]] = [(0, None)] * (len(new) + 1)
    stop = 0
    for at, one in enumerate(ones):
        before = best[:]
        start = max(at * len(new) // len(old) - reach, 0)
        stop = min((at + 1) * len(new) // len(old) + reach, len(new))
        for place in range(start, stop):
            most = max(best[place], before[place + 1], key=lambda found: found[0])
            worth = one.to(others[place])
            if worth and before[place][0] + worth > most[0]:
                most = (before[place][0] + worth, (at, place, before[place][1]))
            best[place + 1] = most
    return _links(best[stop][1])


class _Likeness:
    """What tells how alike two blocks are: their words, the second "the" told from the first."""

    __slots__ = ("text", "words")

    def __init__(self, text: str) -> None:
        seen: Counter[str] = Counter()
        self.text = text
        self.words: set[tuple[str, int]] = set()
        for word in _WORD.findall(text):
            self.words.add((word, seen[word]))
            seen[word] += 1

    def to(self, other: _Likeness) -> float:
        """What the two are worth as a pair: nothing where they aren't alike."""
        if self.text == other.text:
            return _EQUAL
        few, many = sorted((len(self.words), len(other.words)))
        if few < _ALIKE * (few + many) / 2 or not few:
            return 0
        share = len(self.words & other.words) / ((few + many) / 2)
        return share if share >= _ALIKE else 0
