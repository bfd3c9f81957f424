"""The manual page of a finding, a vocabulary word or a vocabulary, as Markdown.

A finding's page is its entry in docs/findings.md, which comes with every installation; a word's is made from
what the package knows of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache

from policygen.diagnostics import did_you_mean
from policygen.loading import Shape, shapes
from policygen.loading.scalars import READERS
from policygen.model.kinds import Need, Time
from policygen.model.policy import Policy
from policygen.resources import bundled_folder
from policygen.vocabulary import VOCABULARIES, Vocabulary, Word
from policygen.words import elsewhere, labels, same_elsewhere

_ENTRY = re.compile(r"^### ([a-z][a-z-]+)\n(.*?)(?=^#{1,3} |\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
_MANY = 8


def pages(name: str) -> tuple[str, ...]:
    """Every page of that name: a finding's, a vocabulary's, and one for each vocabulary that has the word."""
    found = [f"# {name}\n\n{findings()[name]}"] if name in findings() else []
    if name in VOCABULARIES:
        found.append(_vocabulary_page(VOCABULARIES[name]))
    found += [_word_page(each, each[name]) for each in VOCABULARIES.values() if name in each]
    return tuple(found)


def names() -> tuple[str, ...]:
    """Everything that has a page."""
    words = (word.key for vocabulary in VOCABULARIES.values() for word in vocabulary)
    return tuple(dict.fromkeys((*findings(), *VOCABULARIES, *words)))


def suggestion(name: str) -> str | None:
    """The name that a misspelt one is nearest to."""
    return did_you_mean(name.casefold(), names())


@cache
def findings() -> Mapping[str, str]:
    """The entries of the manual of findings, by their codes."""
    manual = (bundled_folder("docs") / "findings.md").read_text(encoding="utf-8")
    # A comment in an example looks like a heading.
    hidden = _FENCE.sub(lambda match: match[0].replace("\n#", "\n\0#"), manual)
    return {code: text.replace("\0", "").strip() for code, text in _ENTRY.findall(hidden)}


# --- words


def _word_page(vocabulary: Vocabulary, word: Word) -> str:
    parts = [
        f"# {word.key}",
        f"A word of the vocabulary `{vocabulary.name}`: {_small(vocabulary.title)}.",
        "\n".join(f"- {tag}: {label}" for tag, label in labels(vocabulary, word).items()),
    ]
    if word.successor:
        parts.insert(2, f"It is retired: use `{word.successor}`.")
    if found := elsewhere(vocabulary.name, word.key):
        same = same_elsewhere(vocabulary.name, word.key)
        ids = ", ".join(f"{name} `{id}`" for name, id in found.items())
        parts.append(f"Elsewhere{f', as `{same}`' if same else ''}: {ids}.")
    return "\n\n".join([*parts, _standing(vocabulary.name)])


def _vocabulary_page(vocabulary: Vocabulary) -> str:
    words = [f"- `{word.key}`: {' · '.join(labels(vocabulary, word).values())}" for word in vocabulary]
    about = f"A vocabulary: {_small(vocabulary.title)}."
    return "\n\n".join([f"# {vocabulary.name}", about, "\n".join(words), _standing(vocabulary.name)])


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _standing(vocabulary: str) -> str:
    """Where in a policy a word can stand; of many places with one key, the first."""
    routes = [" > ".join(route) for name, route in _places(Policy, ()) if name == vocabulary]
    said = [f"`{route}`" for route in routes]
    if len(routes) > _MANY:
        by_key: dict[str, list[str]] = {}
        for route in routes:
            by_key.setdefault(route.rpartition(" > ")[2], []).append(route)
        said = [_of_many(key, found) for key, found in by_key.items()]
    return f"In policy.yaml it stands in: {'; '.join(said)}."


def _of_many(key: str, routes: list[str]) -> str:
    return f"`{key}` of many facts, such as `{routes[0]}`" if len(routes) > 1 else f"`{routes[0]}`"


def _places(cls: type, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every place that takes words: the vocabulary's name, and the keys that lead there."""
    for shape in shapes(cls).values():
        route = (*above, shape.key)
        if name := _vocabulary_of(shape):
            yield name, route
        kind: type = shape.type
        if is_dataclass(kind) and kind not in READERS:
            yield from _places(kind, route)


def _vocabulary_of(shape: Shape) -> str | None:
    if shape.type is Need or shape.type is Time:
        return "need" if shape.type is Need else "timing"
    return shape.vocabulary or getattr(shape.type, "vocabulary_name", None)
