"""A redline: nothing of either text is lost, what stayed isn't marked, and what changed can be read."""

from __future__ import annotations

import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.releases.redline import Marks, Passage, State, changed, changes_in_words, redline
from policygen.releases.visible import Block

HIDDEN = '<span class="visually-hidden">'
MARKS = Marks("[added: ", "[removed: ", "]")
WORDS = st.lists(
    st.sampled_from(("we", "collect", "name", "dữ liệu", ",", "(", ")", "<ins>", "&", "12.5", "e-mail")),
    min_size=1,
)
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(("h2", "p", "li", "pre")),
        WORDS.map(" ".join) | WORDS.map("".join) | st.text(min_size=1, max_size=20),
    ),
    max_size=12,
)


def texts(passages: tuple[Passage, ...], *, without: str) -> list[str]:
    """The texts of a redline without what was inserted ("ins") or deleted ("del")."""
    gone = State.ADDED if without == "ins" else State.REMOVED
    found = []
    for row in (row for passage in passages for row in passage.rows if row.state is not gone):
        text = re.sub(f"{HIDDEN}.*?</span>", "", row.markup, flags=re.DOTALL)
        text = re.sub(f"<{without}>.*?</{without}>", "", text, flags=re.DOTALL)
        found.append(unescape(re.sub("</?(ins|del)>", "", text)))
    return found


def shown(old: str, new: str) -> str:
    """The redline of one paragraph: what was removed in [-…-], what was added in {+…+}."""
    (passage,) = redline([Block("p", old)], [Block("p", new)], MARKS)
    (row,) = passage.rows
    text = re.sub(f"{HIDDEN}.*?</span>", "", row.markup)
    for markup, sign in (("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}")):
        text = text.replace(markup, sign)
    return unescape(text)


def page(*lines: str) -> list[Block]:
    """Blocks from lines like "h2 Data"; what begins with no kind is a paragraph."""
    return [Block(*line.split(" ", 1)) if line[:2] in {"h2", "li"} else Block("p", line) for line in lines]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("We collect name", "We gather name", "We [-collect-]{+gather+} name"),
        ("We collect your name", "We collect your full name", "We collect your {+full +}name"),
        ("We collect your full name", "We collect your name", "We collect your [-full -]name"),
        ("Your e-mail address", "Your postal address", "Your [-e-mail-]{+postal+} address"),
        ("Name and address", "Your Name and address", "{+Your +}Name and address"),
        ("Name and address", "Name and address, too", "Name and address{+, too+}"),
        ("Kept 12 months here", "Kept 24 months here", "Kept [-12-]{+24+} months here"),
        ("Name (given), age", "Name (chosen), age", "Name ([-given-]{+chosen+}), age"),
        ("a b <i> & d", "a b <b> & d", "a b <[-i-]{+b+}> & d"),
        ("We keep data a year here", "We store data a year here", "We [-keep-]{+store+} data a year here"),
        ("Chúng tôi lưu tên bạn", "Chúng tôi giữ tên bạn", "Chúng tôi [-lưu-]{+giữ+} tên bạn"),
        # Words that stayed between two changes are read with them, unless they are some.
        ("a b c one d two e f g", "a b c uno d due e f g", "a b c [-one d two-]{+uno d due+} e f g"),
        ("one a b c d two", "uno a b c d due", "[-one-]{+uno+} a b c d [-two-]{+due+}"),
    ],
)
def test_a_change_is_shown_as_whole_words(old: str, new: str, line: str) -> None:
    assert shown(old, new) == line


def test_a_screen_reader_is_told_and_markup_in_the_text_stays_text() -> None:
    (passage,) = redline(page("We collect <b>"), page("We gather <b>"), Marks("<added> ", "[removed: ", "]"))
    (row,) = passage.rows
    assert row.state is State.CHANGED
    end = f"{HIDDEN}]</span>"
    assert row.markup == (
        f"We <del>{HIDDEN}[removed: </span>collect{end}</del>"
        f"<ins>{HIDDEN}&lt;added&gt; </span>gather{end}</ins> &lt;b&gt;"
    )


def test_a_changed_block_is_found_again_and_another_is_taken_out_and_put_in() -> None:
    old = page("h2 Data", "li Your name", "li Your phone number", "The end")
    new = page(
        "h2 Data", "li Photos", "li Your name", "li Your mobile phone number", "End of it all", "The end"
    )
    (passage,) = redline(old, new, MARKS)
    states = [row.state for row in passage.rows]
    assert states == ["same", "added", "same", "changed", "added", "same"]
    assert [row.kind for row in passage.rows] == ["h2", "li", "li", "li", "p", "p"]
    (passage,) = redline(page("The name you chose"), page("The law of other lands"), MARKS)
    assert [row.state for row in passage.rows] == ["removed", "added"]


