"""A word of a vocabulary, and a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A stable key and its English label; `successor` names the word that replaces a retired one."""

    key: str
    label: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of one kind. `name` is the gettext context of the labels."""

    name: str
    title: str
    words: Mapping[str, Word]

    def __contains__(self, key: object) -> bool:
        return key in self.words

    def __getitem__(self, key: str) -> Word:
        return self.words[key]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words.values())

    @property
    def holds_sentences(self) -> bool:
        """Whether the labels are whole sentences."""
        return self.title.endswith("(sentences)")


def vocabulary(
    name: str, title: str, labels: Mapping[str, str], retired: Mapping[str, str] | None = None
) -> Vocabulary:
    """A vocabulary from its labels by key; `retired` maps the keys of retired words to their successors'."""
    successors = retired or {}
    return Vocabulary(
        name, title, {key: Word(key, label, successors.get(key)) for key, label in labels.items()}
    )
