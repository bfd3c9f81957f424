"""What changed in one field of a fact, in words: in a sentence of its own where it matters to readers.

Values are compared by their keys, so that the same country or period in other words is only reworded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policygen.releases.entries import Entry, Value
from policygen.releases.lines import Said, Speaker, capital, choice, noun, subject, valued, values_of
from policygen.releases.nouns import SUBJECTS, Field
from policygen.releases.periods import compared, is_duration
from policygen.releases.phrases import NONES, field_phrases
from policygen.releases.record import Change
from policygen.releases.relations import ALL
from policygen.releases.rewording import Rewording

_NONE = "none"
_NONE_IS_A_VALUE = frozenset({"time", "fee"})
_FLAGS = frozenset({"true", "false"})
_DEFAULTS = {"recipients.acts": "share"}
"""What holds where a field isn't stated."""
_IN_PLACE = frozenset({"wording"})
"""Prose in place of our sentence: with it or without, the same fact is said in other words."""


@dataclass(slots=True)
class FieldDifferences:
    """The differences between two versions of one fact, field by field."""

    speaker: Speaker
    old: Entry
    new: Entry
    name: Said
    rewording: Rewording
    minimum_age: bool = False
    """Whether the age of a group of rules on minors is that from which the service is meant."""

    def of(self, name: str) -> Iterator[Change]:
        """What changed in a field."""
        olds, news = self._stated(self.old, name), self._stated(self.new, name)
        keys = {value.key for value in (*olds, *news)}
        if special := self._special(name, keys):
            yield from special(name)
        elif any(value.prose for value in (*olds, *news)):
            yield from self._prose(name, olds, news)
        elif _NONE in keys and name not in _NONE_IS_A_VALUE:
            yield from self._none(name, olds, news)
        elif keys <= _FLAGS:
            yield from self._flag(name)
        else:
            yield from self._values(name, olds, news)

    def _stated(self, entry: Entry, name: str) -> Sequence[Value]:
        """The values of a field, or what holds without them."""
        default = _DEFAULTS.get(f"{entry.kind}.{name}")
        if name in entry.says or default is None:
            return entry.says.get(name, ())
        said = choice(f"{name}.{default}")
        return (Value(default, {language.tag: said(language) for language in self.speaker.languages}),)

    def _words(self, name: str) -> dict[str, Said]:
        """What a line on a field names: a fact that is called after its law is no name for another law."""
        is_named_so = name == "regime" and not (self.new.own or self.new.word)
        return {
            "name": subject(self.new) if is_named_so else self.name,
            "field": noun(self._kinds(name).noun),
        }

    def _special(self, name: str, keys: set[str | None]) -> Callable[[str], Iterator[Change]] | None:
        last = name.rpartition(".")[2]
        if name == "force":
            return self._force
        if last in {"open", "list_open", "sensitive"} and keys <= _FLAGS:
            return self._open if last != "sensitive" else self._sensitive
        if self.new.kind == "policy" and name == "open":
            return self._lists
        pair = self.old.key(name), self.new.key(name)
        if self.new.kind == "children" and name == "under" and all(pair):
            return self._age if pair[0] != pair[1] else None
        if self.new.kind == "service" and name == "name" and all(pair) and pair[0] != pair[1]:
            return lambda name: self._pair(name, "service", "service-renamed")
        timed = self._kinds(name).added == "retention-changed" and last in {"time", "duration"}
        return self._kept if timed and pair[0] != pair[1] else None

    def _pair(self, name: str, line: str, kind: str) -> Iterator[Change]:
        """One value in place of another."""
        old, new = self.old.says[name][0], self.new.says[name][0]
        yield self.speaker.line(kind, line, **self._words(name), old=valued(old), new=valued(new))

    def _force(self, _: str) -> Iterator[Change]:
        old, new = (entry.key("force") or "does" for entry in (self.old, self.new))
        if old == new:
            return
        transition = f"{old}>{new}"
        if {old, new} <= {"does", "may", "never"}:
            yield self.speaker.line("certainty-changed", transition, name=self.name)
        else:
            yield from self._values("force", self.old.says.get("force", ()), self.new.says.get("force", ()))

    def _open(self, name: str) -> Iterator[Change]:
        old, new = (entry.key(name) == "true" for entry in (self.old, self.new))
        if old == new:
            yield from self._flag(name)
        elif new:
            yield self.speaker.line("list-opened", "list opened", name=self.name)
        else:
            yield self.speaker.line("list-closed", "list closed", name=self.name)

    def _lists(self, name: str) -> Iterator[Change]:
        """The lists of a policy that are given as examples only."""
        olds, news = (
            {value.key: value for value in entry.says.get(name, ())} for entry in (self.old, self.new)
        )
        for key in news.keys() - olds.keys():
            yield self.speaker.line("list-opened", "list opened", name=capital(valued(news[key])))
        for key in olds.keys() - news.keys():
            yield self.speaker.line("list-closed", "list closed", name=capital(valued(olds[key])))

    def _sensitive(self, name: str) -> Iterator[Change]:
        old, new = (entry.key(name) == "true" for entry in (self.old, self.new))
        if old == new:
            yield from self._flag(name)
        else:
            line = "sensitive" if new else "not sensitive"
            yield self.speaker.line("sensitivity-changed", line, name=self.name)

    def _age(self, name: str) -> Iterator[Change]:
        old, new = self.old.key(name) or "", self.new.key(name) or ""
        is_raised = old.isdecimal() and new.isdecimal() and int(new) > int(old)
        kind = "age-raised" if is_raised else "age-lowered"
        yield from self._pair(name, "minimum age" if self.minimum_age else "age", kind)

    def _kept(self, name: str) -> Iterator[Change]:
        """How long something is kept: longer, shorter, or neither for certain."""
        olds, news = self.old.says.get(name, ()), self.new.says.get(name, ())
        old, new = self.old.key(name), self.new.key(name)
        if old is None or new is None:
            yield from self._values(name, olds, news)
            return
        kind = f"retention-{compared(old, new)}"
        exact = is_duration(old) and is_duration(new)
        line = "lasts" if name.endswith("duration") else "kept"
        yield from self._pair(name, line if exact else "changed", kind)

    def _flag(self, name: str) -> Iterator[Change]:
        old, new = (entry.key(name) or "unstated" for entry in (self.old, self.new))
        if old != new:
            kind, words = self._kinds(name).changed, self._words(name)
            yield self.speaker.line(kind, "flag", **words, old=choice(old), new=choice(new))

    def _prose(self, name: str, olds: Sequence[Value], news: Sequence[Value]) -> Iterator[Change]:
        """An author's own sentences: in place of ours they are words, besides ours perhaps another fact."""
        kinds, words = self._kinds(name), self._words(name)
        if olds and news:
            tags = self.rewording.differing(olds[0].words, news[0].words, self.new)
            everywhere = self.rewording.is_everywhere(tags, olds[0].words, news[0].words)
            if everywhere and kinds.changed != "wording":
                yield self.speaker.line(kinds.changed, "prose", **words)
            elif tags:
                self.rewording.add(self.name, tags, olds[0].words, news[0].words)
        elif name in _IN_PLACE:
            self.rewording.add(self.name)
        elif news:
            yield self.speaker.line(kinds.added, "prose added", **words)
        else:
            yield self.speaker.line(kinds.removed, "prose removed", **words)

    def _none(self, name: str, olds: Sequence[Value], news: Sequence[Value]) -> Iterator[Change]:
        old, new = (any(value.key == _NONE for value in values) for values in (olds, news))
        path = name if self.new.kind == "policy" else f"{self.new.kind}.{name}"
        part = noun(SUBJECTS.get(path) or self._kinds(name).noun)
        lines = NONES.get(path, ("none", "not none"))
        if new and not old:
            yield self.speaker.line("none-stated", lines[0], field=part)
        elif old and not new:
            yield self.speaker.line("none-withdrawn", lines[1], field=part)
        rest = [[value for value in values if value.key != _NONE] for values in (olds, news)]
        yield from self._values(name, *rest)

    def _values(self, name: str, olds: Sequence[Value], news: Sequence[Value]) -> Iterator[Change]:
        kinds, words = self._kinds(name), self._words(name)
        if olds and news and (_is_all(olds) != _is_all(news)):
            kind = kinds.removed if _is_all(olds) else kinds.added
            old, new = (values_of(name, values) for values in (olds, news))
            yield self.speaker.line(kind, "changed", **words, old=old, new=new)
            return
        news = [self._with_former_key(value) for value in news]
        pairs, added, removed = self._sorted(olds, news)
        for before, now in pairs:
            yield self.speaker.line(kinds.changed, "changed", **words, old=valued(before), new=valued(now))
        if added:
            yield self.speaker.line(kinds.added, "added", **words, items=values_of(name, added))
        if removed:
            yield self.speaker.line(kinds.removed, "removed", **words, items=values_of(name, removed))

    def _sorted(
        self, olds: Sequence[Value], news: Sequence[Value]
    ) -> tuple[list[tuple[Value, Value]], list[Value], list[Value]]:
        """The values that say something else now, those that are new and those that are gone."""
        same = _matched(olds, news)
        added = [new for new in news if not any(pair[1] is new for pair in same)]
        removed = [old for old in olds if not any(pair[0] is old for pair in same)]
        if len(olds) == len(news) == len(added) == 1:
            return [(olds[0], news[0])], [], []
        return [pair for pair in same if self._means_more(*pair)], added, removed

    def _with_former_key(self, value: Value) -> Value:
        """A reference, with the id that the fact it points to had before."""
        paths = [entry.path for entry in self.rewording.new.entries.values() if entry.id == value.key]
        before = [
            self.rewording.old.entries[name] for path in paths if (name := self.rewording.before.get(path))
        ]
        return replace(value, formerly=tuple(entry.id for entry in before)) if value.of else value

    def _means_more(self, old: Value, new: Value) -> bool:
        """Whether a value with the same key says something else; one that is only reworded is noted."""
        if old.of or new.of:
            return False  # what a reference points to is compared by itself
        tags = self.rewording.differing(old.words, new.words, self.new)
        if not tags:
            if old.heading != new.heading:
                self.rewording.add(self.name)
            return False
        ours = old.own or new.own or (old.word or old.key) != (new.word or new.key)
        if ours and self.rewording.is_everywhere(tags, old.words, new.words):
            return True
        self.rewording.add(self.name, tags, old.words, new.words)
        return False

    def _kinds(self, name: str) -> Field:
        return field_phrases(self.new.kind, name)


def _matched(olds: Sequence[Value], news: Sequence[Value]) -> list[tuple[Value, Value]]:
    """The values that stand in both: by key, by a former key, by the same words; free text by its place."""
    free = list(olds)
    pairs: list[tuple[Value, Value]] = []
    for is_same in (_same_key, _former_key, _same_words):
        for new in news:
            if any(pair[1] is new for pair in pairs):
                continue
            for old in free:
                if is_same(old, new):
                    pairs.append((old, new))
                    free = [value for value in free if value is not old]
                    break
    return pairs


def _is_all(values: Sequence[Value]) -> bool:
    return any(value.of and value.key == ALL for value in values)


def _same_key(old: Value, new: Value) -> bool:
    return old.key == new.key


def _former_key(old: Value, new: Value) -> bool:
    return old.key in new.formerly


def _same_words(old: Value, new: Value) -> bool:
    return bool(old.words) and old.words == new.words
