"""Nothing is left out silently: whatever the model can hold reaches the text of a policy, in both languages.

Words are looked for; what has no words of its own (a force, a reference, true or false, stated as none) is
changed, and must change what readers see. The text is the one that a release keeps, without the page around
it; what becomes of it in a release is in tests/test_full_release.py.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from html import unescape
from itertools import count

import pytest

from policygen.catalogues import load_languages
from policygen.checks import Case, check
from policygen.diagnostics import Place
from policygen.loading import Shape, load_policy, load_settings, shapes
from policygen.model import Force, Policy, References, SiteSettings, Term, Text, Time
from policygen.releases.visible import Block, blocks
from policygen.render import Renderer
from policygen.site import SiteFolder
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES
from tests.full_policy import AROUND, TAGS, Canary, Full, Route
from tests.site_under_test import CHECKOUT

_PATH = "content/full/policy.yaml"
_SAID_BY_WORDING = frozenset({"label", "if", "unless", "criteria", "depends_on", "ending", "examples"})
"""What a lawyer's own sentence says in place of ours."""
_FORCES = pytest.mark.parametrize("force", [None, "may", "never"])


@cache
def settings() -> SiteSettings:
    data: dict[str, Data] = {
        "format": 1,
        "name": "Site",
        "url": "https://site.example/",
        "languages": [*TAGS],
    }
    loaded = load_settings(data, "content/site.yaml").value
    assert loaded is not None
    return loaded


@cache
def renderer() -> Renderer:
    languages, _ = load_languages(SiteFolder(CHECKOUT), TAGS)
    return Renderer(settings(), languages)


def policy_of(data: dict[str, Data]) -> Policy:
    """The policy of some data; a finding of any kind fails."""
    loaded = load_policy(data, _PATH, settings())
    assert loaded.value is not None
    found = [*loaded.findings, *check(Case(loaded.value, Place(_PATH), settings(), date(2026, 11, 21)))]
    assert found == []
    return loaded.value


def texts_of(data: dict[str, Data]) -> dict[str, str]:
    """The text of a policy, by language."""
    return {tag: article.html for tag, article in renderer().articles(policy_of(data)).items()}


@cache
def seen(text: str) -> tuple[Block, ...]:
    """What a reader takes in, and a release is compared by."""
    return blocks(text)


def unshown(canaries: list[Canary], texts: Mapping[str, str]) -> list[Canary]:
    """What is not in the text of every language, at the start of a line or not; ."""

    def is_shown(words: str, text: str) -> bool:
        return words in text or words[:1].upper() + words[1:] in text

    said = {tag: unescape(texts[tag]) for tag in TAGS}
    told = [one for one in canaries if one.route[0] not in AROUND]
    return [one for one in told if not all(is_shown(one.shown[tag], said[tag]) for tag in TAGS)]


@pytest.mark.parametrize(("size", "force"), [(1, None), (1, "may"), (1, "never"), (2, None)])
def test_every_field_is_in_both_texts(size: int, force: str | None) -> None:
    full = Full(size, force)
    data = full.policy()
    assert unshown(full.canaries, texts_of(data)) == []


def test_what_is_about_the_page_is_in_no_text() -> None:
    full = Full()
    texts = texts_of(full.policy())
    around = [one for one in full.canaries if one.route[0] in AROUND]
    assert {one.route[0] for one in around} == AROUND
    assert [one for one in around for tag in TAGS if one.shown[tag] in texts[tag]] == []


@_FORCES
def test_of_a_label_and_its_heading_one_is_in_both_texts(force: str | None) -> None:
    full = Full(1, force, heading=True)
    lacking = unshown(full.canaries, texts_of(full.policy()))
    names = {one.route for one in lacking if one.route[-1] in {"label", "heading"}}
    both = [route for route in names if {(*route[:-1], "label"), (*route[:-1], "heading")} <= names]
    assert both == []
    assert [one for one in lacking if one.route not in names] == []


@_FORCES
def test_a_wording_stands_in_place_of_our_sentence_and_of_nothing_else(force: str | None) -> None:
    full = Full(1, force, wording=True)
    data = full.policy()
    worded = {one.route[:-1] for one in full.canaries if one.route[-1] == "wording"}
    lost = [
        one
        for one in unshown(full.canaries, texts_of(data))
        if not any(
            one.route[:length] in worded and one.route[length] in _SAID_BY_WORDING
            for length in range(len(one.route))
        )
    ]
    assert lost == []


def class_of(shape: Shape) -> type | None:
    """The model class of a field whose values have fields themselves."""
    kind: object = shape.type
    if isinstance(kind, type) and is_dataclass(kind) and not issubclass(kind, (References, Text, Time)):
        return kind
    return None


