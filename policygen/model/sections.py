"""The sections of a policy page: their ids, titles, order, and the facts each one shows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from policygen.model.service import Service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygen.model.policy import ExtraSection, Policy


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `id` is its lasting address on the page, `title` a message in the context 'section'."""

    id: str
    title: str
    facts: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section("about", "About this policy", ("commitments", "agreement", "controller")),
    Section("scope", "What this policy covers", ("scope", "documents")),
    Section("definitions", "What our words mean", ("definitions",)),
    Section("data", "What we collect", ("data",)),
    Section("collection", "How we collect it", ("collection",)),
    Section("purposes", "What we use it for", ("purposes", "purpose_rules")),
    Section("recipients", "Who we share it with", ("recipients", "sharing_rules")),
    Section("storage", "Where we keep it", ("storage", "transfers")),
    Section("retention", "How long we keep it", ("retention",)),
    Section("security", "How we protect it", ("security",)),
    Section("breach", "Data incidents", ("breach",)),
    Section("rights", "{Your} rights", ("rights",)),
    Section("choices", "{Your} choices", ("choices",)),
    Section("visibility", "What others can see", ("visibility",)),
    Section("cookies", "Cookies", ("cookies",)),
    Section("logs", "Log files", ("logs",)),
    Section("children", "Minors", ("children",)),
    Section("delete-account", "Deleting {your} account", ("deletion",)),
    Section("messages", "Messages we send", ("messages",)),
    Section("embeds", "Content from other companies", ("embeds",)),
    Section("links", "Other sites and their policies", ("links",)),
    Section("changes", "Changes to this policy", ("changes",)),
    Section("contact", "Contact", ("contacts",)),
)


CHILDREN = "Children"
"""The title of the section on minors where its rules are for the younger of them only."""
_CHILDREN_UNDER = 16
USED_SERVICES = "Services we use"
"""The title of the section on recipients where the policy names only services it uses."""


def title_of(policy: Policy, section: Section) -> str:
    """A section's title, in the context 'section': it claims no more than the facts under it."""
    ages = [group.under for group in policy.children or () if group.under is not None]
    if section.id == "children" and ages and max(ages) <= _CHILDREN_UNDER:
        return CHILDREN
    if section.id == "recipients" and policy.recipients and all(fact.is_used for fact in policy.recipients):
        return USED_SERVICES
    return section.title


def has_facts(policy: Policy, section: Section) -> bool:
    """Whether a policy states anything that a section shows."""
    if any(getattr(policy, name) is not None for name in section.facts):
        return True
    return section.id == "about" and _is_described(policy)


def _is_described(policy: Policy) -> bool:
    """Whether more is said of the service than its name (in the title) and its imprint (at the end)."""
    # A service that couldn't be read is None; the loader has said so.
    said = [part.name for part in fields(Service) if getattr(policy.service, part.name, None) is not None]
    return bool({*said} - {"name", "imprint"})


def section_order(policy: Policy, wanted: Sequence[str] | None) -> tuple[Section | ExtraSection, ...]:
    """The sections a page shows, in order: those with facts, and the policy's own ones in their places."""
    known: Mapping[str, Section] = {section.id: section for section in SECTIONS}
    ids = [name for name in wanted if name in known] if wanted else list(known)
    shown: list[Section | ExtraSection] = [known[name] for name in ids if has_facts(policy, known[name])]
    for extra in policy.extra or ():
        shown.insert(_place(extra, shown, ids), extra)
    return tuple(shown)


def _place(extra: ExtraSection, shown: list[Section | ExtraSection], order: list[str]) -> int:
    """Before or after the section it names; where that one has no facts, where it would stand."""
    anchor = extra.before or extra.after
    for index, section in enumerate(shown):
        if section.id == anchor:
            return index if extra.before else index + 1 + _extras_after(shown, index)
    rank = order.index(anchor) if anchor in order else len(order)
    for index, section in enumerate(shown):
        if section.id in order and order.index(section.id) > rank:
            return index
    return len(shown)


def _extras_after(shown: list[Section | ExtraSection], index: int) -> int:
    """How many own sections already follow a section: the next one comes after them."""
    count = 0
    while index + 1 + count < len(shown) and not isinstance(shown[index + 1 + count], Section):
        count += 1
    return count
