"""What a check looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policygen.diagnostics import Place
from policygen.model.kinds import walk
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings


@dataclass(frozen=True, slots=True)
class Case:
    """A policy, where it stands, and the day and site it is checked for."""

    policy: Policy
    place: Place
    settings: SiteSettings
    today: date
    values: Sequence[object] = field(init=False, repr=False)
    """Every model value of the policy."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", walk(self.policy))
