"""`unknown-section`, `hidden-section`, `two-places` and `duplicate-id`: what can be wrong with sections.

A list of sections is an order, not a choice: a section that has facts must be in it, because leaving one out
would hide facts from readers. A section of the policy's own stands before or after one other section, and its
id, being an address on the page, is nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic, Place, did_you_mean
from policygen.model.policy import ExtraSection
from policygen.model.sections import SECTIONS, has_facts

_IDS = tuple(section.id for section in SECTIONS)
_TAKEN = frozenset({*_IDS, "main", "contents", "at-a-glance", "flow-title", "transfers", "history"})
"""Addresses on the page that are no fact's."""
_PREFIXES = (
    "children-", "collection-", "contact-", "cookie-", "cookies-", "data-", "definition-", "delete-account-",
    "message-", "purpose-", "recipient-", "retention-", "right-", "rights-", "security-",
    "storage-", "visibility-",
)  # fmt: skip
"""How the addresses of facts begin."""


def check(case: Case) -> Iterator[Diagnostic]:
    """Check the order in force, and the places of the policy's own sections."""
    order = case.policy.sections or case.settings.sections
    if order is not None:
        place = case.place / "sections" if case.policy.sections else Place("content/site.yaml", ("sections",))
        yield from _order(case, order, place)
    seen: set[str] = set()
    for index, extra in enumerate(case.policy.extra or ()):
        yield from _extra(extra, case.place / "extra" / index, seen)
        seen.add(extra.id)


def _extra(extra: ExtraSection, place: Place, seen: Set[str]) -> Iterator[Diagnostic]:
    if extra.id in seen:
        message = f"`{extra.id}` is the id of two sections"
        yield Diagnostic("duplicate-id", message, place / "id", "take another id")
    elif extra.id and (extra.id in _TAKEN or extra.id.startswith(_PREFIXES)):
        message = f"`{extra.id}` is an address that the page has already"
        yield Diagnostic("duplicate-id", message, place / "id", "take another id")
    if extra.before and extra.after:
        message = "a section can't stand in two places"
        yield Diagnostic("two-places", message, place / "after", "keep `before` or `after`", on_key=True)
    for key, name in (("before", extra.before), ("after", extra.after)):
        if name and name not in _IDS:
            yield _unknown(name, place / key)


def _order(case: Case, order: Sequence[str], place: Place) -> Iterator[Diagnostic]:
    for index, name in enumerate(order):
        if name not in _IDS:
            yield _unknown(name, place / index)
    for section in SECTIONS:
        if section.id not in order and has_facts(case.policy, section):
            message = f"the order leaves out `{section.id}`, which has facts in {case.place.path}"
            help = f"put `{section.id}` where it should stand"
            yield Diagnostic("hidden-section", message, place, help, on_key=True)


def _unknown(name: str, place: Place) -> Diagnostic:
    near = did_you_mean(name, _IDS)
    help = f"did you mean `{near}`?" if near else f"the sections are {', '.join(_IDS)}"
    return Diagnostic("unknown-section", f"there is no section `{name}`", place, help)
