"""A policy in one look: a few rows, made from the coded facts alone.

Nothing may look more certain here than it is: a fact that may hold says so, one with a condition names it. A
row whose facts aren't stated is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policygen.model import NONE, Force, Term, Time
from policygen.render.voice import Facts

if TYPE_CHECKING:
    from markupsafe import Markup

    from policygen.model.data import Retention
    from policygen.model.policy import Policy
    from policygen.render.voice import Voice

TITLES = (
    "What is collected",
    "Why",
    "Who gets it",
    "Services used",
    "How long",
    "{Your} choices",
    "And more",
)
"""Messages in the context 'glance': the rows, and what ends a list of examples."""

MOST = 6
"""How many items a row shows; the rest is behind a link."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its title (a message), its items, and the section that says all of it."""

    title: str
    items: tuple[Markup, ...]
    section: str
    more: int = 0


def rows(policy: Policy, voice: Voice, keeping: Keeping | None = None) -> tuple[Row, ...]:
    """The rows whose facts the policy states; one without items states that there is nothing."""
    keeping = keeping or Keeping(Facts(policy), voice)
    found = (
        _listed("What is collected", "data", policy, voice),
        _listed("Why", "purposes", policy, voice),
        _recipients(policy, voice),
        _services(policy, voice),
        _retention(policy, keeping),
        _choices(policy, voice),
    )
    return tuple(row for row in found if row)


def holds(fact: Term) -> bool:
    """Whether a fact is stated as holding, if only perhaps."""
    return getattr(fact, "force", None) is not Force.NEVER


def hedged(fact: Term, voice: Voice, named: Term | None = None) -> Markup:
    """A fact's name, or the name of something it speaks of, as certain as the fact is."""
    return qualified(voice.heading(named or fact), fact, voice)


def qualified(name: Markup, fact: Term, voice: Voice) -> Markup:
    """A name, as certain as a fact: perhaps, on conditions, with exceptions, only for some."""
    conditions = getattr(fact, "if_", None) or ()
    if getattr(fact, "applies", None):
        name = voice.say("{item} (only for some)", item=name)
    if getattr(fact, "unless", None):
        name = voice.say("{item} (with exceptions)", item=name)
    if len(conditions) > 1:
        return voice.say("{item} (on conditions)", item=name)
    if getattr(fact, "force", None) is Force.MAY:
        name = voice.say("{item} (possibly)", item=name)
    if conditions:
        return voice.say("{item}, if {condition}", item=name, condition=voice.label(conditions[0]))
    return name


def _row(
    title: str, items: Iterable[Markup], section: str, *, none: bool, ending: Iterable[Markup] = ()
) -> Row | None:
    """A row; without items it stands only where the policy states that there is nothing."""
    held = tuple(dict.fromkeys(items))
    if not held and not none:
        return None
    # One item over the limit costs no more room than the link that would stand for it.
    shown = held if len(held) <= MOST + 1 else held[:MOST]
    return Row(title, (*shown, *ending), section, len(held) - len(shown))


def _and_more(policy: Policy, name: str, voice: Voice) -> list[Markup]:
    return [voice.say_as("glance", "And more")] if name in (policy.open or ()) else []


def _listed(title: str, name: Literal["data", "purposes"], policy: Policy, voice: Voice) -> Row | None:
    """The facts of one list, as they stand."""
    facts: tuple[Term, ...] | None = getattr(policy, name)
    items = [hedged(fact, voice) for fact in facts or () if holds(fact)]
    return _row(title, items, name, none=facts == (), ending=_and_more(policy, name, voice) if items else ())


def _recipients(policy: Policy, voice: Voice) -> Row | None:
    """Who is given data, and who sees it."""
    given = [fact for fact in policy.recipients or () if not fact.is_used]
    if not given and policy.visibility is None and policy.recipients != ():
        return None
    items = [hedged(fact, voice) for fact in (*given, *(policy.visibility or ())) if holds(fact)]
    more = _and_more(policy, "recipients", voice) if given else []
    section = "recipients" if given or policy.recipients == () else "visibility"
    # That others see nothing doesn't say that nobody is given anything.
    return _row("Who gets it", items, section, none=policy.recipients == (), ending=more)


