"""A language as a page speaks it: the catalogue's words, and what CLDR knows of the language.

Everything a render asks for again and again is looked up once, when the language is made: messages are two
plain dictionaries, list patterns are escaped strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

from markupsafe import Markup, escape

from policygen.language.durations import DURATION_CONTEXT, DURATION_MESSAGES, Duration
from policygen.language.plurals import compile_rule
from policygen.language.tags import known_locale, tag_problem

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale

    from policygen.diagnostics import Diagnostic
    from policygen.language.catalogue import Catalogue, Key

DATE_MESSAGE: Key = ("date", "d MMMM y")
"""The CLDR pattern of a date; a translator gives the language's own."""

ListStyle = Literal["and", "or", "unit"]
Text = TypeVar("Text", str, Markup)
_Forms = tuple[Callable[[int], int], tuple[str, ...]]

_STYLES: Mapping[ListStyle, tuple[str, ...]] = {
    "and": ("standard",),
    "or": ("or",),
    # Babel keeps only what a locale says beyond what it inherits, and its format_list dies of the gaps
    # (https://github.com/python-babel/babel/issues/1098): laid over each other they are whole.
    "unit": ("standard", "unit-short", "unit"),
}
# Past the brace of {you}, which then becomes {You}, but not of other placeholders: their names are fixed.
_BEFORE_WORD = re.compile(r"(?:[^\w{]|_|\{(?=your?\}))*")
_BEFORE_WORD_IN_MARKUP = re.compile(r"(?:<[^>]*>|&#?\w+;|[^\w{<&]|_|\{(?=your?\}))*")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language of a site. Make it with `Language.of`."""

    tag: str
    locale: Locale = field(repr=False)
    direction: Literal["ltr", "rtl"]
    name: str
    _texts: Mapping[Key, str] = field(repr=False)
    _plurals: Mapping[Key, _Forms] = field(repr=False)
    _lists: Mapping[ListStyle, Mapping[str, str]] = field(repr=False)
    source: str = field(default="", repr=False)
    """A name for the state of its catalogues."""
    unknown: Sequence[tuple[Key, Diagnostic]] = field(default=(), repr=False)
    """Messages that only a template of the site can ask for, and what to say if none does."""

    @classmethod
    def of(cls, tag: str, catalogue: Catalogue | None = None) -> Language:
        """The language of a known tag, speaking by its catalogue; the source language can do without one."""
        locale = known_locale(tag)
        if locale is None:
            raise ValueError(tag_problem(tag))
        texts, plurals = _spoken(catalogue)
        lists = {style: _list_patterns(locale, names) for style, names in _STYLES.items()}
        direction: Literal["ltr", "rtl"] = "rtl" if locale.text_direction == "rtl" else "ltr"
        return cls(tag, locale, direction, locale.get_display_name(locale) or tag, texts, plurals, lists)

    def text(self, msgid: str, context: str | None = None) -> str:
        """A message in this language, its placeholders still in it."""
        said = self._texts.get((context, msgid))
        return self._untranslated(msgid, context) if said is None else said

    def plural(self, singular: str, plural: str, n: int, context: str | None = None) -> str:
        """The form of a message that goes with a number, `{n}` still in it."""
        spoken = self._plurals.get((context, singular))
        if spoken is None:
            return singular if n == 1 else plural
        choose, forms = spoken
        try:
            return forms[choose(n)]
        except (IndexError, ArithmeticError):
            # A rule that misbehaves for some number only was no finding; any form is better than none.
            return forms[0]

    def date(self, day: dt.date) -> str:
        """A date in full, by the catalogue's pattern. Babel writes its digits 0–9 in every language."""
        context, msgid = DATE_MESSAGE
        return _date(day, self.text(msgid, context), self.locale)

    def number(self, n: int) -> str:
        """A number with the language's separators, its digits 0–9 like those of dates."""
        return _number(n, self.locale)

    def duration(self, duration: Duration) -> str:
        """How long something lasts, in the unit it was stated in."""
        singular, plural = DURATION_MESSAGES[duration.unit]
        form = self.plural(singular, plural, duration.amount, DURATION_CONTEXT)
        return form.replace("{n}", self.number(duration.amount))

    def join(self, items: Sequence[str], style: ListStyle = "and") -> Markup:
        """The items as one list ("a, b and c"); plain strings are escaped, markup is kept."""
        if len(items) < 2:
            return escape(items[0]) if items else Markup()
        safe = [escape(item) for item in items]
        patterns = self._lists[style]
        if len(safe) == 2:
            return Markup(patterns["2"].format(*safe))  # noqa: S704 -- pattern and items are escaped
        joined = patterns["start"].format(safe[0], safe[1])
        for item in safe[2:-1]:
            joined = patterns["middle"].format(joined, item)
        return Markup(patterns["end"].format(joined, safe[-1]))  # noqa: S704 -- as above

    def territory(self, code: str) -> str | None:
        """What this language calls a country or region ("CN", "419"), or None if there is none."""
        return None if code == "ZZ" else self.locale.territories.get(code)

    def language_name(self, tag: str) -> str | None:
        """What this language calls another one inside a sentence, or None if it has no name for it."""
        other = known_locale(tag)
        name = other.get_display_name(self.locale) if other else None
        # CLDR has the form that stands alone: "Tiếng Anh", where a Vietnamese sentence says "tiếng Anh".
        return name.replace("Tiếng", "tiếng", 1) if name and self.locale.language == "vi" else name

    def sentence_case(self, text: Text) -> Text:
        """The text with its first letter as a sentence begins; the rest is left alone.

        Quotes, brackets, tags and entities before the letter are passed over. A digit begins a sentence by
        itself, and a name with a capital inside (iPhone) is how its owner writes it.
        """
        # Slices of markup would be markup, each of them made anew.
        words = str(text)
        start = 0
        if not words[:1].isalnum():
            before = _BEFORE_WORD_IN_MARKUP if hasattr(text, "__html__") else _BEFORE_WORD
            matched = before.match(words)
            start = matched.end() if matched else 0
        first, after = words[start : start + 1], words[start + 1 : start + 2]
        if not first.islower() or after.isupper():
            return text
        return type(text)(words[:start] + self._capital(first) + words[start + 1 :])

    def _capital(self, letter: str) -> str:
        if letter == "i" and self.locale.language in ("tr", "az"):
            return "İ"
        # Titlecase, not uppercase: 'ǆ' becomes 'ǅ', and Georgian has no capital at a sentence's beginning.
        return letter.title()

    def _untranslated(self, msgid: str, context: str | None) -> str:
        """A heading made of the label inside a sentence, else the source language's words."""
        if context == "heading":
            return self.sentence_case(self.text(msgid))
        if context is not None and context.startswith("heading:"):
            return self.sentence_case(self.text(msgid, context.removeprefix("heading:")))
        return msgid


