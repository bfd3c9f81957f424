"""The values a policy is made of: frozen, equal by what they state, and small."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from policygen.diagnostics import Place
from policygen.model import Policy, References, Statement, Term, Text, Time, walk
from policygen.model.data import Category, Item
from policygen.model.facts import Ages, Applies


def test_what_is_not_stated_has_the_default_of_its_field() -> None:
    fact = Category(id="contact")
    assert {part.name: getattr(fact, part.name) for part in fields(fact) if part.name != "id"} == {
        part.name: part.default for part in fields(Category) if part.name != "id"
    }


def test_values_that_state_the_same_are_equal_wherever_they_stand() -> None:
    one, other = Term(id="x", place=Place("a")), Term(id="x", use=None, place=Place("b"))
    assert (one, hash(one)) == (other, hash(other))
    assert one not in {Term(id="y"), Term(id="x", is_="z")}
    assert Term(id="x") != Item(id="x")


def test_nothing_changes_a_value() -> None:
    fact = Term(id="x")
    with pytest.raises(FrozenInstanceError, match="id"):
        fact.id = "y"  # type: ignore[misc] # that is the point
    with pytest.raises(FrozenInstanceError, match="id"):
        del fact.id
    assert fact == Term(id="x")


def test_a_value_can_be_kept_in_a_file_and_made_anew_with_something_else() -> None:
    fact = Category(id="contact", items=(Item(id="email"),))
    assert pickle.loads(pickle.dumps(fact)) == fact  # noqa: S301 - our own
    assert replace(fact, id="other") == Category(id="other", items=(Item(id="email"),))
    assert is_dataclass(fact)


def test_a_value_says_what_it_is() -> None:
    assert repr(Ages(under=13)) == "Ages(from_=None, under=13)"
    assert "place" not in repr(Term(id="x", place=Place("a")))


def test_walking_a_value_finds_all_that_it_is_made_of() -> None:
    ages, label, time, data = Ages(under=13), Text({"en": "a"}), Time(word="any_time"), References(("a",))
    applies = Applies(ages=ages)
    promise = Statement(id="x", applies=applies, time=time, contact=data)
    item = Item(id="y", label=label, place=Place("a"))
    policy = Policy(commitments=(promise,), data=(Category(id="z", items=(item,)),))
    found = walk(policy)
    assert found[0] is policy
    assert {id(one) for one in (promise, applies, ages, time, data, item, label)} <= set(map(id, found))
    assert len(found) == len({id(one) for one in found}) == 9
