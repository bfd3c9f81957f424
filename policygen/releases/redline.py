"""Show what changed from one text to another: which blocks, and in a block which words.

What changed in a pair of blocks is shown as a few whole runs of words, which can be read out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, islice
from typing import NamedTuple

from markupsafe import Markup, escape

from policygen.releases.alignment import Pair, aligned, common_ends
from policygen.releases.visible import Block

_TOKEN = re.compile(r"\s*(?:\w+(?:[^\w\s]+\w+)*|[^\w\s])|\s+\Z")
"""A word and the space before it; "e-mail", "12.5" and an address are one, other punctuation is its own."""
_CHUNK = re.compile(r"\s*\S+\s*")
_LONG = 250_000
"""From this product of two blocks' words on, all that lies between their equal ends counts as changed."""
_ISLAND = 2
"""So few unchanged words between two changes are read with them."""
_FOLDED = 4
"""The shortest run of unchanged blocks that is worth folding."""
_AROUND, _AMID = 3, 12
"""Words around a change in a message, and of either side of the change itself."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


class State(StrEnum):
    """What became of a block."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is read out before words that were added or removed, and after both, in the reader's language.

    They stand as they are given: with a space or a bracket that keeps them apart from the words.

    By themselves, most screen readers say nothing of `ins` and `del`:
    https://www.tpgi.com/screen-readers-support-for-text-level-html-semantics/
    """

    added: str
    removed: str
    end: str


@dataclass(frozen=True, slots=True)
class Row:
    """One block, its kind as in `Block`, with `ins` and `del` in its markup."""

    kind: str
    state: State
    markup: Markup


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks in a row; a folded passage is unchanged and far from any change."""

    folded: bool
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many blocks it holds."""
        return len(self.rows)


class _Run(NamedTuple):
    """Words of a block before and after; equal where nothing changed."""

    old: str
    new: str


def redline(old: Sequence[Block], new: Sequence[Block], marks: Marks) -> tuple[Passage, ...]:
    """The new text with what was removed and added; what is far from any change is folded."""
    rows = [_row(pair, marks) for pair in aligned(old, new)]
    passages = groupby(zip(_shown(rows), rows, strict=True), key=lambda each: each[0])
    return tuple(Passage(not shown, tuple(row for _, row in passage)) for shown, passage in passages)


def changed(passages: Iterable[Passage]) -> bool:
    """Whether a redline shows any change."""
    return any(row.state is not State.SAME for passage in passages for row in passage.rows)


def changes_in_words(old: Sequence[Block], new: Sequence[Block], limit: int) -> tuple[tuple[str, str], ...]:
    """The first changes, each as the words before and after with a few around them, for a message."""
    snippets = (snippet for pair in aligned(old, new) for snippet in _snippets(pair))
    return tuple(islice(snippets, limit))


# Words in a block


def _runs(old: str, new: str) -> list[_Run]:
    """A changed block's words: what stayed, which may be nothing, then a change, and so on to what stayed."""
    # The first word gets a space before it as well, to be equal to itself further on.
    before, after = _TOKEN.findall(f" {old}"), _TOKEN.findall(f" {new}")
    start, end = common_ends(before, after)
    stop, new_stop = len(before) - end, len(after) - end
    head, tail = "".join(before[:start]), "".join(before[stop:])
    return _spaced([_Run(head, head), *_changes(before[start:stop], after[start:new_stop]), _Run(tail, tail)])


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """The changes, and what stayed between them unless it is too little to be told apart."""
    steps = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= _LONG:
        steps = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    for _, group in groupby(steps, key=lambda step: step[0] == "equal" and step[2] - step[1] > _ISLAND):
        run = list(group)
        (_, start, _, new_start, _), (_, _, stop, _, new_stop) = run[0], run[-1]
        yield _Run("".join(old[start:stop]), "".join(new[new_start:new_stop]))


def _spaced(runs: list[_Run]) -> list[_Run]:
    """The same runs with the space before a change out of it, and the one before the text dropped."""
    for at in range(1, len(runs), 2):
        kept, (old, new), then = runs[at - 1].old, runs[at], runs[at + 1].old
        space = (old or then)[:1]
        if space.isspace() and (new or then).startswith(space):
            kept += space
            if old and new:
                old, new = old[1:], new[1:]
            else:  # "a[ b] c" says the same as "a [b ]c", which is what was meant
                old, new, then = old and old[1:] + space, new and new[1:] + space, then[1:]
            runs[at - 1 : at + 2] = [_Run(kept, kept), _Run(old, new), _Run(then, then)]
    start = runs[0].old[1:]
    return [_Run(start, start), *runs[1:]]


def _snippets(pair: Pair) -> Iterator[tuple[str, str]]:
    """The changes of a block, for a message."""
    old, new = pair.old or "", pair.new or ""
    runs = _runs(old, new) if old != new else []
    for at in range(1, len(runs), 2):
        start = "".join(_CHUNK.findall(runs[at - 1].old)[-_AROUND:])
        end = "".join(_CHUNK.findall(runs[at + 1].old)[:_AROUND])
        yield _snippet(start, runs[at].old, end), _snippet(start, runs[at].new, end)


def _snippet(start: str, words: str, end: str) -> str:
    chunks = _CHUNK.findall(words)
    short = words if len(chunks) <= _AMID else "".join(chunks[:_AMID]) + " … "
    return " ".join((start + short + end).split())


# Rows


def _row(pair: Pair, marks: Marks) -> Row:
    """A block as it is shown: in each change first the words that went, then those that came."""
    kind, old, new = pair
    if old == new:
        return Row(kind, State.SAME, escape(new))
    if old is None or new is None:
        state, runs = State.ADDED if old is None else State.REMOVED, [_Run(old or "", new or "")]
    else:
        state, runs = State.CHANGED, _runs(old, new)
    return Row(kind, state, Markup("").join(part for run in runs for part in _marked(run, marks)))


def _marked(run: _Run, marks: Marks) -> Iterator[Markup]:
    if run.old == run.new:
        yield escape(run.old)
        return
    hidden = Markup('<span class="visually-hidden">{}</span>')
    for tag, mark, words in (("del", marks.removed, run.old), ("ins", marks.added, run.new)):
        if words:
            parts = hidden.format(mark), words, hidden.format(marks.end)
            yield Markup("<{0}>{1}{2}{3}</{0}>").format(tag, *parts)


def _shown(rows: Sequence[Row]) -> list[bool]:
    """Which rows aren't folded: changes, what stands next to them, and the headings they stand under."""
    near: set[int | None] = set()
    heading = None
    for at, row in enumerate(rows):
        if row.kind in _HEADINGS:
            heading = at
        if row.state is not State.SAME:
            near |= {heading, at - 1, at, at + 1}
    shown: list[bool] = []
    for is_near, run in groupby(range(len(rows)), key=near.__contains__):
        count = len(list(run))
        shown += [is_near or count < _FOLDED] * count
    return shown
