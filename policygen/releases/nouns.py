"""What the fields of a fact are called in a list of changes, and what kind of change each makes.

Nouns stand inside a line, as messages in the context 'field'. A field has a row of its own for a kind of fact
('recipients.data'), or one for all kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its noun, and the kinds of change that a value added, removed or changed makes."""

    noun: str
    added: str
    removed: str
    changed: str


def _field(noun: str, added: str, removed: str | None = None, changed: str | None = None) -> Field:
    return Field(noun, added, removed or added, changed or added)


_CONTACT = ("name", "email", "phone", "form", "address", "website")
_COLLECTED = {"source": "ways of collection", "when": "times of collection", "from": "origins"}
_OPEN = ("list-opened", "list-closed")

FIELDS: Mapping[str, Field] = {
    # What every fact can carry.
    "force": _field("certainty", "certainty-changed"),
    "if": _field("condition", "condition-changed"),
    "unless": _field("exception", "condition-changed"),
    "applies.regions": _field("countries or regions", "reach-changed"),
    "applies.platforms": _field("platforms", "reach-changed"),
    "applies.ages.from": _field("lowest age", "reach-changed"),
    "applies.ages.under": _field("age limit", "reach-changed"),
    "wording": _field("wording", "wording"),
    "detail": _field("note", "note-added", "note-removed", "wording"),
    "is": _field("kind", "role-changed"),
    "name": _field("name", "name-changed"),
    "label": _field("words", "name-changed"),
    "open": _field("the list only gives examples", *_OPEN),
    "time": _field("time limit", "deadline-changed"),
    "channels": _field("ways", "way-changed"),
    "how": _field("ways", "way-changed"),
    "contact": _field("contacts to turn to", "way-changed"),
    "url": _field("address", "way-changed"),
    "policy": _field("privacy policy of that company", "other-policy-changed"),
    "countries": _field("countries", "country-changed"),
    "purposes": _field("purposes", "purposes-added", "purposes-removed"),
    "data": _field("data", "covered-data-changed"),
    "recipients": _field("recipients", "data-recipient-added", "data-recipient-removed"),
    "regime": _field("law", "law-changed"),
    "people": _field("people", "people-changed"),
    "criteria": _field("criteria for keeping", "retention-changed"),
    # The policy and its service.
    "policy.open": _field("lists that only give examples", *_OPEN),
    "policy.prevailing_language": _field("language that prevails", "prevailing-language-changed"),
    "service.name": _field("name", "service-renamed"),
    "service.kinds": _field("kinds", "service-changed"),
    "service.regions": _field("countries or regions on offer", "service-changed"),
    "service.addresses": _field("web addresses", "service-details-changed"),
    "service.also_called": _field("other names", "service-details-changed"),
    "service.imprint": _field("closing line", "service-details-changed"),
    "service.stores.url": _field("address", "service-details-changed"),
    "controller.legal_name": _field("registered name", "controller-changed"),
    "controller.short_name": _field("short name", "controller-details-changed"),
    "controller.address": _field("postal address", "controller-changed"),
    "controller.country": _field("country", "controller-changed"),
    "controller.registration": _field("registration number", "controller-changed"),
    **{f"contacts.{key}": _field(noun, "contact-changed") for key, noun in zip(
        _CONTACT, ("name", "email", "phone", "form", "postal address", "website"), strict=True)},
    "contacts.topics": _field("subjects", "contact-details-changed"),
    "contacts.hours": _field("hours", "contact-details-changed"),
    "contacts.languages": _field("languages", "contact-details-changed"),
    "contacts.response": _field("response time", "deadline-changed"),
    "scope.people": _field("people covered", "scope-changed"),
    "scope.covers": _field("matters covered", "scope-changed"),
    "scope.excludes": _field("matters not covered", "scope-changed"),
    "documents.url": _field("address", "document-address-changed"),
    "documents.prevails": _field("text that prevails", "document-changed"),
    "documents.defines_terms": _field("explains words of the policy", "document-changed"),
    "definitions.meaning": _field("meaning", "definition-changed"),
    "definitions.includes": _field("examples", "definition-changed"),
    # Data, purposes, recipients.
    **{f"{kind}.{key}": _field(noun, "collection-changed") for kind in ("data", "data.items", "collection")
       for key, noun in _COLLECTED.items()},
    "data.means": _field("places where it arises", "collection-changed"),
    "collection.means": _field("technical means", "collection-changed"),
    "collection.data": _field("data", "collection-changed"),
    "data.need": _field("duty to give it", "need-changed"),
    "data.items.need": _field("duty to give it", "need-changed"),
    "sensitive": _field("called sensitive", "sensitivity-changed"),
    "bases": _field("legal basis", "legal-basis-changed"),
    "interest": _field("legitimate interest", "legal-basis-changed"),
    "data.purposes": _field("purposes", "data-use-added", "data-use-removed"),
    "data.items.purposes": _field("purposes", "data-use-added", "data-use-removed"),
    "purposes.data": _field("data", "data-use-added", "data-use-removed"),
    "recipients.data": _field("data", "data-recipient-added", "data-recipient-removed"),
    "data.retention": _field("retention periods", "retention-changed"),
    "data.items.retention": _field("retention periods", "retention-changed"),
    "recipients.acts": _field("kind of disclosure", "sharing-changed"),
    # How long data is kept, and what becomes of it.
    "retention.time": _field(
        "retention period", "retention-changed", "retention-changed", "retention-changed"),
    "retention.data": _field("data", "retention-changed"),
    "retention.after": _field("beginning of the period", "retention-changed"),
    "retention.only": _field("kept only as long as the criteria hold", "retention-changed"),
    "retention.depends_on": _field("factors of the period", "retention-changed"),
    "retention.ending": _field("treatment afterwards", "retention-changed"),
    "retention.examples": _field("examples of the data", "examples-changed"),
    "deletion.keeps.time": _field("retention period", "retention-changed"),
    "deletion.path": _field("path in the app", "way-changed"),
    "deletion.deletes": _field("data deleted", "deletion-changed"),
    # What readers can do, and particular subjects.
    "when": _field("time of use", "way-changed"),
    "fee": _field("cost", "fee-changed"),
    "visibility.items": _field("visible data", "visibility-changed"),
    "cookies.purposes": _field("purposes", "purposes-added", "purposes-removed"),
    "cookies.list_open": _field("the list only gives examples", *_OPEN),
    "cookies.list.kind": _field("kind", "cookie-changed"),
    "cookies.list.provider": _field("company that sets it", "cookie-changed"),
    "cookies.list.duration": _field("lifetime", "retention-changed"),
    "needed": _field("needed", "need-changed"),
    "children.under": _field("age limit", "age-changed"),
    "messages.examples": _field("examples", "examples-changed"),
    "can_stop": _field("can be switched off", "stopping-changed"),
    "until": _field("event that ends it", "stopping-changed"),
    "embeds.providers.content": _field("content", "embed-changed"),
    "extra.text": _field("text", "section-changed"),
}  # fmt: skip
UNKNOWN_FIELD = _field("details", "fact-changed")
"""A field that today's model no longer has."""

SUBJECTS: Mapping[str, str] = {
    "policy": "this policy",
    "service": "service",
    "controller": "company responsible",
    "contacts": "contacts",
    "scope": "scope",
    "data": "data collected",
    "purposes": "purposes",
    "recipients": "recipients",
    "storage": "storage places",
    "transfers": "transfers to other countries",
    "retention": "retention periods",
    "security": "security",
    "rights": "rights",
    "choices": "choices",
    "visibility": "what others see",
    "cookies": "cookies",
    "logs": "log files",
    "children": "minors",
    "deletion": "deletion of accounts",
    "deletion.keeps": "what is kept after an account is deleted",
    "messages": "messages",
    "embeds": "embedded content",
    "links": "links to other sites",
}
"""What a part of a policy is called: where its facts have no name, or where it is stated as none."""
