"""What is known of a vocabulary word: its label in every bundled language, and its names elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from policygen.language import READER_WORDS, SOURCE_TAG, Language, read_catalogue
from policygen.resources import locales_folder
from policygen.vocabulary import Vocabulary, Word, crosswalk

_ELSEWHERE: Mapping[str, Mapping[str, NamedTuple]] = {
    "data": crosswalk.DATA,
    "purpose": crosswalk.PURPOSES,
    "basis": crosswalk.BASES,
    "right": crosswalk.RIGHTS,
}
_SYSTEMS = {"google_play": "Google Play", "apple": "Apple", "dpv": "W3C DPV", "fideslang": "fideslang",
            "tcf": "IAB TCF", "gdpr": "GDPR"}  # fmt: skip


@cache
def bundled_tags() -> tuple[str, ...]:
    """The languages that come with policygen, the language of the code first."""
    files = sorted(locales_folder().glob("*/LC_MESSAGES/policygen.po"))
    tags = [file.parts[-3].replace("_", "-") for file in files]
    return (SOURCE_TAG, *(tag for tag in tags if tag != SOURCE_TAG))


@cache
def _bundled(tag: str) -> Language:
    file = locales_folder() / tag.replace("-", "_") / "LC_MESSAGES" / "policygen.po"
    if not file.is_file():
        return Language.of(tag)
    return Language.of(tag, read_catalogue(tag, file.read_text(encoding="utf-8"), file.name)[0])


def labels(vocabulary: Vocabulary, word: Word, tags: Sequence[str] | None = None) -> Mapping[str, str]:
    """A word's label by language: in each of ours, or in those of them that are asked for."""
    wanted = [tag for tag in bundled_tags() if tags is None or tag in {*tags, SOURCE_TAG}]
    return {tag: _said(_bundled(tag), vocabulary, word) for tag in wanted}


def _said(language: Language, vocabulary: Vocabulary, word: Word) -> str:
    """A label to a reader called `you`, as on most pages; `{service}` stays, as no service is known."""
    label = language.text(word.label, vocabulary.name)
    for name in READER_WORDS:
        reader = language.text(name.lower(), "reader")
        label = label.replace(f"{{{name}}}", language.sentence_case(reader) if name.istitle() else reader)
    return label


def same_elsewhere(vocabulary: str, key: str) -> str | None:
    """The word whose row in the tables of other vocabularies a finer word shares."""
    return crosswalk.SAME.get(vocabulary, {}).get(key)


def elsewhere(vocabulary: str, key: str) -> Mapping[str, str]:
    """What other vocabularies call the same thing, by their names."""
    row = _ELSEWHERE.get(vocabulary, {}).get(same_elsewhere(vocabulary, key) or key)
    found = row._asdict() if row else {}
    return {name: str(found[system]) for system, name in _SYSTEMS.items() if found.get(system)}
