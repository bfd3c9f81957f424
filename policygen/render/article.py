"""A policy in one language, without the page around it: what a reader is told, and what is frozen.

Dates, banners, navigation and versions belong to the page. `DATES` marks where the page puts its dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.model.sections import section_order, title_of
from policygen.render import flow, glance, jsonld, picture
from policygen.render.later import Later
from policygen.render.voice import Facts, Voice
from policygen.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.policy import Policy
    from policygen.model.reader import ChildRules
    from policygen.render.picture import Group

DATES = "<!--dates-->"


@dataclass(frozen=True, slots=True)
class Head:
    """What pages say of a text outside of it: in lists, in the title of a window, to search engines.

    `publisher` is schema.org data.
    """

    title: str
    name: str
    kinds: str | None = None
    company: str | None = None
    publisher: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A policy's text in one language, and what is said of it elsewhere."""

    html: str
    head: Head


def head(policy: Policy, voice: Voice) -> Head:
    """What pages say of a policy."""
    title = voice.say("Privacy policy of {service}").striptags()
    kinds = voice.language.sentence_case(voice.labels(policy.service.kinds)) if policy.service.kinds else None
    company = policy.controller.legal_name if policy.controller else None
    publisher = jsonld.publisher(policy, voice)
    return Head(title, policy.service.name, kinds and kinds.striptags(), company, publisher)


def context(policy: Policy, voice: Voice, order: Sequence[str] | None) -> dict[str, object]:
    """What the templates of an article are given besides the words. What takes time is made if it is used."""
    facts = Facts(policy)
    keeping = glance.Keeping(facts, voice)
    sources = Later(lambda: flow.sources(policy, voice))
    destinations = Later(lambda: flow.destinations(policy, voice))
    return {
        "policy": policy,
        "dates": Markup(DATES),  # noqa: S704 - a comment of ours
        "sections": section_order(policy, policy.sections or order),
        "rows": Later(lambda: glance.rows(policy, voice, keeping)),
        "sources": sources,
        "destinations": destinations,
        "picture": Later(lambda: _drawn(policy, voice, sources.value, destinations.value)),
        "prevailing": _prevailing(policy, voice),
        "section_title": lambda section: title_of(policy, section),
        "resolve": facts.resolve,
        "kept": keeping.kept,
        "retained": keeping.retained,
        "says_age": _says_age,
        "place_name": lambda fact: flow.place_name(fact, voice),
    }


def _drawn(policy: Policy, voice: Voice, sources: Sequence[Group], destinations: Sequence[Group]) -> Markup:
    if not sources and not destinations:
        return Markup()
    rtl = voice.language.direction == "rtl"
    drawn = picture.draw(sources, policy.service.name, destinations, rtl=rtl)
    return Markup(drawn)  # noqa: S704 - drawn here, its texts escaped


def _prevailing(policy: Policy, voice: Voice) -> str | None:
    """The name of the language that prevails, on the pages of the others."""
    prevailing = policy.prevailing_language
    if prevailing is None or prevailing == voice.language.tag:
        return None
    return voice.language.language_name(prevailing) or prevailing


def _says_age(group: ChildRules) -> bool:
    """Whether one of a group's rules names its age, so that no sentence of its own has to."""
    labels = VOCABULARIES["child_rule"]
    words = (rule.word for rule in group.rules or () if rule.label is None and rule.wording is None)
    return any("{age}" in labels[word].label for word in words if word in labels)
