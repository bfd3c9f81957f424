"""A policy in one look: five rows, and the groups of the picture that shows where data goes.

Both are made from the coded facts alone; a row whose facts aren't stated is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.model import NONE, Force, Term, Time
from policygen.render.picture import Group
from policygen.render.voice import resolve

if TYPE_CHECKING:
    from policygen.model.data import Recipient, Retention
    from policygen.model.policy import Policy
    from policygen.render.voice import Voice

ROWS = ("What is collected", "Why", "Who gets it", "Services used", "How long", "{Your} choices")
SOURCES = ("Given by {you}", "Collected automatically", "From others", "Collected")
DESTINATIONS = ("Who gets it", "Services used", "Where it is kept")
TITLES: tuple[tuple[str, str], ...] = (
    *(("glance", title) for title in ROWS),
    *(("picture", title) for title in (*SOURCES, *DESTINATIONS)),
)
"""The titles of rows and boxes, each with its context."""

MOST = 6
"""How many items a row or a box shows; the rest is behind a link."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a message in the context 'glance', its items, and the section that says all of it."""

    title: str
    items: tuple[Markup, ...]
    section: str
    more: int = 0
    none: bool = False


def rows(policy: Policy, voice: Voice) -> tuple[Row, ...]:
    """The rows whose facts the policy states."""
    found = (
        _row("What is collected", policy.data, "data", voice),
        _row("Why", policy.purposes, "purposes", voice),
        _recipients("Who gets it", policy, voice, used=False),
        _recipients("Services used", policy, voice, used=True),
        _retention(policy, voice),
        _choices(policy, voice),
    )
    return tuple(row for row in found if row)


def _row(title: str, facts: Sequence[Term] | None, section: str, voice: Voice) -> Row | None:
    if facts is None:
        return None
    held = [fact for fact in facts if getattr(fact, "force", None) is not Force.NEVER]
    seen = dict.fromkeys(_with_force(fact, voice) for fact in held)
    return _cut(title, tuple(seen), section, none=not held)


def _with_force(fact: Term, voice: Voice) -> Markup:
    """A fact's name, which must not look more certain here than it is."""
    return _as_sure_as(fact, fact, voice)


def _as_sure_as(fact: Term, named: Term, voice: Voice) -> Markup:
    """The name of something that a fact speaks of, no more certain than the fact."""
    name = voice.heading(named)
    return voice.say("{item} (possibly)", item=name) if getattr(fact, "force", None) is Force.MAY else name


def _cut(title: str, items: tuple[Markup, ...], section: str, *, none: bool = False) -> Row:
    # One item over the limit costs no more room than the link that would stand for it.
    shown = items if len(items) <= MOST + 1 else items[:MOST]
    return Row(title, shown, section, len(items) - len(shown), none)


def _choices(policy: Policy, voice: Voice) -> Row | None:
    """Rights first, each with whose it is where there are several groups; then what needs no asking."""
    if policy.rights is None and policy.choices is None:
        return None
    groups = policy.rights or ()
    seen: dict[Markup, None] = {}
    for group in groups:
        for right in group.rights:
            if right.force is not Force.NEVER:
                name = voice.heading(right)
                if len(groups) > 1 and group.people:
                    name = voice.say("{right} ({people})", right=name, people=voice.labels(group.people))
                seen[name] = None
    seen |= {
        voice.heading(choice): None for choice in policy.choices or () if choice.force is not Force.NEVER
    }
    return _cut("{Your} choices", tuple(seen), "rights" if groups else "choices", none=not seen)


def _recipients(title: str, policy: Policy, voice: Voice, *, used: bool) -> Row | None:
    if policy.recipients is None:
        return None
    of_kind = [fact for fact in policy.recipients if fact.is_used is used]
    if not of_kind and (used or policy.recipients):
        return None
    held = [fact for fact in of_kind if fact.force is not Force.NEVER]
    seen = dict.fromkeys(recipient(fact, voice) for fact in held)
    return _cut(title, tuple(seen), "recipients", none=not held)


def recipient(fact: Recipient, voice: Voice) -> Markup:
    """A recipient, with its condition."""
    if fact.if_:
        conditions = voice.labels(fact.if_, "or")
        return voice.say("{recipient}, if {conditions}", recipient=voice.heading(fact), conditions=conditions)
    return _with_force(fact, voice)


