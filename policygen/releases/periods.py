"""Whether one period is longer than another, where that can be said at all: units are never converted."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DURATION = re.compile(r"(\d+) (minute|hour|day|working_day|week|month|year)")
_DAYS: Mapping[str, tuple[float, float]] = {
    "minute": (1 / 1440, 1 / 1440),
    "hour": (1 / 24, 1 / 24),
    "day": (1, 1),
    "working_day": (1, 4),
    "week": (7, 7),
    "month": (28, 31),
    "year": (365, 366),
}
"""How many days a unit can have: a month is no number of days, yet 13 months are longer than 30 days."""


def is_duration(key: str) -> bool:
    """Whether a frozen value is a number of units, not a word ('any_time')."""
    return _DURATION.fullmatch(key) is not None


def compared(old: str, new: str) -> str:
    """Whether a period is longer or shorter than another one, or whether that can't be said."""
    before, now = _days(old), _days(new)
    if before is None or now is None:
        return "changed"
    return "longer" if now[0] > before[1] else "shorter" if now[1] < before[0] else "changed"


def _days(key: str) -> tuple[float, float] | None:
    """The least and the most days of a period."""
    if key == "none":
        return (0, 0)
    found = _DURATION.fullmatch(key)
    if found is None:
        return None
    least, most = _DAYS[found[2]]
    return int(found[1]) * least, int(found[1]) * most
