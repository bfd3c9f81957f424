"""What a language's ``.po`` file says: its translations, and what is wrong with them.

Every mistake that could break a page is found while reading, at its line: a placeholder that isn't the
original's, a number of plural forms that isn't the language's, a date pattern that shows no year. So a
translation that is kept can be used without a check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.diagnostics import ENOUGH, Diagnostic, Place, Position, did_you_mean, first
from policygen.language.plurals import PluralRule, read_plural_rule
from policygen.language.po import Message, Part, parse_po
from policygen.language.tags import known_locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from babel import Locale

Key = tuple[str | None, str]
"""A message's context and its text in the source language."""

SOURCE_TAG = "en"
"""The language messages are written in; its catalogue is optional and only overrides."""

READER_WORDS = frozenset({"you", "your", "You", "Your"})
"""What a page calls its reader. A translation may use any of them, or none, whatever the original does: where
a sentence needs the word, and whether it begins with it, differs from language to language."""

_WITHOUT_READER = frozenset({"date", "duration", "reader", "region"})
"""Contexts whose messages are no sentences of a page."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of a catalogue: one form, as many as the language has plurals, or none if untranslated.

    `faulty` is a translation that was refused with a finding of its own: not used, and not missing either.
    """

    line: int
    plural: str | None = None
    forms: tuple[str, ...] = ()
    rule: str = ""
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language, or of the template if none is translated."""

    tag: str
    path: str
    entries: Mapping[Key, Entry]


def placeholders(message: str) -> frozenset[str]:
    """The names in braces that a message leaves to be filled in."""
    return frozenset(_PLACEHOLDER.findall(message))


def is_optional(key: Key) -> bool:
    """Whether a message may stay untranslated: headings, which fall back to the label inside a sentence."""
    context = key[0] or ""
    return context == "heading" or context.startswith("heading:")


def read_catalogue(tag: str, po_text: str, path: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """A file's catalogue and findings; no catalogue if its syntax is wrong.

    Fuzzy and obsolete messages count as untranslated: nobody has confirmed what they say.
    """
    messages, problems = parse_po(po_text)
    findings = [
        Diagnostic("catalogue-syntax", problem.message, Place(path), problem.help, position=problem.position)
        for problem in problems
    ]
    header = next((message for message in messages if message.key == (None, "")), None)
    rule: PluralRule | None = None
    if any(message.plural is not None and _is_translated(message) for message in messages):
        rule, found = read_plural_rule(tag, header, path)
        findings += found
    entries: dict[Key, Entry] = {}
    for message in messages:
        if message is not header and len(findings) < ENOUGH:
            entries[message.key], found = _read_entry(message, tag, rule, path)
            findings += found
    return (None if problems else Catalogue(tag, path, entries)), tuple(first(findings))


def merge(base: Catalogue | None, over: Catalogue | None) -> Catalogue | None:
    """A user's catalogue over ours, message by message; what the user left untranslated stays ours."""
    if base is None or over is None:
        return over if base is None else base
    given = {key: entry for key, entry in over.entries.items() if entry.forms or key not in base.entries}
    return Catalogue(over.tag, over.path, {**base.entries, **given})


def missing(catalogue: Catalogue | None, template: Catalogue, tag: str, path: str) -> Diagnostic | None:
    """One finding for all messages of the template that the language lacks, placed at its ``.po`` file.

    `catalogue` is None if there is no such file; `path` is where it is, or should be. Don't ask about a file
    with syntax errors: everything would be missing.
    """
    if tag.split("-", maxsplit=1)[0] == SOURCE_TAG:
        return None
    entries = catalogue.entries if catalogue else {}
    absent = [key for key, entry in template.entries.items() if _is_missing(key, entry, entries.get(key))]
    if not absent:
        return None
    named = ", ".join(described(key) for key in absent[:3]) + (" …" if len(absent) > 3 else "")
    said = f"{len(absent)} of {len(template.entries)} messages have no translation into '{tag}': {named}"
    advice = "translate them, and take the fuzzy mark off those that are right"
    return Diagnostic("catalogue-incomplete", said, Place(path), advice, position=Position(1, 1))


def _is_missing(key: Key, wanted: Entry, entry: Entry | None) -> bool:
    if is_optional(key) or (entry is not None and entry.faulty):
        return False
    return entry is None or not entry.forms or (entry.plural is None) != (wanted.plural is None)


def described(key: Key) -> str:
    """A message as findings name it, however long it is."""
    context, msgid = key
    short = msgid if len(msgid) <= 60 else msgid[:59] + "…"
    return f'"{short}"' + (f" ({context})" if context else "")


