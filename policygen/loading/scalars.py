"""Single values: a piece of YAML to a date, an address, a text … or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from policygen.language import parse_duration, tag_problem
from policygen.model.kinds import Email, LanguageTag, Phone, Region, Slug, Time, TimeZone, Url
from policygen.vocabulary import VOCABULARIES


class ValueProblem(Exception):
    """Why a value can't be read: the finding's code, what was found, and what would be right."""

    def __init__(self, code: str, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


_AHEAD = " in advance"
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")
_EMAIL = re.compile(
    # Without the signs that mean something in a mailto: link.
    r"[A-Za-z0-9!$'*+/=^_`{|}~-]+(?:\.[A-Za-z0-9!$'*+/=^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z"
)
_PHONE = re.compile(r"\+?[0-9](?:[0-9 ().-]*[0-9])\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_HOST = re.compile(
    rf"(?:{_LABEL}\.)*(?!(?:0[Xx][0-9A-Fa-f]*|[0-9]+)\Z){_LABEL}\Z|{_BYTE}(?:\.{_BYTE}){{3}}\Z"
)
"""A host that ends in a number is one in browsers, too: `0x7f.1` would lead to 127.0.0.1."""
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?\Z")
_WIDE_REGIONS = frozenset({"EU", "EEA"})
_NO_COUNTRIES = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN"})
"""Codes that CLDR has names for, and that aren't countries."""
_LIKELY = {"UK": "GB"}


def read_url(value: str) -> Url:
    """An http or https address with a host name."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in {"http", "https"} or not _HOST.match(host) or re.search(r"[\s<>\"\\]", value):
        raise ValueProblem(
            "bad-url", f"`{value}` is not a web address", "write it whole, as in `https://example.com/page`"
        )
    if parts.username is not None:
        help = "leave out what stands before the @: whoever reads the page reads it, too"
        raise ValueProblem("bad-url", f"`{value}` holds a name or a password", help)
    return Url(value)


def read_email(value: str) -> Email:
    """An e-mail address, alone."""
    if not _EMAIL.match(value):
        raise ValueProblem(
            "bad-email", f"`{value}` is not an e-mail address", "write it alone, as in `privacy@example.com`"
        )
    return Email(value)


def read_phone(value: str) -> Phone:
    """A phone number."""
    if not _PHONE.match(value):
        help = 'write it in quotes with its country code, as in "+84 28 1234 5678"'
        raise ValueProblem("bad-phone", f"`{value}` is not a phone number", help)
    return Phone(value)


def read_date(value: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        if not _DATE.match(value):
            raise ValueError(value)  # noqa: TRY301 - fromisoformat takes other forms too
        return date.fromisoformat(value)
    except ValueError:
        help = "write year-month-day, as in 2026-11-21"
        if _DATE.match(value):
            help = "that month has no such day, or that year no such month"
        raise ValueProblem("bad-date", f"`{value}` is not a date", help) from None


def read_language(value: str) -> LanguageTag:
    """A language tag that Babel has locale data for."""
    if problem := tag_problem(value):
        raise ValueProblem("bad-language", f"`{value}` is not a known language tag", problem)
    return LanguageTag(value)


def read_region(value: str) -> Region:
    """A country, a subdivision of one, EU or EEA."""
    from babel import Locale

    known = Locale("en").territories

    def is_region(code: str) -> bool:
        return bool(_REGION.match(code)) and code[:2] in known and code[:2] not in _NO_COUNTRIES

    if value in _WIDE_REGIONS or is_region(value):
        return Region(value)
    near = _LIKELY.get(value.upper(), value.upper())
    help = (
        f"did you mean `{near}`?"
        if near in _WIDE_REGIONS or is_region(near)
        else "write a code, as in `VN`, `US-CA` or `EU`"
    )
    raise ValueProblem("bad-region", f"`{value}` is not a country or region code", help)


def read_time_zone(value: str) -> TimeZone:
    """A time zone of the IANA database."""
    from zoneinfo import ZoneInfo

    try:
        # What these are depends on the machine.
        zone = None if value.startswith(("localtime", "posixrules", "right/")) else ZoneInfo(value)
    except Exception:  # noqa: BLE001 - zoneinfo raises five kinds of errors for bad names
        zone = None
    if zone is None:
        help = "write a name of the IANA database, as in `Asia/Ho_Chi_Minh`"
        raise ValueProblem("bad-timezone", f"`{value}` is not a known time zone", help)
    return TimeZone(value)


def read_time(value: str) -> Time:
    """A duration, or a word for a time."""
    if value in VOCABULARIES["timing"]:
        return Time(word=value)
    period = value.removesuffix(_AHEAD)
    duration = parse_duration(period)
    if duration is None:
        words = ", ".join(word.key for word in VOCABULARIES["timing"])
        help = f"write a period with its unit, as in `30 days` or `30 days in advance`, or one of: {words}"
        raise ValueProblem("bad-time", f"`{value}` is not a time", help)
    return Time(duration=duration, ahead=period != value)


def read_slug(value: str) -> Slug:
    """A name that can stand in an address."""
    if not _SLUG.match(value):
        help = "use small letters a-z and digits, joined by - or _, as in `mobile_app`"
        raise ValueProblem("bad-id", f"`{value}` can't be an id", help)
    return Slug(value)


READERS: Mapping[Any, Callable[[str], object]] = {
    Url: read_url,
    Email: read_email,
    Phone: read_phone,
    date: read_date,
    LanguageTag: read_language,
    Region: read_region,
    TimeZone: read_time_zone,
    Time: read_time,
    Slug: read_slug,
}
"""Types that are read from a string."""

PATTERNS: Mapping[Any, re.Pattern[str]] = {Email: _EMAIL, Phone: _PHONE, Slug: _SLUG}
"""Types whose strings a regular expression tells from all others."""
