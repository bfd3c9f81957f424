"""Which day it is: the only module that asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def today(given: date | None, environment: Mapping[str, str], zone: str | None) -> date:
    """The day given, else that of SOURCE_DATE_EPOCH, else the day it is now in the site's time zone (or UTC).

    Raises ValueError if SOURCE_DATE_EPOCH is no number of seconds.
    """
    if given is not None:
        return given
    place = ZoneInfo(zone) if zone else UTC
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), place).date()
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch!r}") from None
    return datetime.now(place).date()