def _services(policy: Policy, voice: Voice) -> Row | None:
    used = [fact for fact in policy.recipients or () if fact.is_used]
    if not used:
        return None
    items = [hedged(fact, voice) for fact in used if holds(fact)]
    more = _and_more(policy, "recipients", voice) if len(used) == len(policy.recipients or ()) else []
    return _row("Services used", items, "recipients", none=False, ending=more)


def _choices(policy: Policy, voice: Voice) -> Row | None:
    """Rights first, each with whose it is where there are several groups; then what needs no asking."""
    ways = policy.deletion.ways if policy.deletion and policy.deletion is not NONE else None
    if policy.rights is None and policy.choices is None and ways is None:
        return None
    items = [*_rights(policy, voice)]
    items += [hedged(choice, voice) for choice in (*(policy.choices or ()), *(ways or ())) if holds(choice)]
    section = "rights" if policy.rights else "choices" if policy.choices else "delete-account"
    return _row("{Your} choices", items, section, none=policy.rights == () == policy.choices)


def _rights(policy: Policy, voice: Voice) -> Iterator[Markup]:
    groups = policy.rights or ()
    for group in groups:
        for right in group.rights:
            if holds(right):
                name = hedged(right, voice)
                if len(groups) > 1 and group.people:
                    name = voice.say("{right} ({people})", right=name, people=voice.labels(group.people))
                yield name


def _retention(policy: Policy, keeping: Keeping) -> Row | None:
    if policy.retention is None:
        return None
    items = [item for fact in policy.retention for item in keeping.kept(fact)]
    return _row("How long", items, "retention", none=policy.retention == ())


class Keeping:
    """How long the data of one policy is kept, in one language; a page says it in several places."""

    def __init__(self, facts: Facts, voice: Voice) -> None:
        self._facts = facts
        self._voice = voice
        self._kept: dict[int, tuple[Markup, ...]] = {}
        self._retained: dict[int, Markup] = {}

    def kept(self, fact: Retention) -> tuple[Markup, ...]:
        """How long, in one phrase; a rule that says only what happens in the end gives none."""
        if id(fact) not in self._kept:
            self._kept[id(fact)] = tuple(self._phrases(fact))
        return self._kept[id(fact)]

    def retained(self, fact: Retention) -> Markup:
        """What a retention rule is about."""
        if id(fact) not in self._retained:
            self._retained[id(fact)] = self._subject(fact)
        return self._retained[id(fact)]

    def _subject(self, fact: Retention) -> Markup:
        voice = self._voice
        if fact.label is not None or fact.heading is not None:
            return voice.heading(fact)
        if fact.data is not None and not fact.data.all:
            return voice.language.sentence_case(voice.labels(self._facts.resolve("data", fact.data)))
        return voice.say("All data") if fact.data is not None else voice.say("Data")

    def _phrases(self, fact: Retention) -> Iterator[Markup]:
        if not holds(fact):
            return
        voice = self._voice
        data = qualified(self.retained(fact), fact, voice)
        if fact.time is NONE:
            yield voice.say("{data}: not kept", data=data)
        elif isinstance(fact.time, Time) and fact.after:
            time, moment = voice.time(fact.time), voice.label(fact.after)
            yield voice.say("{data}: {time}, {moment}", data=data, time=time, moment=moment)
        elif isinstance(fact.time, Time):
            yield voice.say("{data}: {time}", data=data, time=voice.time(fact.time))
        if fact.criteria:
            criteria = voice.labels(fact.criteria, "or")
            if fact.only:
                yield voice.say("{data}: only as long as {criteria}", data=data, criteria=criteria)
            else:
                yield voice.say("{data}: as long as {criteria}", data=data, criteria=criteria)
        if fact.depends_on:
            factors = voice.labels(fact.depends_on)
            yield voice.say("{data}: depends on {factors}", data=data, factors=factors)