def _retention(policy: Policy, voice: Voice) -> Row | None:
    if policy.retention is None:
        return None
    seen = dict.fromkeys(item for fact in policy.retention for item in _kept(fact, policy, voice))
    return _cut("How long", tuple(seen), "retention", none=not policy.retention)


def _kept(fact: Retention, policy: Policy, voice: Voice) -> Iterator[Markup]:
    """How long, in one phrase; a rule that says only what happens in the end gives none."""
    data = retained(fact, policy, voice)
    if fact.time is NONE:
        yield voice.say("{data}: not kept", data=data)
    elif isinstance(fact.time, Time):
        yield voice.say("{data}: {time}", data=data, time=voice.time(fact.time))
    elif fact.criteria and fact.force is not Force.NEVER:
        criteria = voice.labels(fact.criteria, "or")
        if fact.force is Force.MAY:
            yield voice.say("{data}: possibly, as long as {criteria}", data=data, criteria=criteria)
        elif fact.only:
            yield voice.say("{data}: only as long as {criteria}", data=data, criteria=criteria)
        else:
            yield voice.say("{data}: as long as {criteria}", data=data, criteria=criteria)


def retained(fact: Retention, policy: Policy, voice: Voice) -> Markup:
    """What a retention rule is about."""
    if fact.label is not None or fact.heading is not None:
        return voice.heading(fact)
    if fact.data is not None and not fact.data.all:
        return voice.language.sentence_case(voice.labels(resolve(policy, "data", fact.data)))
    return voice.say("All data") if fact.data is not None else voice.say("Data")


def sources(policy: Policy, voice: Voice) -> tuple[Group, ...]:
    """The boxes above the service: how data reaches it."""
    given, automatic, others, unknown = [], [], [], []
    for category in policy.data or ():
        if category.force is Force.NEVER:
            continue
        words = {term.word for term in category.source or ()}
        name = _plain(_with_force(category, voice))
        if category.from_ or words & {"third_parties", "indirect"}:
            parties = [_plain(_as_sure_as(category, party, voice)) for party in category.from_ or ()]
            others += parties or [name]
        if "given" in words:
            given.append(name)
        if "automatic" in words:
            automatic.append(name)
        if not words and not category.from_:
            unknown.append(name)
    for method in policy.collection or ():
        if method.force is not Force.NEVER:
            others += [_plain(_as_sure_as(method, party, voice)) for party in method.from_ or ()]
    return _groups(
        voice, ("Given by {you}", given), ("Collected automatically", automatic), ("From others", others),
        ("Collected", unknown),
    )  # fmt: skip


def destinations(policy: Policy, voice: Voice) -> tuple[Group, ...]:
    """The boxes below the service: who gets data, and where it is kept."""
    recipients = [fact for fact in policy.recipients or () if fact.force is not Force.NEVER]
    places = [fact for fact in policy.storage or () if fact.force is not Force.NEVER]
    return _groups(
        voice,
        ("Who gets it", [_plain(recipient(fact, voice)) for fact in recipients if not fact.is_used]),
        ("Services used", [_plain(recipient(fact, voice)) for fact in recipients if fact.is_used]),
        ("Where it is kept", [_plain(place_name(fact, voice)) for fact in places]),
    )


def place_name(fact: Term, voice: Voice) -> Markup:
    """A storage place: its name, or its countries where that is all there is."""
    countries = getattr(fact, "countries", None)
    if countries and not getattr(fact, "name", None) and fact.word == "country" and fact.label is None:
        return voice.language.sentence_case(voice.regions(countries))
    if countries:
        return voice.say(
            "{place} ({countries})", place=voice.heading(fact), countries=voice.regions(countries)
        )
    return voice.heading(fact)


def _groups(voice: Voice, *boxes: tuple[str, list[str]]) -> tuple[Group, ...]:
    return tuple(
        Group(_plain(voice.say_as("picture", title)), tuple(dict.fromkeys(items)))
        for title, items in boxes
        if items
    )


def _plain(words: Markup) -> str:
    """The words without their markup: an SVG has only text."""
    return words.striptags()
