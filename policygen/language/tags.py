"""Which language tags a site can have: well-formed BCP 47, written canonically, known to CLDR.

Strict about case, because the tag becomes a folder of the site and a ``lang`` attribute, and strict about
what Babel makes of it: `Locale.parse` turns ``und`` into US English and drops a script it has no data for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<territory>[A-Z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)


def known_locale(tag: str) -> Locale | None:
    """Babel's locale of a language tag, or None if the tag is malformed or Babel has no data for it."""
    from babel import Locale, UnknownLocaleError

    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    try:
        locale = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    kept = locale.language == match["language"] and match["script"] in (None, locale.script)
    return locale if kept else None


def is_language_tag(tag: str) -> bool:
    """Whether a site can have a language of this tag."""
    return known_locale(tag) is not None


def tag_problem(tag: str) -> str | None:
    """Why a site can't have a language of this tag, or None if it can."""
    if is_language_tag(tag):
        return None
    canonical = _canonical(tag)
    if canonical != tag and is_language_tag(canonical):
        return f"language tags are written canonically: '{canonical}'"
    match = _TAG.fullmatch(tag)
    if match is None:
        return "a language tag looks like 'en', 'pt-BR' or 'zh-Hant'"
    if match["language"] != tag and is_language_tag(match["language"]):
        return f"the locale data has no '{tag}', only '{match['language']}'"
    return f"the locale data has no '{tag}'"


def _canonical(tag: str) -> str:
    """The tag with each part in the case BCP 47 recommends."""
    language, *rest = tag.replace("_", "-").split("-")
    by_length = {2: str.upper, 4: str.title}
    return "-".join((language.lower(), *(by_length.get(len(part), str.lower)(part) for part in rest)))
