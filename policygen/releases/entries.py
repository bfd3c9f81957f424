"""Frozen facts, read back without trust: whatever an older facts.json lacks, or says otherwise, is unstated.

Entries of two versions are matched here, too: by id, by the ids they had before, and where an author gave
another id without a word, by their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygen.releases.record import Json, Words

_ANYWHERE = frozenset({"data.items"})
"""Kinds whose ids are unique in the whole policy: an item can move from one group to another."""
_DENIED_TOGETHER = frozenset({"data.items"})
"""Kinds of which nothing holds where the entry they belong to never does."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field. `key` is None for free text, `of` the kind of fact that a reference points to.

    `heading` is the author's, for where the value stands alone.
    """

    key: str | None
    words: Words
    heading: Words = field(default_factory=dict)
    own: bool = False
    prose: bool = False
    of: str | None = None
    word: str | None = None
    formerly: tuple[str, ...] = ()

    def said(self, tag: str) -> str:
        """Its words in a language, else in another one, else its key."""
        return self.words.get(tag) or next(iter(self.words.values()), self.key or "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact, or one part of the policy. `within` is the path of the entry it belongs to."""

    kind: str
    id: str
    path: str
    within: str
    name: Words
    label: Words
    own: bool
    sentence: bool
    word: str | None
    formerly: tuple[str, ...]
    says: Mapping[str, tuple[Value, ...]]

    def key(self, name: str) -> str | None:
        """The key of a field's only value."""
        values = self.says.get(name, ())
        return values[0].key if len(values) == 1 else None


@dataclass(slots=True)
class Facts:
    """The entries of one version, in the policy's order, by their paths."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Entry]:
        """The entries of some kinds."""
        return (entry for entry in self.entries.values() if entry.kind in kinds)

    def inside(self, entry: Entry) -> Iterator[Entry]:
        """The entries that belong to one, but not those that belong to them."""
        return (other for other in self.entries.values() if other.within == entry.path)

    def owner(self, entry: Entry) -> Entry | None:
        """The entry that one belongs to."""
        return self.entries.get(entry.within) if entry.within else None

    def owners(self, entry: Entry) -> Iterator[Entry]:
        """The entries that one stands inside of, the nearest first; never itself, whatever a file says."""
        seen: set[str] = set()
        owner = self.owner(entry)
        while owner and owner.path not in seen:
            seen.add(owner.path)
            yield owner
            owner = self.owner(owner)

    def depth(self, entry: Entry) -> int:
        """How many entries one stands inside of."""
        return sum(1 for _ in self.owners(entry))

    def is_denied(self, entry: Entry) -> bool:
        """Whether an entry never holds: it says so, or it is an item of data that is never collected."""
        if entry.key("force") == "never":
            return True
        owner = self.owner(entry) if entry.kind in _DENIED_TOGETHER else None
        return owner is not None and owner.key("force") == "never"


def read(data: Json) -> Facts:
    """The facts of a facts.json; what can't be read is left out."""
    found = data.get("entries") if isinstance(data, dict) else None
    facts = Facts()
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict) and (entry := _entry(item)):
            facts.entries[entry.path] = entry
    return facts


def _entry(data: Mapping[str, Json]) -> Entry | None:
    kind, name = _text(data.get("kind")), _text(data.get("id"))
    if not kind:
        return None
    says = data.get("says")
    fields = says.items() if isinstance(says, dict) else ()
    return Entry(
        kind=kind,
        id=name,
        path=_text(data.get("path")) or (f"{kind}/{name}" if kind != "policy" else ""),
        within=_text(data.get("in")),
        name=_words(data.get("name")),
        label=_words(data.get("label")) or _words(data.get("name")),
        own=data.get("own") is True,
        sentence=data.get("sentence") is True,
        word=_text(data.get("word")) or None,
        formerly=_texts(data.get("formerly")),
        says={key: values for key, said in fields if (values := tuple(_values(said)))},
    )


def _values(said: Json) -> Iterator[Value]:
    for item in said if isinstance(said, list) else ():
        if isinstance(item, dict):
            key = item.get("key")
            yield Value(
                key=None if key is None else str(key).lower() if isinstance(key, bool) else str(key),
                words=_words(item.get("words")),
                heading=_words(item.get("heading")),
                own=item.get("own") is True,
                prose=item.get("prose") is True,
                of=_text(item.get("of")) or None,
                word=_text(item.get("word")) or None,
                formerly=_texts(item.get("formerly")),
            )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _words(value: Json) -> Words:
    said = value.items() if isinstance(value, dict) else ()
    return {tag: words for tag, words in said if isinstance(words, str) and words}


def matched(old: Facts, new: Facts) -> dict[str, str]:
    """The paths of the entries that stand in both versions: the old one by the new one."""
    before: dict[str, str] = {}
    levels: dict[int, list[Entry]] = {}
    for entry in new.entries.values():
        levels.setdefault(new.depth(entry), []).append(entry)
    for _, level in sorted(levels.items()):
        _match(old, [entry for entry in level if entry.path not in before], before)
    return before


def _match(old: Facts, level: Sequence[Entry], before: dict[str, str]) -> None:
    """Match entries whose owners have been matched: by id first, lest a former id take another's place."""
    taken = set(before.values())
    free = {_place(one, one.within): one for one in old.entries.values() if one.path not in taken}
    by_name = {(place[:2], _named(entry)): place for place, entry in free.items() if entry.name}
    for step in (_by_id, _by_former_id, _by_name):
        for entry in level:
            if entry.path in before or (entry.within and entry.within not in before and not _roams(entry)):
                continue
            for place in step(entry, before.get(entry.within, ""), by_name):
                if found := free.pop(place, None):
                    before[entry.path] = found.path
                    break


_Place = tuple[str, str, str]
_Names = Mapping[tuple[tuple[str, str], tuple[tuple[str, str], ...]], _Place]


def _roams(entry: Entry) -> bool:
    return entry.kind in _ANYWHERE


def _place(entry: Entry, owner: str, name: str | None = None) -> _Place:
    return (entry.kind, "" if _roams(entry) else owner, entry.id if name is None else name)


def _by_id(entry: Entry, owner: str, _: _Names) -> Iterable[_Place]:
    return [_place(entry, owner)]


def _by_former_id(entry: Entry, owner: str, _: _Names) -> Iterable[_Place]:
    return [_place(entry, owner, name) for name in entry.formerly]


def _by_name(entry: Entry, owner: str, names: _Names) -> Iterable[_Place]:
    place = names.get((_place(entry, owner)[:2], _named(entry))) if entry.name else None
    return [place] if place else []


def _named(entry: Entry) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(entry.name.items()))
