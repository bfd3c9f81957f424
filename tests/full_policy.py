"""A policy that states everything the model can hold, each thing in words found nowhere else.

Made from the model, not written: a field that is added tomorrow is in it, and a page that doesn't show it is
noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from html import unescape

from policygen.language import Language, parse_duration
from policygen.loading import Shape, shapes
from policygen.model import Force, Policy, Prose, References, Term, Text, Time
from policygen.model.data import DataFact, Retention
from policygen.model.kinds import Email, LanguageTag, Phone, Region, Slug, Url
from policygen.source import Data

TAGS = ("en", "vi")
_REGIONS = ("FR", "DE", "JP", "BR", "KE", "NZ", "PE", "SE", "IT", "ES", "PT", "FI", "NO", "DK", "CL", "MX")
_LANGUAGES = ("fr", "de", "ja", "pt", "sw", "fi")
_SETTINGS = frozenset({"format", "reader", "language", "sections"})
"""Fields of a policy that steer the page and are no facts."""
AROUND = frozenset({"formerly", "discontinued"})
"""Fields that are about the service's page and no part of the policy's text."""
_IDENTITY = frozenset({"id", "is", "formerly", "use", "before", "after"})
"""Fields that say which fact it is, or where it stands."""

Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Canary:
    """What the page of each language must show, and where in the policy it is stated."""

    route: Route
    shown: Mapping[str, str]


@dataclass(slots=True)
class Full:
    """Fills the model: lists of `count` items, facts with a force, with or without headings and wordings."""

    count: int = 1
    force: str | None = None
    heading: bool = False
    wording: bool = False
    canaries: list[Canary] = field(default_factory=list)
    _made: int = 0

    def policy(self) -> dict[str, Data]:
        """The policy, as if read from YAML."""
        return {"format": 1, **self._mapping(Policy, (), _SETTINGS)}

    def _next(self) -> int:
        self._made += 1
        return self._made

    def _mapping(self, cls: type, route: Route, left_out: frozenset[str] = _IDENTITY) -> dict[str, Data]:
        known = {key: shape for key, shape in shapes(cls).items() if key not in left_out}
        if self.force == "never" and "force" in known:
            # What never holds can't hold on a condition or for a time.
            denied = {"if", "need"}
            denied |= {"time", "criteria", "only", "open"} if cls is Retention else set()
            # Nor can data be for a purpose or go to somebody that is ruled out.
            denied |= {"purposes", "recipients"} if issubclass(cls, DataFact) else set()
            known = {key: shape for key, shape in known.items() if key not in denied}
        data: dict[str, Data] = {"id": _id(route)} if "id" in shapes(cls) else {}
        for key, shape in known.items():
            if (value := self._field(shape, (*route, key))) is not None:
                data[key] = value
        return data

    def _field(self, shape: Shape, route: Route) -> Data:
        if shape.key in {"heading", "wording"} and not getattr(self, shape.key):
            return None
        if shape.type is Force:
            return self.force
        if shape.type is References:
            return [f"{shape.refers}_0"]
        if not shape.many:
            return self._value(shape, route)
        return [self._value(shape, (*route, index)) for index in range(self.count)]

    def _value(self, shape: Shape, route: Route) -> Data:
        kind = shape.type
        if shape.choices or (isinstance(kind, type) and issubclass(kind, StrEnum)):
            options = [str(one) for one in shape.choices or tuple(kind)]
            return options[int(route[-1]) if isinstance(route[-1], int) else 0]
        if kind in {bool, int}:
            return True if kind is bool else self._age(route)
        if kind in _SINGLE:
            return self._single(kind, route)
        if issubclass(kind, Text):
            word = ("prose" if kind is Prose else "text") + str(self._next())
            texts: dict[str, Data] = {tag: f"{word}{tag}" for tag in TAGS}
            self.canaries.append(Canary(route, {tag: f"{word}{tag}" for tag in TAGS}))
            return texts
        return self._mapping(
            kind, route, _IDENTITY if issubclass(kind, Term) else frozenset({"before", "after"})
        )

    def _age(self, route: Route) -> int:
        age = 20 + self._next() % 20 if route[-1] == "from" else 50 + self._next() % 40
        self.canaries.append(Canary(route, dict.fromkeys(TAGS, str(age))))
        return age

    def _single(self, kind: type, route: Route) -> str:
        number = self._next()
        value = {
            str: f"name{number}x", Url: f"https://example.com/{number}x", Email: f"{number}x@example.com",
            Phone: f"+84 28 90{number:04}", Slug: f"slug{number}x", Time: f"{1000 + number} days",
            date: f"{2000 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}",
            Region: _REGIONS[number % len(_REGIONS)], LanguageTag: _LANGUAGES[number % len(_LANGUAGES)],
        }[kind]  # fmt: skip
        if route == ("prevailing_language",):
            # One of the site's own; the page in that language has no need to say so.
            value = TAGS[number % 2]
        shown = {tag: "" if tag == value else _shown(kind, value, tag) for tag in TAGS}
        self.canaries.append(Canary(route, shown))
        return value


_SINGLE = frozenset({str, Url, Email, Phone, Slug, Time, date, Region, LanguageTag})


def _shown(kind: object, value: str, tag: str) -> str:
    language = _language(tag)
    if kind is Region:
        return language.territory(value) or ""
    if kind is LanguageTag:
        return language.language_name(value) or ""
    if kind is date:
        return language.date(date.fromisoformat(value))
    if kind is Time and (duration := parse_duration(value)):
        return language.duration(duration)
    return value


@cache
def _language(tag: str) -> Language:
    from policygen.catalogues import load_languages
    from policygen.site import SiteFolder
    from tests.site_under_test import CHECKOUT

    (language,), _ = load_languages(SiteFolder(CHECKOUT), [tag])
    return language


def _id(route: Route) -> str:
    """An id that says where it is from: ids at the top are `data_0`, which references name."""
    return "_".join(str(step).replace("_", "") for step in route)


def words_of(page: str) -> str:
    """What a page shows to its readers, head and style left out."""
    body = page.partition("<body>")[2]
    return unescape(body)


def routes_of(value: Data, route: Route = ()) -> Iterator[Route]:
    """The route of every field of a policy, the deepest included; items of lists are none."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*route, key)
            yield from routes_of(part, (*route, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from routes_of(part, (*route, index))
