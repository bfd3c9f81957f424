"""One language of a site: its messages, dates, lists, plurals, numbers and names.

A page's words come from a catalogue (``.po``, read by `read_catalogue`), everything that follows a rule of
the language from CLDR through Babel. Babel is imported by the functions that need it, because a build with
nothing to do must not pay for it.
"""

from __future__ import annotations

from policygen.language.catalogue import (
    READER_WORDS,
    SOURCE_TAG,
    Catalogue,
    Entry,
    Key,
    is_optional,
    merge,
    missing,
    placeholders,
    read_catalogue,
)
from policygen.language.durations import DURATION_MESSAGES, Duration, Unit, parse_duration
from policygen.language.speech import DATE_MESSAGE, Language
from policygen.language.tags import is_language_tag, known_locale, tag_problem
from policygen.language.unknown import Unknown, unknown_messages

__all__ = [
    "DATE_MESSAGE",
    "DURATION_MESSAGES",
    "READER_WORDS",
    "SOURCE_TAG",
    "Catalogue",
    "Duration",
    "Entry",
    "Key",
    "Language",
    "Unit",
    "Unknown",
    "is_language_tag",
    "is_optional",
    "known_locale",
    "merge",
    "missing",
    "parse_duration",
    "placeholders",
    "read_catalogue",
    "tag_problem",
    "unknown_messages",
]
