"""The words policies are made of: keys that suit YAML, labels that fit, mappings that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from policygen.language import placeholders
from policygen.vocabulary import VOCABULARIES, Vocabulary, crosswalk

READER = {"you", "your", "You", "Your", "service", "age"}


@pytest.fixture(params=sorted(VOCABULARIES))
def vocabulary(request: pytest.FixtureRequest) -> Vocabulary:
    found: Vocabulary = VOCABULARIES[request.param]
    return found


def test_keys_can_stand_in_yaml_as_they_are(vocabulary: Vocabulary) -> None:
    reserved = {"none", "all", "true", "false", "null", "yes", "no"}
    for word in vocabulary:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", word.key), word.key
        assert word.key not in reserved


def test_labels_are_sentences_or_begin_small_as_their_vocabulary_says(vocabulary: Vocabulary) -> None:
    for word in vocabulary:
        if vocabulary.holds_sentences:
            assert word.label.endswith("."), word.key
            assert re.match(r"[A-Z]|\{You|\{service", word.label), word.key
        else:
            assert not word.label.endswith("."), word.key


def test_no_two_words_of_a_vocabulary_say_the_same(vocabulary: Vocabulary) -> None:
    labels = [word.label for word in vocabulary]
    assert len(labels) == len(set(labels))


def test_labels_have_only_placeholders_that_every_page_fills(vocabulary: Vocabulary) -> None:
    for word in vocabulary:
        expected = READER if vocabulary.name == "child_rule" else READER - {"age"}
        assert placeholders(word.label) <= expected, word.key


def test_a_retired_word_names_a_living_one(vocabulary: Vocabulary) -> None:
    for word in vocabulary:
        if word.successor is not None:
            assert vocabulary[word.successor].successor is None


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("data", crosswalk.DATA),
        ("purpose", crosswalk.PURPOSES),
        ("basis", crosswalk.BASES),
        ("right", crosswalk.RIGHTS),
    ],
)
def test_every_mapped_key_is_a_word(name: str, rows: Mapping[str, NamedTuple]) -> None:
    assert rows
    assert set(rows) <= set(VOCABULARIES[name].words)


@pytest.mark.parametrize("name", sorted(crosswalk.SAME))
def test_a_finer_word_shares_the_row_of_a_mapped_one(name: str) -> None:
    rows: Mapping[str, NamedTuple] = crosswalk.DATA if name == "data" else crosswalk.PURPOSES
    for finer, shared in crosswalk.SAME[name].items():
        assert finer in VOCABULARIES[name]
        assert finer not in rows
        assert shared in rows
