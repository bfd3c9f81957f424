"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.diagnostics import Place
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings


@dataclass(frozen=True, slots=True)
class Case:
    """A policy, where it stands, and the day and site it is checked for."""

    policy: Policy
    place: Place
    settings: SiteSettings
    today: date