@lru_cache(maxsize=1024)
def _number(n: int, locale: Locale) -> str:
    from babel.numbers import format_decimal

    return format_decimal(n, locale=locale)


@lru_cache(maxsize=1024)
def _date(day: dt.date, pattern: str, locale: Locale) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=locale)


def _spoken(catalogue: Catalogue | None) -> tuple[dict[Key, str], dict[Key, _Forms]]:
    """The translated messages of a catalogue, those with one form and those with plurals."""
    texts: dict[Key, str] = {}
    plurals: dict[Key, _Forms] = {}
    rules: dict[str, Callable[[int], int]] = {}
    for key, entry in catalogue.entries.items() if catalogue else ():
        if entry.forms and entry.plural is None:
            texts[key] = entry.forms[0]
        elif entry.forms:
            choose = rules.get(entry.rule) or rules.setdefault(entry.rule, compile_rule(entry.rule))
            plurals[key] = (choose, entry.forms)
    return texts, plurals


def _list_patterns(locale: Locale, names: Sequence[str]) -> dict[str, str]:
    """The patterns that join a list's items, escaped for HTML."""
    patterns: dict[str, str] = {}
    for name in names:
        patterns |= {place: str(escape(words)) for place, words in locale.list_patterns.get(name, {}).items()}
    return patterns
