"""A version to come takes effect on its day: not before by another release, and not if it was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from policygen.content import write_folder
from policygen.release import Order, Refused, open_desk, withdraw
from policygen.releases.archive import releases_folder
from policygen.releases.record import Weight
from policygen.releases.timeline import Timeline, timeline
from policygen.site import SiteFolder
from tests.releasing import release_today
from tests.small_site import POLICY, SETTINGS, make_site, read_site

FIRST, TODAY, DAY = date(2026, 11, 1), date(2026, 11, 21), date(2026, 12, 24)
COMING = "2026-11-21-1"
_WHY = {"en": "The day was wrong.", "vi": "Ngày bị sai."}
_NOTICE = {"content/site.yaml": f"{SETTINGS}changes: {{notice_days: 30}}\n"}


def say(site: Path, purposes: str, files: Mapping[str, str | bytes] | None = None) -> None:
    text = POLICY.replace("[analytics]", f"[{purposes}]")
    make_site(site, {"content/music/policy.yaml": text, **(files or {})})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a version in force and one to come, which says something else."""
    say(tmp_path, "analytics")
    release_today(tmp_path, "music", FIRST)
    say(tmp_path, "analytics, marketing")
    assert release_today(tmp_path, "music", TODAY, Order(effective=DAY)).name == COMING
    return tmp_path


def withdraw_today(site: Path, id: str, day: date) -> None:
    made = withdraw(open_desk(SiteFolder(site), "music", lambda _zone: day), id, _WHY)
    write_folder(site / releases_folder("music") / made.release.id, made.files)


def versions(site: Path, day: date) -> Timeline:
    services, findings = read_site(site, str(day))
    assert findings == ()
    return timeline(services["music"].archive.releases, day)


def in_force(site: Path, day: date) -> str:
    current = versions(site, day).current
    return current.id if current else ""


@pytest.mark.parametrize("effective", [None, DAY - timedelta(days=1)])
def test_what_is_to_come_is_not_brought_forward_by_another_release(
    site: Path, effective: date | None
) -> None:
    say(site, "analytics, marketing, security")
    with pytest.raises(Refused, match=f"{COMING} takes effect on {DAY}"):
        release_today(site, "music", TODAY, Order(effective=effective))


@pytest.mark.parametrize("effective", [DAY, DAY + timedelta(days=1)])
def test_another_release_may_take_effect_on_that_day_or_later(site: Path, effective: date) -> None:
    say(site, "analytics, marketing, security")
    later = release_today(site, "music", TODAY, Order(effective=effective)).name
    assert in_force(site, DAY - timedelta(days=1)) == "2026-11-01-1"
    assert in_force(site, effective) == later


def test_once_it_is_taken_back_the_text_in_force_can_be_changed(site: Path) -> None:
    withdraw_today(site, COMING, TODAY)
    say(site, "analytics, security")
    assert in_force(site, TODAY) == "2026-11-01-1"
    assert in_force(site, TODAY) != (made := release_today(site, "music", TODAY).name)
    assert in_force(site, TODAY) == in_force(site, DAY) == made


def test_corrected_before_its_day_it_never_takes_effect(site: Path) -> None:
    later = DAY + timedelta(days=7)
    correction = release_today(
        site, "music", TODAY, Order(effective=later, corrects=COMING, reason=_WHY)
    ).name
    states = {one.id: one.state.value for one in versions(site, DAY).versions}
    assert states == {"2026-11-01-1": "current", COMING: "skipped", correction: "upcoming"}
    assert in_force(site, later) == correction
    withdraw_today(site, correction, TODAY)
    assert in_force(site, DAY) == COMING


def test_corrected_once_it_is_in_force_it_stays_so_until_the_correction_is(site: Path) -> None:
    order = Order(effective=DAY + timedelta(days=9), corrects=COMING, reason=_WHY)
    correction = release_today(site, "music", DAY, order).name
    assert [in_force(site, DAY + timedelta(days=days)) for days in (0, 8, 9)] == [COMING, COMING, correction]


def test_a_correction_weighs_what_it_corrects_so_that_no_day_comes_nearer_than_announced(site: Path) -> None:
    say(site, "analytics, marketing", _NOTICE)
    sooner = Order(effective=TODAY + timedelta(days=29), corrects=COMING, reason=_WHY)
    with pytest.raises(Refused, match="announced too late"):
        release_today(site, "music", TODAY, sooner)
    order = Order(effective=TODAY + timedelta(days=30), corrects=COMING, reason=_WHY)
    correction = release_today(site, "music", TODAY, order).name
    (made,) = [one.release for one in versions(site, TODAY).versions if one.id == correction]
    assert made.weight is Weight.MATERIAL
