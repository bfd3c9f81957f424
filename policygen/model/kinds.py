"""The kinds of values a fact is made of, below the facts themselves.

Absent means *not stated* and is None here. A list that is stated as none is the empty tuple; any other value
that is stated as none is `NONE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import Any, NewType

from policygen.diagnostics import Place
from policygen.language import Duration
from policygen.model.value import Value

Url = NewType("Url", str)
Email = NewType("Email", str)
Phone = NewType("Phone", str)
Slug = NewType("Slug", str)
LanguageTag = NewType("LanguageTag", str)
Region = NewType("Region", str)
"""A country (ISO 3166-1, 'VN'), a subdivision ('US-CA') or 'EU' and 'EEA'."""
Day = date
TimeZone = NewType("TimeZone", str)


class Stated(Enum):
    """What is stated as none."""

    NONE = "none"


NONE = Stated.NONE

NOWHERE = Place("")


class Force(StrEnum):
    """How firmly a fact is stated."""

    DOES = "does"
    MAY = "may"
    NEVER = "never"


class Need(StrEnum):
    """Whether the reader has to give a piece of data."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    WITH_PERMISSION = "with_permission"


class Act(StrEnum):
    """What is done with data that others get; `use`: their service is used, the policy says no more."""

    SHARE = "share"
    TRANSFER = "transfer"
    PUBLISH = "publish"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the site's languages, or one plain string where the language doesn't matter."""

    by_language: Mapping[str, str]
    plain: str | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def in_language(self, tag: str) -> str | None:
        """The text in a language, or None if it is missing in it."""
        return self.plain if self.plain is not None else self.by_language.get(tag)


@dataclass(frozen=True, slots=True)
class Words(Text):
    """Text that needs every language: one plain string can't say it."""


@dataclass(frozen=True, slots=True)
class Prose(Text):
    """Text in Markdown."""


@dataclass(frozen=True, slots=True)
class Time:
    """A point in time or a period: a word of the vocabulary ('timing'), or a duration in the stated unit.

    `ahead`: the duration lies before what the fact is about ('30 days in advance').
    """

    word: str | None = None
    duration: Duration | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """Ids of facts of one kind in the same policy, or all of them."""

    ids: tuple[str, ...] = ()
    all: bool = False
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)


def stated(
    doc: str,
    *,
    example: str | None = None,
    vocabulary: str | None = None,
    refers: str | None = None,
    none: bool = False,
    default: Any = None,
) -> Any:
    """A field an author may state.

    `doc` is its description in the reference; `vocabulary` names the words its items come from; `refers`
    names the list its ids point into; `none` says that it can be stated as none. Like `dataclasses.field`
    itself, it fits an attribute of any type.
    """
    return field(
        default=default,
        metadata={"doc": doc, "example": example, "vocabulary": vocabulary, "refers": refers, "none": none},
    )


def required(doc: str, *, example: str | None = None, vocabulary: str | None = None) -> Any:
    """A field an author must state. It still has a default here, so that field order is free."""
    return field(
        default=None,
        metadata={"doc": doc, "example": example, "vocabulary": vocabulary, "none": False, "required": True},
    )


def unstated() -> Any:
    """A field of the base class that would say nothing here: no author can state it."""
    return field(default=None)


def walk(value: object) -> list[object]:
    """A model value and all that it is made of, depth first: facts, texts, times and references."""
    found: list[object] = []
    _walk(value, found)
    return found


def _walk(value: object, found: list[object]) -> None:
    if type(value) is tuple:
        for item in value:
            _walk(item, found)
    elif isinstance(value, Value):
        found.append(value)
        for part in vars(value).values():
            if not isinstance(part, str):
                _walk(part, found)
    elif isinstance(value, (Text, Time, References)):
        found.append(value)
