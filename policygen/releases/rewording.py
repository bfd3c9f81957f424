"""What differs in nothing but its words: in all languages, or in some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygen.releases.entries import Entry, Facts
from policygen.releases.lines import Said
from policygen.releases.record import Words


@dataclass(slots=True)
class Rewording:
    """What differs in nothing but its words: the names of the facts, by the languages that differ."""

    old: Facts
    new: Facts
    before: Mapping[str, str]
    found: dict[tuple[str, ...], list[Said]] = field(default_factory=dict)
    """No languages means all of them."""
    _service: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        names = [_service_name(facts) for facts in (self.old, self.new)]
        self._service = (names[0], names[1])

    def differing(self, old: Words, new: Words, entry: Entry) -> frozenset[str]:
        """The languages in which words differ by more than the service's name or an age in them."""
        replaced = [self._service, *self._ages(entry)]
        return frozenset(tag for tag in old.keys() & new.keys() if _as_now(old[tag], replaced) != new[tag])

    def is_everywhere(self, tags: frozenset[str], old: Words, new: Words) -> bool:
        """Whether words differ in every language that both have."""
        return bool(tags) and tags == old.keys() & new.keys()

    def add(self, name: Said, tags: frozenset[str] = frozenset(), old: Words | None = None,
            new: Words | None = None) -> None:  # fmt: skip
        """Note that a fact is said in other words: in some languages, or in all."""
        everywhere = old is None or new is None or self.is_everywhere(tags, old, new)
        names = self.found.setdefault(() if everywhere else tuple(sorted(tags)), [])
        if name not in names:
            names.append(name)

    def _ages(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """The age that a rule on minors names, before and now: its group states it."""
        for group in (entry, self.new.owner(entry)):
            if group and (before := self.old.entries.get(self.before.get(group.path, "?"))):
                ages = before.key("under"), group.key("under")
                if ages[0] and ages[1]:
                    yield ages[0], ages[1]


def _service_name(facts: Facts) -> str:
    service = next(facts.of("service"), None)
    return (service.key("name") if service else None) or ""


def _as_now(words: str, replaced: Sequence[tuple[str, str]]) -> str:
    for old, new in replaced:
        if old and old != new:
            words = new.join(re.split(rf"(?<!\w){re.escape(old)}(?!\w)", words))
    return words
