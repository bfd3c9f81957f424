"""The versions of a policy in time: which one is in force on a day, which are past, which one comes.

Only what is stated is claimed: a version without an effective date is never said to be in force from a day,
only to be published here from the day it was recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policygen.releases.record import Kind, Release


class State(StrEnum):
    """Where a version stands on a day."""

    UPCOMING = "upcoming"
    CURRENT = "current"
    PAST = "past"
    SKIPPED = "skipped"
    """Replaced or corrected by a later release before its day came."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Version:
    """A release that has a text, in time.

    `number` counts releases from 1; an archived older text has none. `start` is None where an archived text
    states no date; `end` is the day another version took its place, or will.
    """

    release: Release
    number: int | None
    start: date | None
    end: date | None
    state: State
    corrected_by: Release | None = None
    withdrawn_by: Release | None = None

    @property
    def id(self) -> str:
        """The name of its release's folder."""
        return self.release.id


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions of one policy, the oldest first, as they stand on a day."""

    versions: tuple[Version, ...] = ()

    @property
    def current(self) -> Version | None:
        """The version in force, the last one that has begun; None if the first is still to come."""
        begun = [version for version in self.versions if version.state is State.CURRENT]
        return begun[0] if begun else None

    @property
    def upcoming(self) -> Version | None:
        """The next version to come into force."""
        coming = (version for version in self.versions if version.state is State.UPCOMING)
        return min(coming, key=lambda version: version.start or date.max, default=None)

    @property
    def newest(self) -> Version | None:
        """The version that was released last and still stands: today's text is compared with it."""
        released = [one for one in self.versions if one.release.kind is Kind.RELEASE]
        return next((one for one in reversed(released) if one.state is not State.WITHDRAWN), None)

    def before(self, version: Version) -> Version | None:
        """The version before, whatever became of it."""
        index = self.versions.index(version)
        return self.versions[index - 1] if index else None

    def after(self, version: Version) -> Version | None:
        """The version after."""
        index = self.versions.index(version) + 1
        return self.versions[index] if index < len(self.versions) else None


def timeline(releases: Sequence[Release], today: date) -> Timeline:
    """The versions of a chain of releases (the oldest first) as they stand on a day."""
    withdrawn = {release.withdraws: release for release in releases if release.withdraws}
    corrected = {one.corrects: one for one in releases if one.corrects and one.id not in withdrawn}
    numbers = {
        release.id: number
        for number, release in enumerate((one for one in releases if one.kind is Kind.RELEASE), start=1)
    }
    texts = _in_order(releases)
    # Corrected before its day came, a version never takes effect.
    skipped = {one.id for one in texts if one.id in corrected and corrected[one.id].recorded < _day(one)}
    standing = [release for release in texts if release.id not in withdrawn.keys() | skipped]
    begun = [release for release in standing if _start(release) is None or _day(release) <= today]
    current = begun[-1] if begun else None
    return Timeline(
        tuple(
            Version(
                release,
                numbers.get(release.id),
                _start(release),
                _end(release, standing, withdrawn),
                _state(release, current, standing, withdrawn),
                corrected.get(release.id),
                withdrawn.get(release.id),
            )
            for release in texts
        )
    )


def _in_order(releases: Sequence[Release]) -> list[Release]:
    """Older texts by their dates, then releases as they were recorded."""
    imports = [release for release in releases if release.kind is Kind.IMPORT]
    return sorted(imports, key=_day) + [release for release in releases if release.kind is Kind.RELEASE]


def _start(release: Release) -> date | None:
    if release.kind is Kind.IMPORT:
        return release.effective or release.date
    return release.effective or release.recorded


def _day(release: Release) -> date:
    return _start(release) or date.min


def _successor(release: Release, standing: Sequence[Release]) -> Release | None:
    """The version that takes its place: the first later one that begins, unless a later still is first."""
    later = standing[standing.index(release) + 1 :]
    return min(later, key=_day, default=None)


def _end(release: Release, standing: Sequence[Release], withdrawn: dict[str, Release]) -> date | None:
    if release.id in withdrawn:
        return withdrawn[release.id].recorded
    successor = _successor(release, standing) if release in standing else None
    return max(_day(successor), _day(release)) if successor else None


def _state(
    release: Release, current: Release | None, standing: Sequence[Release], withdrawn: dict[str, Release]
) -> State:
    if release.id in withdrawn:
        return State.WITHDRAWN
    if release is current:
        return State.CURRENT
    if release not in standing:
        return State.SKIPPED
    successor = _successor(release, standing)
    if successor and _day(successor) <= _day(release) and successor.recorded < _day(release):
        return State.SKIPPED
    is_past = current is not None and standing.index(release) < standing.index(current)
    return State.PAST if is_past else State.UPCOMING