def _is_translated(message: Message) -> bool:
    return not message.fuzzy and any(part.text.strip() for part in message.translations)


def _read_entry(
    message: Message, tag: str, rule: PluralRule | None, path: str
) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """A message's entry, faulty if it has findings."""
    if not _is_translated(message):
        return Entry(message.line, message.plural), ()
    findings = tuple(_findings(message, tag, rule, path))
    if findings or (message.plural is not None and rule is None):
        return Entry(message.line, message.plural, faulty=True), findings
    forms = tuple(part.text for part in message.translations)
    expression = rule.expression if rule and message.plural is not None else ""
    return Entry(message.line, message.plural, forms, expression), ()


def _findings(message: Message, tag: str, rule: PluralRule | None, path: str) -> Iterator[Diagnostic]:
    if message.plural is not None and rule is not None:
        yield from _plural_findings(message, rule, path)
    for number, part in enumerate(message.translations):
        names_one = message.plural is not None and rule is not None and rule.names_one(number)
        yield from _placeholder_findings(message, part, path, {"n"} if names_one else set())
        if message.key[0] == "date":
            yield from _date_findings(part, tag, path)


def _plural_findings(message: Message, rule: PluralRule, path: str) -> Iterator[Diagnostic]:
    """A wrong number of forms, or forms left empty among others that aren't."""
    parts, last = message.translations, f"msgstr[{rule.count - 1}]"
    empty = [part for part in parts if not part.text.strip()]
    if len(parts) != rule.count:
        said = f"{described(message.key)} has plural forms to {parts[-1].keyword}, not to {last}"
        at = parts[min(len(parts) - 1, rule.count)]
    elif empty:
        said = f"{described(message.key)} has plural forms, but {empty[0].keyword} is empty"
        at = empty[0]
    else:
        return
    advice = f"the Plural-Forms of this file say nplurals={rule.count}: the last form is {last}"
    yield Diagnostic("catalogue-plural", said, Place(path), advice, position=at.position)


def _placeholder_findings(
    message: Message, part: Part, path: str, needless: Set[str]
) -> Iterator[Diagnostic]:
    """Placeholders that aren't the original's, and braces that aren't placeholders."""
    expected = placeholders(message.key[1]) | placeholders(message.plural or "")
    names = _PLACEHOLDER.findall(part.text)
    found = frozenset(names)
    if not part.text.strip() or (
        found == expected and part.text.count("{") == len(names) == part.text.count("}")
    ):
        return
    free = frozenset() if message.key[0] in _WITHOUT_READER else READER_WORDS
    stray = re.search(r"\{[^{}]*\}?|\}", _PLACEHOLDER.sub("", part.text))
    unknown, lacking = sorted(found - expected - free), sorted(expected - found - free - needless)
    listed = ", ".join(f"{{{name}}}" for name in sorted(expected))
    advice = f"the message has {listed or 'no placeholders'}"
    if unknown:
        near = did_you_mean(unknown[0], expected)
        said, at = f"unknown placeholder {{{unknown[0]}}}", part.find(f"{{{unknown[0]}}}")
        advice += f"; did you mean {{{near}}}?" if near and len(expected) > 1 else ""
    elif stray:
        said, at = f"'{stray[0]}' is not a placeholder", part.find(stray[0])
    elif lacking:
        said, at = f"placeholder {{{lacking[0]}}} is left out", part.position
    else:
        return
    said += f" in the translation of {described(message.key)}"
    yield Diagnostic("catalogue-placeholder", said, Place(path), advice, position=at)


def _date_findings(part: Part, tag: str, path: str) -> Iterator[Diagnostic]:
    """A pattern that would stop every page with a date."""
    locale = known_locale(tag)
    if locale is not None and not _is_date_pattern(part.text, locale):
        said = f'"{part.text}" is not a date pattern with day, month and year'
        advice = "a CLDR pattern has d, M (4), MMM (Apr) or MMMM (April), and y; words stand in single quotes"
        yield Diagnostic("catalogue-date", said, Place(path), advice, position=part.find(part.text))


def _is_date_pattern(pattern: str, locale: Locale) -> bool:
    """Whether a CLDR pattern shows day, month and year, nothing of a clock, and can be formatted."""
    import datetime as dt

    from babel.dates import format_date, tokenize_pattern

    fields = {str(value[0]) for kind, value in tokenize_pattern(pattern) if kind == "field"}
    if "d" not in fields or not fields & {"M", "L"} or not fields & {"y", "u"} or fields - set("GyuMLdEc"):
        return False
    try:
        format_date(dt.date(2023, 4, 30), pattern, locale=locale)
    except ValueError:
        return False
    return True
