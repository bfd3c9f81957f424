"""The vocabularies as enumerations: every word, and beside it its label in each language.

`enumDescriptions` and `errorMessage` are no part of JSON Schema, whose validators pass over them. Editors
show them: the servers behind most of them (yaml-language-server, VS Code's JSON service) explain words by the
one, and without the other list all words at a wrong one. An `anyOf` of constants would do for the former and
make every message unreadable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from policygen.model.policy import ExtraSection, Policy
from policygen.model.sections import SECTIONS
from policygen.model.site import ChangeRules, SiteSettings
from policygen.releases.weights import TABLE
from policygen.vocabulary import VOCABULARIES, Vocabulary, Word
from policygen.words import labels

Schema = dict[str, object]


def words(name: str, tags: Sequence[str]) -> Schema:
    """The words of a vocabulary, with their labels in the languages that are ours too."""
    vocabulary = VOCABULARIES[name]
    described = {word.key: _described(vocabulary, word, tags) for word in vocabulary}
    wanted = f"no word of the vocabulary `{name}`; a thing of your own takes an id and a label"
    if name == "timing":
        wanted = "no time: a period, as in 30 days, or a word of the vocabulary `timing`"
    return {"title": vocabulary.title, **enumeration(described, wanted)}


def enumeration(described: Mapping[str, str], wanted: str) -> Schema:
    """An enumeration that editors explain, and what they say of a value that isn't in it."""
    return {
        "enum": list(described),
        "enumDescriptions": list(described.values()),
        "errorMessage": wanted,
    }


def _described(vocabulary: Vocabulary, word: Word, tags: Sequence[str]) -> str:
    shown = " · ".join(dict.fromkeys(labels(vocabulary, word, tags or None).values()))
    return f"Retired: use {word.successor}. {shown}" if word.successor else shown


def regions() -> Mapping[str, str]:
    """Every country and every union of countries a fact can name, in English."""
    from babel import Locale

    from policygen.loading.scalars import ValueProblem, read_region

    names = cast("Mapping[str, str]", Locale("en").territories)
    found: dict[str, str] = {}
    for code in sorted({"EEA", *names}):
        try:
            found[read_region(code)] = names.get(code, "European Economic Area")
        except ValueProblem:
            continue
    return found


def known(cls: type, key: str) -> Mapping[str, str] | None:
    """The texts a key can have, explained, where the loader takes any text and a check knows better."""
    if (cls, key) in _SECTIONS:
        return {section.id: section.title.replace("{", "").replace("}", "") for section in SECTIONS}
    if cls is ChangeRules and key in {"material", "editorial"}:
        return {kind: f"{weight.value} by default: {why}" for kind, (weight, why) in TABLE.items()}
    return None


_SECTIONS = frozenset(
    {(Policy, "sections"), (SiteSettings, "sections"), (ExtraSection, "before"), (ExtraSection, "after")}
)
