"""One change in the words of every language: a message of the catalogue, filled with names from the facts.

Plain text: whoever shows a line escapes it. A name is as certain as its fact, here as in the overview.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from policygen.language import Language
from policygen.releases.entries import Entry, Facts, Value
from policygen.releases.nouns import SUBJECTS
from policygen.releases.phrases import CHOICES, CONTEXT, LINES, NOUN
from policygen.releases.record import Change, Weight, Words
from policygen.releases.weights import KINDS
from policygen.render.voice import READERS

Said = Callable[[Language], str]
"""Something in the words of a language."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "recipients": ("is", "countries"),
    "storage": ("is", "countries"),
    "transfers": ("countries",),
    "retention": ("time", "criteria"),
    "contacts": ("email", "phone", "form", "website"),
    "controller": ("legal_name", "short_name", "address", "country", "registration"),
    "children": ("under",),
    "visibility": ("items",),
    "cookies.list": ("kind", "duration"),
    "deletion.keeps": ("time",),
    "embeds.providers": ("content",),
}
"""What is said of a fact beside its name where it is added or removed."""
ALTERNATIVES = frozenset({"if", "criteria"})
"""Fields of which one value is enough."""
_LISTED = {"data": "data.items", "rights": "rights.rights"}
"""Facts that are named with all that belongs to them."""
_DETAIL_LINES = {"under": "under", "criteria": "criteria"}
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes changes in all languages of a site."""

    languages: Sequence[Language]
    weights: Mapping[str, Weight] = field(default_factory=dict)

    def change(self, kind: str, message: str, /, **values: Said) -> Change:
        """A change in words. A kind that the table doesn't know is material."""
        weight = self.weights.get(kind) or KINDS.get(kind) or Weight.MATERIAL
        words = {language.tag: filled(message, language, CONTEXT, **values) for language in self.languages}
        return Change(kind, weight, words)

    def line(self, kind: str, name: str, /, **values: Said) -> Change:
        """A change in words, by the name of its message."""
        return self.change(kind, LINES[name], **values)


def filled(message: str, language: Language, context: str | None, /, **values: Said) -> str:
    """A message in a language with its placeholders filled in.

    Not `str.format`: a catalogue's message could reach into its values.
    """
    you, your = (language.text(word, "reader") for word in READERS["you"])
    capital = language.sentence_case
    reader = {"you": you, "your": your, "You": capital(you), "Your": capital(your)}

    def value(found: re.Match[str]) -> str:
        said = values.get(found[1])
        return said(language) if said else reader.get(found[1], found[0])

    return _PLACEHOLDER.sub(value, language.text(message, context))


def plain(words: str) -> Said:
    """The same in every language."""
    return lambda _: words


def noun(word: str) -> Said:
    """A noun inside a line."""
    return lambda language: language.text(word, NOUN)


def capital(said: Said) -> Said:
    """Where it stands alone."""
    return lambda language: language.sentence_case(said(language))


def listed(items: Sequence[Said], style: Literal["and", "or", "unit"] = "and") -> Said:
    """Several things as a list inside a line; what is there twice is named once."""

    def say(language: Language) -> str:
        return unescape(str(language.join(list(dict.fromkeys(item(language) for item in items)), style)))

    return say


def values_of(name: str, values: Sequence[Value]) -> Said:
    """Several values of a field: of alternatives, one is enough."""
    return listed([valued(value) for value in values], "or" if name in ALTERNATIVES else "and")


def quoted(said: Said) -> Said:
    """Somebody's words, marked as such."""
    return lambda language: filled(LINES["quoted"], language, CONTEXT, words=said)


def with_details(said: Said, details: Sequence[Said]) -> Said:
    """A thing with what is said of it beside its name."""

    def say(language: Language) -> str:
        return filled(LINES["with"], language, CONTEXT, name=said, details=listed(details, "unit"))

    return say if details else said


def worded(words: Words) -> Said:
    """Frozen words; those of another language where they lack one."""
    return lambda language: words_in(words, language.tag)


def valued(value: Value) -> Said:
    """A value; free text is quoted."""

    def say(language: Language) -> str:
        return value.said(language.tag)

    return quoted(say) if value.key is None else say


