"""Where data goes, as the boxes of the picture: how it reaches the service, who gets it, where it is kept.

Everything passes through the one service, so that nothing is paired that the policy doesn't pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model import Force
from policygen.render.glance import hedged, holds, qualified
from policygen.render.picture import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from policygen.model.data import Category, StoragePlace
    from policygen.model.policy import Policy
    from policygen.render.voice import Voice

TITLES = (
    "Given by {you}", "Collected automatically", "From others", "Collected",
    "Who gets it", "Services used", "Who can see it", "Where it is kept", "Others",
)  # fmt: skip
"""Messages in the context 'picture': the boxes, and what ends a list of examples."""

_FOREIGN = frozenset({"third_parties", "indirect"})


def sources(policy: Policy, voice: Voice) -> tuple[Group, ...]:
    """The boxes above the service."""
    categories = [category for category in policy.data or () if holds(category)]
    others = [party for category in categories for party in _parties(category, voice)]
    for method in policy.collection or ():
        if holds(method):
            others += [hedged(method, voice, party) for party in method.from_ or ()]
            if method.from_ and method.open:
                others.append(qualified(voice.say_as("picture", "Others"), method, voice))
    given, automatic = (
        [hedged(one, voice) for one in categories if word in _words(one)] for word in ("given", "automatic")
    )
    unknown = [hedged(one, voice) for one in categories if not _words(one) and not one.from_]
    return _groups(
        voice,
        ("Given by {you}", given),
        ("Collected automatically", automatic),
        ("From others", others),
        ("Collected", unknown),
    )


def destinations(policy: Policy, voice: Voice) -> tuple[Group, ...]:
    """The boxes below the service."""
    recipients = [fact for fact in policy.recipients or () if holds(fact)]
    more = [voice.say_as("picture", "Others")] if "recipients" in (policy.open or ()) else []
    given = [hedged(fact, voice) for fact in recipients if not fact.is_used]
    used = [hedged(fact, voice) for fact in recipients if fact.is_used]
    return _groups(
        voice,
        ("Who gets it", [*given, *more] if given else []),
        ("Services used", [*used, *([] if given else more)] if used else []),
        ("Who can see it", [hedged(fact, voice) for fact in policy.visibility or () if holds(fact)]),
        ("Where it is kept", [_place(fact, voice) for fact in policy.storage or () if holds(fact)]),
    )


def place_name(fact: StoragePlace, voice: Voice) -> Markup:
    """A storage place: its name, or its countries where that is all there is."""
    if fact.countries and fact.word == "country":
        own = fact.name or fact.label or fact.heading
        return voice.heading(fact) if own else voice.language.sentence_case(voice.regions(fact.countries))
    if fact.countries:
        return voice.say(
            "{place} ({countries})", place=voice.heading(fact), countries=voice.regions(fact.countries)
        )
    return voice.heading(fact)


def _place(fact: StoragePlace, voice: Voice) -> Markup:
    name = place_name(fact, voice)
    return voice.say("{item} (possibly)", item=name) if fact.force is Force.MAY else name


def _words(category: Category) -> frozenset[str]:
    return frozenset(term.word for term in category.source or ())


def _parties(category: Category, voice: Voice) -> Iterator[Markup]:
    """The others a group of data comes from; the group itself where none of them is named."""
    if category.from_ or _words(category) & _FOREIGN:
        for party in category.from_ or ():
            name = hedged(category, voice, party)
            data = voice.label(category)
            yield voice.say("{party} ({data})", party=name, data=data) if category.items else name
        if not category.from_:
            yield hedged(category, voice)
    for item in category.items or ():
        if holds(item):
            yield from (hedged(category, voice, party) for party in item.from_ or ())


def _groups(voice: Voice, *boxes: tuple[str, list[Markup]]) -> tuple[Group, ...]:
    """Boxes with their items as plain text: an SVG has no markup of ours."""
    drawn = []
    for title, items in boxes:
        if items:
            plain = dict.fromkeys(item.striptags() for item in items)
            drawn.append(Group(voice.say_as("picture", title).striptags(), tuple(plain)))
    return tuple(drawn)
