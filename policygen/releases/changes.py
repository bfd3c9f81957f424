"""Two sets of frozen facts to what changed between them, in words.

No difference is silent: what has no sentence of its own is said in a general one, and what differs in nothing
but its words is named as reworded. The order of facts is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygen.language import Language
from policygen.releases.differences import FieldDifferences
from policygen.releases.entries import Entry, Facts, matched, read
from policygen.releases.lines import Names, Said, Speaker, listed, quoted, worded
from policygen.releases.phrases import entry_phrases
from policygen.releases.record import Change, Json, Weight
from policygen.releases.relations import ALL, RELATED, RELATIONS, RelationDifferences
from policygen.releases.rewording import Rewording

_DENIABLE = frozenset({"rights.rights", "choices", "deletion.ways", "cookies.refuse"})
"""Facts of which 'never' takes something from readers instead of promising it."""
_MOST_NAMES = 6


def changes(
    old: Json, new: Json, languages: Sequence[Language], overrides: Mapping[str, Weight] | None = None
) -> tuple[Change, ...]:
    """What changed from one facts.json to another, in the policy's order, mere rewording last."""
    comparison = _Comparison(read(old), read(new), Speaker(languages, overrides or {}))
    found = {(change.kind, *change.words.values()): change for change in comparison.changes()}
    return tuple(found.values())


def wording_only(
    changed: Sequence[str],
    unchanged: Sequence[str],
    languages: Sequence[Language],
    overrides: Mapping[str, Weight] | None = None,
) -> Change:
    """That no fact changed, only words: in which languages they did, and in which they didn't."""
    speaker = Speaker(languages, overrides or {})
    if not unchanged:
        return speaker.line("wording", "only wording")
    return speaker.line("wording", "only in", changed=_languages(changed), unchanged=_languages(unchanged))


def _languages(tags: Sequence[str]) -> Said:
    return listed([_language(tag) for tag in tags])


def _language(tag: str) -> Said:
    return lambda language: language.language_name(tag) or tag