def choice(name: str) -> Said:
    """A word for a value that has none of its own."""
    return noun(CHOICES[name])


@dataclass(slots=True)
class Names:
    """What the entries of one version are called."""

    facts: Facts
    _same: Counter[tuple[str, tuple[tuple[str, str], ...]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._same = Counter(_identity(entry) for entry in self.facts.entries.values())

    def bare(self, entry: Entry) -> Said:
        """An entry's name where it stands alone, else what a part of its kind is called."""

        def say(language: Language) -> str:
            words = words_in(entry.name, language.tag)
            return words or subject(entry)(language)

        return quoted(say) if entry.sentence else say

    def name(self, entry: Entry) -> Said:
        """Its name, and whose it is where that is unclear: a sentence's, and that of a name there twice."""
        unclear = entry.sentence or self._same[_identity(entry)] > 1
        return with_details(self.bare(entry), self._owner(entry) if unclear else ())

    def label(self, entry: Entry) -> Said:
        """Its name inside a sentence, as certain as the entry is."""

        def say(language: Language) -> str:
            return words_in(entry.label, language.tag) or _subject(entry, language)

        return hedged(say, entry)

    def full(self, entry: Entry) -> Said:
        """Its name, as certain as the entry is, and with what matters most of it."""
        details = list(self._owner(entry)) if entry.sentence or entry.kind == "data.items" else []
        for name in DETAILS.get(entry.kind, ()):
            if values := entry.says.get(name):
                details.append(_detail(entry, name, values_of(name, values)))
        if inside := self._inside(entry):
            details.append(listed(inside))
        if details and not entry.name and not self.facts.is_denied(entry):
            return listed(details, "unit")  # the line says what it is
        if not details and self._same[_identity(entry)] > 1:
            details += self._owner(entry)
        return with_details(hedged(self.bare(entry), entry), details)

    def _inside(self, entry: Entry) -> list[Said]:
        """What an entry is named with; what is denied in it has a line of its own, unless all of it is."""
        parts = [part for part in self.facts.inside(entry) if part.kind == _LISTED.get(entry.kind)]
        is_denied = self.facts.is_denied(entry)
        return [self.label(part) for part in parts if is_denied or not self.facts.is_denied(part)]

    def _owner(self, entry: Entry) -> tuple[Said, ...]:
        owner = self.facts.owner(entry)
        return (self.bare(owner),) if owner and owner.name else ()


def _detail(entry: Entry, name: str, said: Said) -> Said:
    """What is said beside a name, in the words it needs there."""
    line = _DETAIL_LINES.get(name, "")
    if name == "criteria" and entry.key("only") == "true":
        line = "only criteria"
    return (lambda language: filled(LINES[line], language, CONTEXT, value=said)) if line else said


def hedged(said: Said, entry: Entry) -> Said:
    """A name, as certain as its fact: perhaps, on conditions, with exceptions, only for some."""
    conditions = entry.says.get("if", ())
    if any(name.startswith("applies.") for name in entry.says):
        said = _hedge("{item} (only for some)", said)
    if entry.says.get("unless"):
        said = _hedge("{item} (with exceptions)", said)
    if len(conditions) > 1:
        return _hedge("{item} (on conditions)", said)
    if entry.key("force") == "may":
        said = _hedge("{item} (possibly)", said)
    return _hedge("{item}, if {condition}", said, valued(conditions[0])) if conditions else said


def _hedge(message: str, item: Said, condition: Said | None = None) -> Said:
    return lambda language: filled(message, language, None, item=item, condition=condition or item)


def _identity(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    return entry.kind, tuple(sorted(entry.name.items()))


def words_in(words: Words, tag: str) -> str:
    """Words in a language, else in another one."""
    return words.get(tag) or next(iter(words.values()), "")


def subject(entry: Entry) -> Said:
    """What a fact of its kind is called, where that stands alone."""
    return lambda language: language.sentence_case(_subject(entry, language))


def _subject(entry: Entry, language: Language) -> str:
    word = SUBJECTS.get(entry.kind)
    return language.text(word, NOUN) if word else entry.id or entry.kind
