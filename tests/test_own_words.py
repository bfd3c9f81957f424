"""The pages say the facts in our own words: no run of eight words in common with a published policy.

Text is compared block by block, since a run that crosses a heading or a list item was never written as one.
Only names are set aside, by a table of their own: a name of many words can't be said otherwise. Lists of data
need no exception, because each of their items is a block. What is compared: tests/data/shingles.py.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from tests.data.shingles import FILE, LENGTH, runs, shingle, shingles
from tests.page_tree import blocks, page_tree
from tests.site_under_test import CHECKOUT

NAMES = ("People's Republic of China",)


@cache
def published() -> frozenset[str]:
    """The fingerprints of the published policies."""
    return frozenset(FILE.read_text(encoding="utf-8").split())


def borrowed(text: str, theirs: frozenset[str]) -> list[str]:
    """The runs of a text that stand in another one; a name breaks a run."""
    parts = [text.replace("’", "'")]
    for name in NAMES:
        parts = [piece for part in parts for piece in part.split(name)]
    return [run for part in parts for run in runs(part) if shingle(run) in theirs]


def test_no_page_borrows_eight_words(built_site: Path, html_page: str) -> None:
    page = page_tree(built_site / html_page)
    texts = [block.own_text() for block in blocks(page)]
    texts += [each.attributes.get("content", "") for each in page.find("meta")]
    assert [run for text in texts for run in borrowed(text, published())] == []


@pytest.mark.parametrize("table", sorted(path.stem for path in CHECKOUT.glob("tests/facts/*.csv")))
def test_no_table_of_facts_borrows_eight_words(table: str) -> None:
    with (CHECKOUT / "tests/facts" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        texts = [text for row in csv.reader(file) for cell in row for text in cell.split(" … ")]
    assert [run for text in texts for run in borrowed(text, published())] == []


def test_the_fingerprints_are_of_five_whole_policies() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 5000
    assert lines == sorted(set(lines))
    assert {len(line) for line in lines} == {12}
    # The script and the test take fingerprints the same way; changing how means taking the policies' anew.
    assert next(iter(shingles("Don't sell, rent or lend the data – ĐÃ!"))) == "e48d8e360f4d"


def test_a_borrowed_run_is_noticed_whatever_its_case_and_punctuation() -> None:
    theirs = shingles("We don't sell, rent or lend the data that you give us.")
    assert borrowed("Here we DON’T sell, “rent” or lend — the data!", theirs) == [
        "we dont sell rent or lend the data"
    ]
    assert borrowed("We don't sell, rent or lend the facts.", theirs) == []


def test_a_run_is_eight_words_long_and_a_name_breaks_it() -> None:
    assert LENGTH == 8
    assert list(runs("one two three four five six seven")) == []
    assert list(runs("one two three four five six seven eight")) == [
        "one two three four five six seven eight"
    ]
    theirs = shingles("stored in the territory of the People's Republic of China")
    assert borrowed("in the territory of the People’s Republic of China", theirs) == []
    assert (
        borrowed("đang nằm trong lãnh thổ của nước bạn", shingles("Đang nằm trong lãnh thổ của nước bạn"))
        != []
    )
