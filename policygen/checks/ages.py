"""`bad-age` and `missing-age`: ages nobody has, and rules that speak of an age that isn't given.

Some words of the vocabulary say an age (`not_knowingly_collected`): it is the `under` of the group of rules
they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic, Place
from policygen.model import Ages, Qualified
from policygen.model.reader import ChildRules
from policygen.vocabulary import VOCABULARIES

_OLDEST = 150


def check(case: Case) -> Iterator[Diagnostic]:
    """Look at every age of the policy."""
    for fact in case.values:
        if isinstance(fact, Qualified) and fact.applies and fact.applies.ages:
            yield from _range(fact.applies.ages, fact.place / "applies" / "ages")
        if isinstance(fact, ChildRules):
            yield from _possible(fact.under, fact.place / "under")
            yield from _spoken(fact)


def _range(ages: Ages, place: Place) -> Iterator[Diagnostic]:
    yield from _possible(ages.from_, place / "from")
    yield from _possible(ages.under, place / "under")
    if ages.from_ is not None and ages.under is not None and ages.from_ >= ages.under:
        message = f"nobody is at least {ages.from_} and under {ages.under}"
        yield Diagnostic("bad-age", message, place, "`from` is the lower age, `under` the higher one")


def _possible(age: int | None, place: Place) -> Iterator[Diagnostic]:
    if age is not None and not 0 <= age <= _OLDEST:
        yield Diagnostic("bad-age", f"{age} is not an age", place, "write it in years, as in 13")


def _spoken(group: ChildRules) -> Iterator[Diagnostic]:
    for rule in group.rules or ():
        ours = rule.vocabulary and not rule.label and not rule.wording
        if group.under is None and ours and "{age}" in VOCABULARIES["child_rule"][rule.word].label:
            message = f"`{rule.word}` speaks of an age, and the group it is in gives none"
            yield Diagnostic("missing-age", message, rule.place, "add it to the group, as in `under: 13`")