@dataclass(slots=True)
class _Comparison:
    old: Facts
    new: Facts
    speaker: Speaker
    before: dict[str, str] = field(init=False)
    after: dict[str, str] = field(init=False)
    old_names: Names = field(init=False)
    new_names: Names = field(init=False)
    rewording: Rewording = field(init=False)
    related: tuple[RelationDifferences, ...] = field(init=False)
    told: set[str] = field(init=False)
    """The paths of the facts whose relations changed."""

    def __post_init__(self) -> None:
        self.before = matched(self.old, self.new)
        self.after = {path: name for name, path in self.before.items()}
        self.old_names, self.new_names = Names(self.old), Names(self.new)
        self.rewording = Rewording(self.old, self.new, self.before)
        self.related = tuple(
            RelationDifferences(
                relation, self.speaker, self.old_names, self.new_names, self.before, self.after
            )
            for relation in RELATIONS
        )
        self.told = {path for related in self.related for path in related.paths()}

    def changes(self) -> Iterator[Change]:
        """All of it, part by part in the policy's order."""
        entries = (*self.new.entries.values(), *self.old.entries.values())
        for part in dict.fromkeys(_part(entry) for entry in entries):
            for entry in self.new.entries.values():
                if _part(entry) == part:
                    yield from self._entry(entry)
            for entry in self.old.entries.values():
                if (
                    _part(entry) == part
                    and entry.path not in self.after
                    and not self._goes_along(entry, self.old, self.after)
                ):
                    yield self._removed(entry)
            if part == "data":
                for related in self.related:
                    yield from related.changes()
        yield from self._reworded()

    def _entry(self, entry: Entry) -> Iterator[Change]:
        if entry.path not in self.before:
            if not self._goes_along(entry, self.new, self.before):
                yield self._added(entry)
            return
        old = self.old.entries[self.before[entry.path]]
        if entry.kind == "data.items" and old.within != self.before.get(entry.within):
            yield from self._moved(old, entry)
        if (old.name, old.label, old.says) == (entry.name, entry.label, entry.says):
            return
        yield from self._renamed(old, entry)
        differences = FieldDifferences(
            self.speaker, old, entry, self.new_names.name(entry), self.rewording, self._has_minimum_age(entry)
        )
        never = "never" in {old.key("force"), entry.key("force")}
        for name in dict.fromkeys((*entry.says, *old.says)):
            if never or (entry.kind, name) not in RELATED:
                yield from differences.of(name)
            elif self._said_elsewhere(old, entry, name):
                self.rewording.add(self.new_names.name(entry))

    def _goes_along(self, entry: Entry, facts: Facts, others: Mapping[str, str]) -> bool:
        """Whether an entry is new, or gone, because the one it belongs to is: then that one's line tells it.

        What is denied inside of what isn't has a line of its own, lest it read as given.
        """
        if entry.within not in facts.entries or entry.within in others:
            return False
        return entry.key("force") != "never" or facts.is_denied(facts.entries[entry.within])

    def _added(self, entry: Entry) -> Change:
        phrases, name = entry_phrases(entry.kind), self.new_names.full(entry)
        if self.new.is_denied(entry):
            is_loss = entry.kind in _DENIABLE
            return self.speaker.line(
                "denied" if is_loss else "ruled-out", "denied" if is_loss else "never", name=name
            )
        return self.speaker.change(f"{phrases.kind}-added", phrases.added, name=name)

    def _removed(self, entry: Entry) -> Change:
        phrases, name = entry_phrases(entry.kind), self.old_names.full(entry)
        if self.old.is_denied(entry):
            kind = "denied" if entry.kind in _DENIABLE else "ruled-out"
            line = "no denied" if entry.kind in _DENIABLE else "no never"
            return self.speaker.line(f"no-longer-{kind}", line, name=name)
        return self.speaker.change(f"{phrases.kind}-removed", phrases.removed, name=name)

    def _renamed(self, old: Entry, new: Entry) -> Iterator[Change]:
        """Another name in all languages may mean something else; so does another word, whatever its label."""
        ours = old.own or new.own or old.word != new.word
        if not ours and old.word is None:
            return  # the name comes from fields, which are compared by themselves
        for before, now in ((old.name, new.name), (old.label, new.label)):
            tags = self.rewording.differing(before, now, new)
            if ours and self.rewording.is_everywhere(tags, before, now):
                kind = "statement-changed" if new.sentence else "name-changed"
                words = quoted(worded(before)), quoted(worded(now))
                yield self.speaker.line(kind, "renamed", old=words[0], new=words[1])
                return
            if tags:
                self.rewording.add(self.new_names.name(new), tags, before, now)

    def _moved(self, old: Entry, new: Entry) -> Iterator[Change]:
        groups = self.old.owner(old), self.new.owner(new)
        if groups[0] and groups[1]:
            names = self.old_names.bare(groups[0]), self.new_names.bare(groups[1])
            name = self.new_names.name(new)
            yield self.speaker.line("data-moved", "moved", name=name, old=names[0], new=names[1])

    def _has_minimum_age(self, entry: Entry) -> bool:
        return any(rule.word == "not_for_children" for rule in self.new.inside(entry))

    def _said_elsewhere(self, old: Entry, new: Entry, name: str) -> bool:
        """Whether only the side changed that states a relation: the other one states it before and now."""
        before = {self.after.get(path, path) for path in _ends(self.old, old, name) if path in self.after}
        now = {path for path in _ends(self.new, new, name) if path in self.before}
        return before != now and new.path not in self.told

    def _reworded(self) -> Iterator[Change]:
        for tags, names in self.rewording.found.items():
            shown = names[:_MOST_NAMES] if len(names) > _MOST_NAMES + 1 else names
            name = "wording" if shown is names else "wordings"
            values = {"items": listed(shown), "n": _number(len(names)), "languages": _languages(tags)}
            yield self.speaker.line("wording", f"{name} in" if tags else name, **values)


def _ends(facts: Facts, entry: Entry, name: str) -> set[str]:
    """The paths of the facts that a field of an entry points to."""
    kinds = ("data", "data.items") if name == "data" else (name,)
    ids = {value.key for value in entry.says.get(name, ())}
    return {target.path for target in facts.of(*kinds) if target.id in ids or ALL in ids}


def _part(entry: Entry) -> str:
    return entry.kind.partition(".")[0]


def _number(n: int) -> Said:
    return lambda language: language.number(n)