def test_blocks_that_repeat_everywhere_stay_matched() -> None:
    old = page("li A", "Optional", "li B", "Optional", "li C", "Optional")
    new = page("li A", "Optional", "li X", "Optional", "li B", "Optional", "li C", "Optional")
    rows = [row for passage in redline(old, new, MARKS) for row in passage.rows]
    assert sum(row.state is State.ADDED for row in rows) == 2
    assert sum(row.state is State.SAME for row in rows) == 6


def test_an_equal_block_is_kept_rather_than_two_that_are_alike() -> None:
    one, two, three = "a b c d e", "b c d e f", "c d e f g"
    (passage,) = redline(page(one, two, "0", two, "1"), page(two, three, "0", two, "2"), MARKS)
    assert [row.state for row in passage.rows] == [
        "removed",
        "same",
        "added",
        "same",
        "same",
        "removed",
        "added",
    ]


def test_blocks_are_found_again_however_much_was_put_before_them() -> None:
    old = page(*(f"old{n}" for n in range(100)), "end")
    new = page(*(f"new{n}" for n in range(3000)), *(f"old{n}" for n in range(100)), "other")
    states = [row.state for passage in redline(old, new, MARKS) for row in passage.rows]
    assert states == ["added"] * 3000 + ["same"] * 100 + ["removed", "added"]


def test_what_is_far_from_a_change_is_folded_and_its_heading_is_not() -> None:
    old = page("h2 Data", *(f"li d{n}" for n in range(8)), "h2 Rights", *(f"li r{n}" for n in range(8)))
    new = [Block("li", "new") if block.text == "r6" else block for block in old]
    passages = redline(old, new, MARKS)
    assert [(passage.folded, passage.count) for passage in passages] == [
        (True, 9), (False, 1), (True, 5), (False, 4),
    ]  # fmt: skip
    assert [row.markup.striptags() for row in passages[1].rows] == ["Rights"]
    assert [(passage.folded, passage.count) for passage in redline(old, old, MARKS)] == [(True, 18)]


def test_changes_are_told_in_a_few_words() -> None:
    old = page("h2 Data", "As we said, we collect name and age here", "Long gone", "li Kept")
    new = page("h2 Data", "As we said, we gather name and age here", "li Kept", " ".join("abcdefghijklmnop"))
    assert changes_in_words(old, new, 9) == (
        ("we said, we collect name and age", "we said, we gather name and age"),
        ("Long gone", ""),
        ("", "a b c d e f g h i j k l …"),
    )
    assert changes_in_words(old, new, 1) == changes_in_words(old, new, 9)[:1]
    assert changes_in_words(old, old, 9) == ()


@given(BLOCKS, BLOCKS)
def test_each_text_can_be_taken_out_of_the_redline(old: list[Block], new: list[Block]) -> None:
    passages = redline(old, new, MARKS)
    assert texts(passages, without="ins") == [block.text for block in old]
    assert texts(passages, without="del") == [block.text for block in new]
    rows = [row for passage in passages for row in passage.rows if row.state is not State.REMOVED]
    assert [row.kind for row in rows] == [block.kind for block in new]
    assert redline(old, new, MARKS) == passages


@given(BLOCKS, BLOCKS)
def test_only_texts_that_differ_have_changes(old: list[Block], new: list[Block]) -> None:
    differ = [block.text for block in old] != [block.text for block in new]
    passages = redline(old, new, MARKS)
    assert changed(passages) == differ
    assert bool(changes_in_words(old, new, 1)) == differ
    assert differ == any(
        "<ins>" in row.markup or "<del>" in row.markup for each in passages for row in each.rows
    )


@given(BLOCKS, BLOCKS)
def test_folded_passages_hold_no_change(old: list[Block], new: list[Block]) -> None:
    passages = redline(old, new, MARKS)
    assert not changed(passage for passage in passages if passage.folded)
    assert all(passage.count > 3 for passage in passages if passage.folded)
    assert all(one.folded != other.folded for one, other in pairwise(passages))


@pytest.mark.parametrize("change", ["rewritten", "reversed", "a word in each", "always the same"])
def test_a_long_text_takes_no_time(change: str) -> None:
    common = ("we", "may", "share", "your", "data", "with", "partners", "name", "phone", "of", "the", "if")
    words = [common[n * n * n % 1009 % len(common)] for n in range(40_000)]
    old = [Block("p", " ".join(words[at : at + 20])) for at in range(0, 40_000, 20)]
    new = {
        "rewritten": [Block("p", block.text[::-1]) for block in old],
        "reversed": old[::-1],
        "a word in each": [Block("p", f"{block.text[:30]}x{block.text[30:]}") for block in old],
        "always the same": [Block("li", "Optional")] * 2000,
    }[change]
    start = time.process_time()
    redline(old, new, MARKS)
    assert time.process_time() - start < 5  # 0.4 s
