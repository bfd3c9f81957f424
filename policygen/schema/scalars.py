"""Single values as patterns: dates, addresses, periods, regions, ids, texts.

Regular expressions here are those that Python and ECMAScript read alike; `$` is the very end, as in
ECMAScript. `patternErrorMessage` is no part of JSON Schema: editors show it in place of the expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from policygen.language import Unit
from policygen.loading.scalars import PATTERNS
from policygen.model.kinds import Email, LanguageTag, Phone, Region, Slug, Time, TimeZone, Url
from policygen.schema.words import Schema, enumeration, regions

NOT_NONE = "(?!none$)"
"""What begins the pattern of a field's text: there, `none` alone is a statement, not a text."""
NOT_BLANK = r"[\s\S]*\S[\s\S]*"
_HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_PORT = "(?:[0-5]?[0-9]{0,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_REST = r'[^\s<>"\\]*'
_URL = rf"[Hh][Tt][Tt][Pp][Ss]?://{_HOST}(?::{_PORT})?"


def pattern(expression: str, wanted: str, *examples: str) -> Schema:
    """A text that an expression matches whole, and what to say where it doesn't."""
    schema: Schema = {"type": "string", "pattern": f"^{expression}$", "patternErrorMessage": wanted}
    return {**schema, "examples": list(examples)} if examples else schema


def line(*, in_list: bool = False) -> Schema:
    """A text that isn't blank."""
    return pattern(("" if in_list else NOT_NONE) + NOT_BLANK, "a text, not blank and not `none`")


def slug(*, in_list: bool = False) -> Schema:
    """An id."""
    expression = ("" if in_list else NOT_NONE) + _whole(PATTERNS[Slug])
    return pattern(expression, "small letters a-z and digits, joined by - or _, as in mobile_app")


def site_address() -> Schema:
    """The address of a site: a path, and nothing after it."""
    wanted = "a whole web address that ends with its path, as in https://example.com/"
    return pattern(rf'{_URL}(?:/[^\s<>"\\?#]*)?', wanted)


def scalar(kind: Any, tags: Sequence[str]) -> Schema | None:
    """The schema of a type that is read from a string of its own form, or None if it is none."""
    make = _SCALARS.get(kind)
    if kind is LanguageTag and tags:
        return {**_language(), "examples": list(tags)}
    return make() if make else None


def _whole(expression: re.Pattern[str]) -> str:
    return expression.pattern.removesuffix(r"\Z")


def _url() -> Schema:
    wanted = "a whole web address, as in https://example.com/page"
    return pattern(rf"{_URL}(?:[/?#]{_REST})?", wanted, "https://example.com/privacy")


def _email() -> Schema:
    wanted = "an e-mail address alone, as in privacy@example.com"
    return pattern(_whole(PATTERNS[Email]), wanted, "privacy@example.com")


def _phone() -> Schema:
    wanted = 'a phone number in quotes with its country code, as in "+84 28 1234 5678"'
    return pattern(_whole(PATTERNS[Phone]), wanted, "+84 28 1234 5678")


def _date() -> Schema:
    expression = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    return pattern(expression, "year-month-day, as in 2026-11-21", "2026-11-21")


def _language() -> Schema:
    # The loader also asks whether CLDR knows the language.
    expression = (
        "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    )
    return pattern(expression, "a language tag, as in vi or pt-BR", "en", "vi")


def _time_zone() -> Schema:
    # The loader also asks the time zone database.
    expression = NOT_NONE + "[A-Za-z0-9][A-Za-z0-9_+.-]*(?:/[A-Za-z0-9][A-Za-z0-9_+.-]*)*"
    return pattern(expression, "a name of the IANA database, as in Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh")


def _region() -> Schema:
    names = regions()
    countries = "|".join(code for code in names if code not in {"EU", "EEA"})
    wanted = "a code, as in VN, US-CA or EU"
    part = pattern(f"(?:{countries})-[A-Z0-9]{{1,3}}", wanted, "US-CA")
    return {"anyOf": [{"title": "A country, or EU or EEA", **enumeration(names, wanted)}, part]}


def _time() -> Schema:
    units = "|".join(unit.replace("_", " +") for unit in get_args(Unit))
    expression = f"[1-9][0-9]{{0,5}} +(?:{units})s?(?: in advance)?"
    period = pattern(expression, "a period, as in 30 days or 30 days in advance", "30 days", "1 month")
    return {"anyOf": [{"$ref": "#/$defs/words.timing"}, period]}


_SCALARS: Mapping[Any, Callable[[], Schema]] = {
    Url: _url,
    Email: _email,
    Phone: _phone,
    date: _date,
    LanguageTag: _language,
    Region: _region,
    TimeZone: _time_zone,
    Time: _time,
}
