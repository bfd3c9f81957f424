"""What changed in which data is for which purposes, and goes to which recipients.

Either side can state such a relation: the data or the purpose, the data or the recipient. Both are read here,
so that a relation stated on the other side is no change, and neither is one that "all" covered before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policygen.releases.entries import Facts
from policygen.releases.lines import Names, Said, Speaker, capital, choice, listed, noun
from policygen.releases.phrases import field_phrases
from policygen.releases.record import Change

ALL = "*"
"""Every fact of a kind, in place of a path or an id."""
_DATA = ("data", "data.items")


@dataclass(frozen=True, slots=True)
class Relation:
    """What is said of data and of its purposes (or recipients) alike: either side can state it."""

    name: str
    kind: str
    field: str
    change: str


RELATIONS = (
    Relation("use", "purposes", "purposes", "data-use"),
    Relation("recipient", "recipients", "recipients", "data-recipient"),
)
RELATED = {(kind, relation.field) for relation in RELATIONS for kind in _DATA} | {
    (relation.kind, "data") for relation in RELATIONS
}
"""The fields that state a relation."""

_Pair = tuple[str, str]
"""The paths of the data and of what it is related to."""


@dataclass(slots=True)
class RelationDifferences:
    """The differences between two versions in one relation. Paths are those of the new version."""

    relation: Relation
    speaker: Speaker
    old_names: Names
    new_names: Names
    before: Mapping[str, str]
    after: Mapping[str, str]
    _olds: set[_Pair] = field(init=False)
    _news: set[_Pair] = field(init=False)
    _added: set[_Pair] = field(init=False)
    _removed: set[_Pair] = field(init=False)

    def __post_init__(self) -> None:
        self._olds = _pairs(self.old_names.facts, self.relation)
        self._news = _pairs(self.new_names.facts, self.relation)
        staying = {
            (self.after.get(data, data), self.after.get(target, target))
            for data, target in self._olds
            if {data, target} - {ALL} <= self.after.keys()
        }
        known = self.before.keys() | {ALL}
        self._added = {
            pair for pair in self._news - staying if not ({*pair} <= known and _is_covered(pair, staying))
        }
        self._removed = {pair for pair in staying - self._news if not _is_covered(pair, self._news)}

    def paths(self) -> set[str]:
        """The facts of which something is told."""
        return {path for pair in self._added | self._removed for path in pair}

    def changes(self) -> Iterator[Change]:
        """What changed, datum by datum; from all of them to some, or the other way round, in one line."""
        yield from self._to_and_from_all()
        yield from self._related("added", self._added)
        yield from self._related("removed", self._removed)

    def _to_and_from_all(self) -> Iterator[Change]:
        for how, pairs in (("removed", self._removed), ("added", self._added)):
            for pair in sorted(pair for pair in pairs if ALL in pair):
                side = 1 if pair[0] == ALL else 0
                named = self._named(pair[side], side, is_old=how == "added")
                if not named:
                    continue
                yield self._changed(pair[side], side, how, listed(named))
                told = {one for one in self._added | self._removed if one[side] == pair[side]}
                self._added -= told if how == "removed" else {pair}
                self._removed -= {pair}

    def _named(self, path: str, side: int, *, is_old: bool) -> list[Said]:
        """What a fact was, or is, related to by name."""
        names, pairs = (self.old_names, self._olds) if is_old else (self.new_names, self._news)
        own = self.before.get(path, "") if is_old else path
        others = {pair[1 - side] for pair in pairs if pair[side] == own} - {ALL}
        kinds = _DATA if side else (self.relation.kind,)
        return [names.label(entry) for entry in names.facts.of(*kinds) if entry.path in others]

    def _changed(self, path: str, side: int, how: str, named: Said) -> Change:
        entry = self.new_names.facts.entries[path]
        stated = "data" if side else self.relation.field
        everything = choice(f"all.{stated}")
        return self.speaker.line(
            f"{self.relation.change}-{how}",
            "changed",
            name=self.new_names.name(entry),
            field=noun(field_phrases(entry.kind, stated).noun),
            new=everything if how == "added" else named,
            old=named if how == "added" else everything,
        )

    def _related(self, how: str, pairs: set[_Pair]) -> Iterator[Change]:
        relation, facts = self.relation, self.new_names.facts
        targets = [entry.path for entry in facts.of(relation.kind)]
        for path in [ALL, *(entry.path for entry in facts.of(*_DATA))]:
            entry = facts.entries.get(path)
            name = self.new_names.name(entry) if entry else capital(choice("all.data"))
            kind = f"{relation.change}-{how}"
            if (path, ALL) in pairs:
                field_noun = field_phrases("data", relation.field).noun
                everything = choice(f"all.{relation.field}")
                yield self.speaker.line(kind, how, name=name, field=noun(field_noun), items=everything)
            found = [facts.entries[target] for target in targets if (path, target) in pairs]
            if found:
                is_new = entry is not None and path not in self.before
                line = relation.name if is_new else f"{relation.name} {how}"
                items = listed([self.new_names.label(target) for target in found])
                yield self.speaker.line(kind, line, name=name, items=items)


def _pairs(facts: Facts, relation: Relation) -> set[_Pair]:
    """Data and what it is used for (or who gets it), by their paths, whichever side states it."""
    data = {entry.id: entry.path for entry in facts.of(*_DATA)} | {ALL: ALL}
    held = [entry for entry in facts.of(relation.kind) if entry.key("force") != "never"]
    targets = {entry.id: entry.path for entry in held} | {ALL: ALL}
    found: set[tuple[str | None, str | None]] = set()
    for entry in facts.of(*_DATA):
        found |= {(entry.path, targets.get(value.key or "")) for value in entry.says.get(relation.field, ())}
    for entry in held:
        found |= {(data.get(value.key or ""), entry.path) for value in entry.says.get("data", ())}
    return {(one, other) for one, other in found if one and other}


def _is_covered(pair: _Pair, pairs: set[_Pair]) -> bool:
    """Whether "all" says the same of a pair of two facts."""
    return ALL not in pair and ((pair[0], ALL) in pairs or (ALL, pair[1]) in pairs)
