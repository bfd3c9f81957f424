"""`dangling-reference`: an id that points to no fact of the policy.

A retention rule, a recipient, a purpose or a right names other facts by their ids. An id that isn't there
would silently leave a fact out of the page.

`duplicate-id`: two facts with one id in different lists. Groups of data and the items in them share one set
of ids, because `data: [email]` must mean one thing; so do the rights of all groups, because an id is an
address on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic, did_you_mean, listed
from policygen.model import Policy, References, Term


def check(case: Case) -> Iterator[Diagnostic]:
    """Look every reference of the policy up."""
    known = known_ids(case.policy)
    yield from _duplicates(case.policy)
    for owner in case.values:
        for name, kind in _references(type(owner)):  # type: ignore[arg-type] # a class is hashable
            value = getattr(owner, name)
            if value is not None:
                yield from _dangling(case, value, kind, known)


@cache
def _references(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of fact that refer to others, and the list these stand in."""
    parts = fields(kind) if is_dataclass(kind) else ()
    return tuple((part.name, part.metadata["refers"]) for part in parts if part.metadata.get("refers"))


def known_ids(policy: Policy) -> Mapping[str, frozenset[str]]:
    """The ids that references can point to, by the list they stand in."""
    lists: dict[str, list[str]] = {
        name: [fact.id for fact in getattr(policy, name) or ()]
        for name in ("contacts", "purposes", "recipients", "retention")
    }
    lists["data"] = [fact.id for fact in _data(policy)]
    return {name: frozenset(ids) for name, ids in lists.items()}


def _data(policy: Policy) -> Iterator[Term]:
    for category in policy.data or ():
        yield category
        yield from category.items or ()


def _dangling(
    case: Case, references: References, kind: str, known: Mapping[str, frozenset[str]]
) -> Iterator[Diagnostic]:
    # A shared fact stands in another file than the policy that lacks what it refers to.
    where = "" if references.place.path == case.place.path else f" in {case.place.path}"
    if references.all and not known[kind]:
        message = f"`all` refers to nothing: there is nothing under `{kind}`{where}"
        yield Diagnostic("dangling-reference", message, references.place, f"state `{kind}`, or take this out")
    for index, name in enumerate(references.ids):
        if name not in known[kind]:
            near = did_you_mean(name, known[kind])
            ids = listed(known[kind]) or "there are none"
            help = f"did you mean `{near}`?" if near else f"ids under `{kind}`: {ids}"
            message = f"`{name}` is not the id of anything under `{kind}`{where}"
            yield Diagnostic("dangling-reference", message, references.place / index, help)


def _duplicates(policy: Policy) -> Iterator[Diagnostic]:
    rights = [list(group.rights or ()) for group in policy.rights or ()]
    # Two of one list are the loader's finding.
    data = [[category, *(category.items or ())] for category in policy.data or ()]
    for kind, lists in (("groups or items of data", data), ("rights", rights)):
        seen: set[str] = set()
        for facts in lists:
            for fact in facts:
                if fact.id in seen:
                    yield _duplicate(fact, kind)
            seen |= {fact.id for fact in facts}
    for category in policy.data or ():
        for item in category.items or ():
            if item.id == category.id:
                yield _duplicate(item, "groups or items of data")


def _duplicate(fact: Term, kind: str) -> Diagnostic:
    help = f"give it an id of its own, as in `{{id: other_{fact.id}, is: {fact.word}}}`"
    return Diagnostic("duplicate-id", f"`{fact.id}` is the id of two {kind}", fact.place, help)
