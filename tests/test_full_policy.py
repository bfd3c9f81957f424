"""Nothing is left out silently: whatever the model can hold reaches the page, in both languages.

Words are looked for; what has no words of its own (a force, a reference, true or false, stated as none) is
changed, and must change the page.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import count

import pytest

from policygen.catalogues import load_languages
from policygen.checks import Case, check
from policygen.diagnostics import Place
from policygen.loading import Shape, load_policy, load_settings, shapes
from policygen.model import Force, Policy, References, SiteSettings, Term, Text, Time
from policygen.render import Renderer
from policygen.site import SiteFolder
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES
from tests.full_policy import TAGS, Canary, Full, Route, words_of
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


def pages_of(data: dict[str, Data]) -> dict[str, str]:
    """What readers see of a policy, by language; a finding of any kind fails."""
    loaded = load_policy(data, _PATH, settings())
    assert loaded.value is not None
    found = [*loaded.findings, *check(Case(loaded.value, Place(_PATH), settings(), date(2026, 11, 21)))]
    assert found == []
    files = dict(renderer().policy_pages("full", loaded.value))
    return {tag: words_of(files[f"{tag}/full/index.html"]) for tag in TAGS}


def unshown(canaries: list[Canary], pages: Mapping[str, str]) -> list[Canary]:
    """What is not on the page of every language, at the start of a line or not."""

    def is_shown(words: str, page: str) -> bool:
        return words in page or words[:1].upper() + words[1:] in page

    return [one for one in canaries if not all(is_shown(one.shown[tag], pages[tag]) for tag in TAGS)]


@pytest.mark.parametrize(("size", "force"), [(1, None), (1, "may"), (1, "never"), (2, None)])
def test_every_field_is_on_both_pages(size: int, force: str | None) -> None:
    full = Full(size, force)
    data = full.policy()
    assert unshown(full.canaries, pages_of(data)) == []


@_FORCES
def test_of_a_label_and_its_heading_one_is_on_both_pages(force: str | None) -> None:
    full = Full(1, force, heading=True)
    lacking = unshown(full.canaries, pages_of(full.policy()))
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
        for one in unshown(full.canaries, pages_of(data))
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


@_FORCES
def test_what_has_no_words_of_its_own_changes_both_pages(force: str | None) -> None:
    data = Full(1, force).policy()
    before = pages_of(data)
    unseen = []
    for route, value in changes(Policy, data):
        if force is not None and value is not False:
            continue  # only the sentences for open lists differ by force
        base = before
        if value == "none" and len(route) == 1:
            # References to what is no longer there go with it: compare without them.
            without: dict[str, Data] = copy.deepcopy(data)
            del without[str(route[0])]
            _forget(without, str(route[0]))
            base = pages_of(without)
        if value == Force.NEVER or route[-1] == "time":
            # What never holds has no condition, what isn't kept no reason: compare without them.
            without = _unconditional(data, route)
            base, after = pages_of(without), pages_of(changed(without, route, value))
        else:
            after = pages_of(changed(data, route, value))
        if any(base[tag] == after[tag] for tag in TAGS):
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
    for page in pages_of(data).values():
        assert re.findall(r"\{[^{}]{0,30}\}", page.partition("<script")[0]) == []
