"""What keeps a release from being made: words that some readers lack, and dates that can't be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from policygen.diagnostics import Diagnostic, Place
from policygen.release.desk import Desk, Order, Refused
from policygen.releases.record import Kind, Release, Weight
from policygen.site import policy_path
from policygen.source import deceptive
from policygen.source.encoding import forbidden


def known_releases(desk: Desk) -> str:
    """Which releases there are."""
    return (
        f"the releases are: {', '.join(version.id for version in desk.service.timeline.versions) or 'none'}"
    )


def check_words(desk: Desk, order: Order) -> None:
    """Refuse words that some readers would not get, and references to releases that there are not."""
    check_languages(desk, "--summary", order.summary)
    check_languages(desk, "--reason", order.reason, needed=order.corrects is not None)
    for tag in order.checked:
        if tag not in desk.tags:
            raise Refused(f"`{tag}` is not a language of this site", f"languages: {', '.join(desk.tags)}")
    if order.corrects and order.corrects not in {version.id for version in desk.service.timeline.versions}:
        raise Refused(f"there is no release {order.corrects} to correct", known_releases(desk))


def check_languages(desk: Desk, option: str, words: Mapping[str, str], *, needed: bool = False) -> None:
    """Refuse words in a language of no reader, or not in every reader's."""
    if unknown := words.keys() - {*desk.tags}:
        raise Refused(
            f"{option}: `{min(unknown)}` is not a language of this site", f"languages: {', '.join(desk.tags)}"
        )
    missing = [tag for tag in desk.tags if not words.get(tag, "").strip()]
    if missing and (words or needed):
        help = " ".join(f"{option} {tag}=…" for tag in missing)
        raise Refused(f"{option} is missing in {', '.join(missing)}", f"every reader gets it: add {help}")
    for tag, text in words.items():
        if (found := forbidden(text)) is not None:
            help = "delete it, or put a space or a line break in its place"
            raise Refused(f"{option} {tag}: no text may hold the character U+{ord(text[found]):04X}", help)
        for deceit in deceptive(text, option):
            raise Refused(f"{option} {tag}: {deceit.message}", deceit.help)


def check_dates(desk: Desk, made: Release) -> None:
    """Refuse dates that contradict others, or leave readers less time than the site promises."""
    today = desk.site.today
    place = Place(policy_path(desk.service.name))
    if made.date and made.date > today:
        help = "only --effective can be a day to come"
        raise Refused(f"--date {made.date} is after today ({today})", help)
    dated = [one for one in desk.archive.releases if one.date and one.kind is Kind.RELEASE]
    older = dated[-1].date if dated else None
    if made.date and older and made.date < older and not made.corrects:
        help = "the later a release, the later its date; a wrong date is mended with `--corrects`"
        raise Refused(f"--date {made.date} is before that of the last release, {older}", help)
    last = desk.archive.releases[-1] if desk.archive.releases else None
    if last and today < last.recorded:
        raise Refused(f"today ({today}) is before the last release ({last.recorded})", "is the clock right?")
    _check_upcoming(desk, made)
    days = desk.site.settings.changes.notice_days if desk.site.settings.changes else None
    if days is not None:
        _check_notice(made, today, days, place)


def _check_upcoming(desk: Desk, made: Release) -> None:
    """Today's text holds the changes of a version to come: they don't come into force before their day."""
    upcoming, start = desk.service.timeline.upcoming, made.effective or desk.site.today
    if upcoming is None or upcoming.start is None or start >= upcoming.start or made.corrects == upcoming.id:
        return
    message = f"{upcoming.id} takes effect on {upcoming.start}; its changes would be in force from {start}"
    help = f"use `--effective {upcoming.start}` or later, or first take it back: `--withdraws {upcoming.id}`"
    raise Refused(message, help)


def _check_notice(made: Release, today: date, days: int, place: Place) -> None:
    due = today + timedelta(days=days)
    start = made.effective or today
    if made.weight is Weight.MATERIAL and start < due:
        message = f"a material change takes effect on {start}: that is less than {days} days from today"
        help = f"use `--effective {due}` or later, or --editorial if it changes nothing for readers"
        finding = Diagnostic("short-notice", message, place, help)
        raise Refused("the change is announced too late", None, (finding,))
