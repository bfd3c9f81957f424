"""No difference between two policies is silent, whatever field it is in, and every field has its words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import StrEnum

import pytest

from policygen.loading import Shape, shapes
from policygen.model import Policy, References, Term, Text, Time
from policygen.releases import phrases
from policygen.releases.changes import changes
from policygen.releases.nouns import FIELDS, SUBJECTS
from policygen.releases.record import Change, Json
from policygen.releases.weights import KINDS
from policygen.source import Data
from tests.compared_policies import facts, languages
from tests.full_policy import TAGS, Full, Route
from tests.test_two_languages import numbers

_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3})")
_NO_FACTS = frozenset({"format", "reader", "language", "sections", "formerly", "discontinued"})
_IDENTITY = frozenset({"id", "is", "formerly", "use", "before", "after"})
_DEFAULTS: dict[str, Data] = {"acts": ["share"], "force": "does"}
"""What is the same as nothing stated."""
_OTHER = 507
"""Where the numbers of another full policy begin, so that every value in it is another one."""


def class_of(shape: Shape) -> type | None:
    kind: object = shape.type
    if isinstance(kind, type) and is_dataclass(kind) and not issubclass(kind, (References, Text, Time)):
        return kind
    return None


def fields_of(cls: type, data: Data, route: Route = ()) -> Iterator[tuple[Route, Shape, type]]:
    """Every field that a policy states and that is a fact, with the class it is a field of."""
    for key, shape in shapes(cls).items():
        if not isinstance(data, dict) or key not in data or key in (_IDENTITY if route else _NO_FACTS):
            continue
        yield (*route, key), shape, cls
        value, kind = data[key], class_of(shape)
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if kind:
                yield from fields_of(kind, part, (*route, key, *((index,) if shape.many else ())))


def inner(data: Data, route: Route) -> Data:
    for step in route:
        data = data[step]  # type: ignore[index] # the route was made by walking the same data
    return data


def replaced(data: dict[str, Data], route: Route, value: Data) -> dict[str, Data]:
    """The policy with one value changed (None takes it out), and nothing left that refers to what is gone."""
    new: dict[str, Data] = copy.deepcopy(data)
    owner = inner(new, route[:-1])
    assert isinstance(owner, dict)
    owner[str(route[-1])] = value
    if value is None:
        del owner[str(route[-1])]
    if len(route) == 1 and value in (None, "none"):
        forget(new, str(route[0]))
    return new


def forget(data: Data, kind: str) -> None:
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        forget(part, kind)
    if isinstance(data, dict):
        for key in [key for key, value in data.items() if value == [f"{kind}_0"]]:
            del data[key]


def options(shape: Shape) -> tuple[str, ...]:
    """The words that a field chooses from."""
    kind = shape.type
    return shape.choices or (
        tuple(map(str, kind)) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
    )


def other_values(shape: Shape, value: Data, other: Data) -> Iterator[Data]:
    """What a field could say instead."""
    if not shape.required and shape.key != "label" and value != _DEFAULTS.get(shape.key):
        yield None
    if shape.none:
        yield "none"
    if shape.type is References:
        yield "all"
    elif shape.type is bool:
        yield not value
    elif options(shape):
        now = value if isinstance(value, list) else [value]
        for option in options(shape):
            if option not in now:
                yield [option] if shape.many else option
    elif class_of(shape) is None or class_of(shape) is Term:
        yield other


def part_of(data: dict[str, Data], part: str) -> dict[str, Data]:
    """One part of a policy with what it refers to: what a comparison of that part can depend on."""
    shape = shapes(Policy)[part]
    kind, stated = class_of(shape), data[part]
    stated = stated if isinstance(stated, list) else [stated]
    kept = {"format", "service", part, *(map(str, stated) if part == "open" else ())}
    for fact in stated:
        kept |= {field.refers or "" for _, field, _ in (fields_of(kind, fact, (part,)) if kind else ())}
    new: dict[str, Data] = copy.deepcopy({key: value for key, value in data.items() if key in kept})
    for key in data.keys() - kept:
        forget(new, key)
    return new


def alterations(full: Full) -> Iterator[tuple[dict[str, Data], dict[str, Data], Route, Data]]:
    """Each part of a full policy, and each way to state one of its fields otherwise."""
    whole = full.policy()
    other = Full(full.count, full.force, full.heading, full.wording, _made=_OTHER).policy()
    seen: set[tuple[object, ...]] = set()
    parts = {part: part_of(whole, part) for part in whole if part not in _NO_FACTS}
    for route, shape, cls in fields_of(Policy, whole):
        path = ".".join(step for step in route if isinstance(step, str))
        place = (path,) if path in FIELDS or path in phrases.ENTRIES else (cls, route[-1])
        if place not in seen:  # a field without words of its own is compared alike wherever its class stands
            seen.add(place)
            data = parts[str(route[0])]
            for value in other_values(shape, inner(data, route), inner(other, route)):
                yield data, replaced(data, route, value), route, value


def counted(change: Change, tag: str) -> list[str]:
    """The numbers of a line, whatever parts their thousands."""
    return numbers(_THOUSANDS.sub("", change.words[tag]))


def assert_told(full: Full, only: frozenset[str] | None = None) -> None:
    """That each other way to state a field makes a line, with the same numbers in both languages."""
    silent, uneven = [], []
    before: dict[object, Json] = {}
    for number, (old, new, route, value) in enumerate(alterations(full)):
        if only is not None and route[-1] not in only:
            continue
        part = route[0]
        if part not in before:
            before[part] = facts(old)
        pair = (before[part], facts(new)) if number % 2 else (facts(new), before[part])
        found = changes(*pair, languages())
        silent += [] if found else [(route, value)]
        uneven += [one.words for one in found if counted(one, "en") != counted(one, "vi")]
        assert all(set(change.words) == {*TAGS} for change in found)
        assert all(change.kind in KINDS for change in found), route
        assert not any("{" in words for change in found for words in change.words.values())
    assert silent == []
    assert uneven == []


def test_no_field_can_change_without_a_line_in_both_languages() -> None:
    assert_told(Full())


@pytest.mark.parametrize(
    ("full", "fields"),
    [(Full(1, "may"), {"force"}), (Full(1, heading=True, wording=True), {"heading", "wording"})],
    ids=["force", "words"],
)
def test_no_force_and_no_wording_can_change_without_a_line(full: Full, fields: set[str]) -> None:
    assert_told(full, frozenset(fields))


def test_a_policy_has_not_changed_since_itself() -> None:
    before = facts(Full(2, "may").policy())
    assert changes(before, before, languages()) == ()


def test_a_policy_and_another_one_differ_in_every_line() -> None:
    found = changes(facts(Full(2).policy()), facts(Full(2, _made=_OTHER).policy()), languages())
    assert len(found) > 100
    assert len({change.words["en"] for change in found}) == len(found)


# Everything has words


def entry_kinds(cls: type, kind: str = "policy") -> Iterator[tuple[str, Shape, bool]]:
    """Every field of the model with the kind of fact it belongs to, and whether it holds facts of its own."""
    for key, shape in shapes(cls).items():
        part = class_of(shape)
        if key in (_NO_FACTS if kind == "policy" else _IDENTITY | {"label", "heading", "title"}):
            continue
        holds = part is not None and part is not Term and (kind == "policy" or "id" in shapes(part))
        yield f"{kind}.{key}" if kind != "policy" else key, shape, holds
        if part is not None and part is not Term:
            yield from entry_kinds(part, key if kind == "policy" else f"{kind}.{key}")


def test_every_field_of_the_model_has_a_noun_and_every_fact_its_messages() -> None:
    lacking = []
    for path, shape, holds in entry_kinds(Policy):
        kind, _, name = path.rpartition(".")
        if not holds and not class_of(shape):
            known = any(
                f"{kind}.{name}".endswith(f".{row}") or row in {path, f"policy.{name}"} for row in FIELDS
            )
            lacking += [] if known or name in FIELDS else [path]
        elif holds and path not in {"service", *phrases.ENTRIES} and name not in phrases.ENTRIES:
            lacking.append(path)
        if shape.none and holds and path not in SUBJECTS:
            lacking.append(f"{path}: none")
    assert lacking == []


def test_every_choice_of_the_model_has_words() -> None:
    chosen = {
        f"{path.rpartition('.')[2]}.{option}"
        for path, shape, _ in entry_kinds(Policy)
        for option in options(shape)
        if path.rpartition(".")[2] != "need"
    }
    assert chosen <= phrases.CHOICES.keys()
