"""A policy's facts in the words of one language: what the templates speak with.

Messages come from the catalogue and are formatted whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

from policygen.language import Duration, Language, Unit
from policygen.markdown import to_html
from policygen.model import Policy, Prose, References, Term, Text, Time
from policygen.model.kinds import Region
from policygen.render.messages import Message, Messages, heading_of, label_of, message_of

Reader = Literal["you", "customer", "user"]
READERS: Mapping[Reader, tuple[str, str]] = {
    "you": ("you", "your"),
    "customer": ("customers", "customers'"),
    "user": ("users", "users'"),
}
"""What a page can call its reader, and what is the reader's: messages in the context 'reader'."""

_WIDE_REGIONS = {"EU": "the European Union", "EEA": "the European Economic Area"}

REGION_MESSAGES = tuple(_WIDE_REGIONS.values())
"""Regions that Babel has no fitting name for: messages in the context 'region'."""


@dataclass(slots=True)
class Voice:
    """The words of one policy in one language."""

    language: Language
    service: str
    reader: Reader = "you"
    fallback: str | None = None
    """The language whose text stands in for a missing one."""
    fallbacks: dict[str, None] = field(default_factory=dict, init=False)
    """The languages whose texts had to stand in, in the order of the page."""
    messages: Messages = field(init=False, repr=False)
    """What it can say."""

    def __post_init__(self) -> None:
        names = {**_called(self.language, self.reader), "service": _isolated(self.service)}
        self.messages = Messages(self.language, names)

    def say(self, message: str, **values: object) -> Markup:
        """A message."""
        return self.messages(message, **values)

    def say_as(self, context: str, message: str, **values: object) -> Markup:
        """A message in a context."""
        return message_of(self.language, message, context).said(self.messages.names, values)

    def count(self, singular: str, plural: str, n: int, **values: object) -> Markup:
        """A message that goes with a number."""
        form = Message.of(self.language.plural(singular, plural, n))
        return form.said(self.messages.names, {"n": self.language.number(n), **values})

    def label(self, term: Term, **values: object) -> Markup:
        """A fact's name inside a sentence, or its sentence."""
        if name := getattr(term, "name", None):
            return self.name(name)
        if term.label is not None:
            return self.text(term.label)
        if term.vocabulary is None:
            return self.name(term.id)
        return label_of(self.language, term.vocabulary, term.word).said(self.messages.names, values)

    def heading(self, term: Term) -> Markup:
        """A fact's name where it stands alone."""
        if name := getattr(term, "name", None):
            own = self.name(name)
            return own if isinstance(name, str) else self.language.sentence_case(own)
        return self.kind(term)

    def kind(self, term: Term) -> Markup:
        """What a fact is, where it stands alone beside the name it may have."""
        if term.heading is not None:
            return self.text(term.heading)
        if term.label is not None:
            return self.language.sentence_case(self.text(term.label))
        if term.vocabulary is None:
            return self.language.sentence_case(self.name(term.id))
        return heading_of(self.language, term.vocabulary, term.word).said(self.messages.names)

    def labels(self, terms: Iterable[Term], style: Literal["and", "or"] = "and") -> Markup:
        """Several facts' names as a list inside a sentence."""
        return self.language.join([self.label(term) for term in terms], style)

    def name(self, name: Text | str) -> Markup:
        """A name as it is written, whatever the direction of the text around it."""
        return self.text(name) if isinstance(name, Text) else _isolated(name)

    def text(self, text: Text) -> Markup:
        """A text in this language, or in the fallback language and marked so."""
        own = text.in_language(self.language.tag)
        if own is not None:
            return escape(own)
        tag, other = self._instead(text)
        return Markup(f'<span lang="{escape(tag)}" dir="auto">{escape(other)}</span>')  # noqa: S704 - escaped

    def prose(self, prose: Prose) -> Markup:
        """Markdown in this language, or in the fallback language and marked so."""
        own = prose.in_language(self.language.tag)
        if own is not None:
            return to_html(own)
        tag, other = self._instead(prose)
        return Markup('<div lang="{}" dir="auto">{}</div>').format(tag, to_html(other))

    def _instead(self, text: Text) -> tuple[str, str]:
        """Another language's text. A shared fact's may be in the site's language, not in the policy's."""
        tag = next(tag for tag in (self.fallback or "", *text.by_language) if tag in text.by_language)
        self.fallbacks[tag] = None
        return tag, text.by_language[tag]

    def time(self, time: Time) -> Markup:
        """A period or a point in time, inside a sentence."""
        if time.duration is not None:
            period = _period(self.language, time.duration.unit, time.duration.amount)
            return self.say("{time} in advance", time=period) if time.ahead else period
        return label_of(self.language, "timing", time.word or "").said(self.messages.names)

    def region(self, code: Region) -> Markup:
        """A country or region."""
        return _region(self.language, code)

    def regions(self, codes: Sequence[Region]) -> Markup:
        """Countries and regions as a list inside a sentence."""
        return self.language.join([self.region(code) for code in codes])


@lru_cache(maxsize=64)
def _called(language: Language, reader: Reader) -> Mapping[str, Markup]:
    """What stands in for {you} and the like."""
    you, your = (language.text(word, "reader") for word in READERS[reader])
    capital = language.sentence_case
    words = {"you": you, "your": your, "You": capital(you), "Your": capital(your)}
    return {name: escape(word) for name, word in words.items()}


def _isolated(name: str) -> Markup:
    return Markup(f"<bdi>{escape(name)}</bdi>")  # noqa: S704 - escaped


@lru_cache(maxsize=1024)
def _period(language: Language, unit: Unit, amount: int) -> Markup:
    return escape(language.duration(Duration(amount, unit)))


@lru_cache(maxsize=1024)
def _region(language: Language, code: str) -> Markup:
    if code in _WIDE_REGIONS:
        return escape(language.text(_WIDE_REGIONS[code], "region"))
    country, _, part = code.partition("-")
    name = language.territory(country) or country
    return escape(f"{name} ({part})" if part else name)


def resolve(policy: Policy, kind: str, references: References) -> tuple[Term, ...]:
    """The facts that references point to, in the order they are named."""
    return Facts(policy).resolve(kind, references)


class Facts:
    """The facts of a policy by their ids."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._by_id: dict[str, dict[str, Term]] = {}

    def resolve(self, kind: str, references: References) -> tuple[Term, ...]:
        """The facts of a kind that references point to."""
        if kind not in self._by_id:
            self._by_id[kind] = dict(self._found(kind))
        facts = self._by_id[kind]
        return tuple([facts[name] for name in references.ids])

    def _found(self, kind: str) -> Iterator[tuple[str, Term]]:
        for fact in getattr(self._policy, kind) or ():
            yield fact.id, fact
            yield from ((item.id, item) for item in getattr(fact, "items", None) or ())