def changes(cls: type, data: dict[str, Data], route: Route = ()) -> Iterator[tuple[Route, Data]]:
    """Every change to what has no words of its own: where it is, and the new value (None takes it out)."""
    for key, shape in shapes(cls).items():
        here = (*route, key)
        if shape.type is Force:
            yield from (
                (here, force) for force in Force if force is not Force.DOES and force != data.get(key)
            )
        if key in data:
            yield from ((here, value) for value in _values(shape, data[key]))
            yield from _inside(shape, data[key], here)


def _values(shape: Shape, value: Data) -> Iterator[Data]:
    if shape.none:
        yield "none"
    if shape.type is References:
        yield None
    elif shape.type is bool:
        yield None
        yield False
    elif shape.choices or (isinstance(shape.type, type) and issubclass(shape.type, StrEnum)):
        for choice in shape.choices or tuple(shape.type):
            if str(choice) not in (value if isinstance(value, list) else [value]):
                yield [str(choice)] if shape.many else str(choice)


def _inside(shape: Shape, value: Data, route: Route) -> Iterator[tuple[Route, Data]]:
    kind = class_of(shape)
    if kind and isinstance(value, dict):
        yield from changes(kind, value, route)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if kind and isinstance(item, dict):
            yield from changes(kind, item, (*route, index))


def changed(data: dict[str, Data], route: Route, value: Data) -> dict[str, Data]:
    """The policy with one value changed, and nothing left that refers to what is gone."""
    new: dict[str, Data] = copy.deepcopy(data)
    inner: Data = new
    for step in route[:-1]:
        inner = inner[step]  # type: ignore[index] # the route was made by walking the same data
    assert isinstance(inner, dict)
    if value is None:
        del inner[str(route[-1])]
    else:
        inner[str(route[-1])] = value
    if value == "none" and len(route) == 1:
        _forget(new, str(route[0]))
    return new


def _forget(data: Data, kind: str) -> None:
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _forget(part, kind)
    if isinstance(data, dict):
        for key in [key for key, value in data.items() if value in ([f"{kind}_0"], [kind])]:
            del data[key]  # a reference to it, or its being a list of examples


def _unconditional(data: dict[str, Data], route: Route) -> dict[str, Data]:
    new: dict[str, Data] = copy.deepcopy(data)
    inner: Data = new
    for step in route[:-1]:
        inner = inner[step]  # type: ignore[index] # the route was made by walking the same data
    assert isinstance(inner, dict)
    kept = ("time", "criteria") if route[0] == "retention" else ()
    for key in {"if", "need", *kept} - {str(route[-1])}:
        inner.pop(key, None)
    if route[0] in {"purposes", "recipients"}:
        _forget(new["data"], str(route[0]))
    return new


def compared(data: dict[str, Data]) -> Iterator[tuple[Route, Data, dict[str, Data], dict[str, Data]]]:
    """Every change with the policy without it and the policy with it, apart in nothing else."""
    for route, value in changes(Policy, data):
        if value == Force.NEVER or route[-1] == "time":
            # What never holds has no condition, what isn't kept no reason: compare without them.
            without = _unconditional(data, route)
            yield route, value, without, changed(without, route, value)
        elif value == "none" and len(route) == 1:
            # References to what is no longer there go with it: compare without them.
            without = copy.deepcopy(data)
            del without[str(route[0])]
            _forget(without, str(route[0]))
            yield route, value, without, changed(data, route, value)
        else:
            yield route, value, data, changed(data, route, value)


@_FORCES
def test_what_has_no_words_of_its_own_changes_both_texts(force: str | None) -> None:
    data = Full(1, force).policy()
    before = texts_of(data)
    unseen = []
    for route, value, old, new in compared(data):
        if force is not None and value is not False:
            continue  # only the sentences for open lists differ by force
        base, after = before if old is data else texts_of(old), texts_of(new)
        if any(seen(base[tag]) == seen(after[tag]) for tag in TAGS):
            unseen.append((route, value))
    assert unseen == []


def coded(cls: type, data: dict[str, Data], numbers: Iterator[int]) -> None:
    """Beside every item of the policy's own, put all the words of its vocabulary."""
    for key, shape in shapes(cls).items():
        value = data.get(key)
        if (kind := class_of(shape)) is None:
            continue
        for item in [*value] if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                coded(kind, item, numbers)
        own = kind.vocabulary_name if issubclass(kind, Term) else None
        if (name := shape.vocabulary or own) and isinstance(value, list):
            value += [{"id": f"word{next(numbers)}", "is": word.key} for word in VOCABULARIES[name]]


def test_every_word_of_the_vocabulary_can_be_said_wherever_the_model_takes_it() -> None:
    data = Full().policy()
    coded(Policy, data, count())
    for text in texts_of(data).values():
        assert re.findall(r"\{[^{}]{0,30}\}", text) == []
