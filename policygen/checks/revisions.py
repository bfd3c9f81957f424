"""`revision-order` and `future-revision`: dates that can't be true.

A revision can't be recorded before the company dated it, two revisions can't be recorded on one day in two
orders, and none can be recorded in the future. An effective date may lie ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic, Place
from policygen.model.policy import Revision


def check(case: Case) -> Iterator[Diagnostic]:
    """Compare every revision with today and with the others."""
    place = case.place / "revisions"
    stated = enumerate(case.policy.revisions or ())
    numbered = [(index, revision) for index, revision in stated if _recorded(revision)]
    for index, revision in numbered:
        yield from _alone(revision, place / index, case)
    for (_, older), (index, newer) in pairwise(sorted(numbered, key=lambda pair: pair[1].recorded)):
        if older.recorded == newer.recorded:
            message = f"two revisions are recorded on {newer.recorded}"
            yield Diagnostic("revision-order", message, place / index / "recorded", "keep one of them")
        elif older.date and newer.date and newer.date < older.date:
            message = f"dated {newer.date}, but a revision recorded earlier is dated {older.date}"
            help = "the later a revision is recorded, the later its date"
            yield Diagnostic("revision-order", message, place / index / "date", help)


def _recorded(revision: Revision) -> date | None:
    """When it was recorded; None where the loader couldn't read it, and has said so."""
    return revision.recorded


def _alone(revision: Revision, place: Place, case: Case) -> Iterator[Diagnostic]:
    for name, day in (("recorded", revision.recorded), ("date", revision.date)):
        if day and day > case.today:
            message = f"{day} is after today ({case.today})"
            help = "write the day it was, or is; only `effective` can be a day to come"
            yield Diagnostic("future-revision", message, place / name, help)
    if revision.date and revision.recorded < revision.date <= case.today:
        message = f"recorded on {revision.recorded}, before its own date {revision.date}"
        yield Diagnostic("revision-order", message, place / "recorded", "record it on its date or later")
