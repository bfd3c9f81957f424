"""How long something lasts, in the unit it was stated in.

A policy that says "one month" doesn't say "30 days": the unit is part of the fact and is never converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["minute", "hour", "day", "working_day", "week", "month", "year"]

DURATION_CONTEXT = "duration"
DURATION_MESSAGES: Mapping[Unit, tuple[str, str]] = MappingProxyType(
    {
        "minute": ("{n} minute", "{n} minutes"),
        "hour": ("{n} hour", "{n} hours"),
        "day": ("{n} day", "{n} days"),
        "working_day": ("{n} working day", "{n} working days"),
        "week": ("{n} week", "{n} weeks"),
        "month": ("{n} month", "{n} months"),
        "year": ("{n} year", "{n} years"),
    }
)
"""Singular and plural message of each unit, all in the context ``duration``."""

_DURATION = re.compile(r"([1-9][0-9]{0,5}) +(minute|hour|working +day|day|week|month|year)s?")


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of one unit, as the policy states it."""

    amount: int
    unit: Unit


def parse_duration(text: str) -> Duration | None:
    """The duration an author wrote ("30 days", "1 month", "10 working days"), or None if it isn't one."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    return Duration(int(match[1]), cast("Unit", "_".join(match[2].split())))
