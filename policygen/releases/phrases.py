"""What a list of changes is said with: whole messages, so that every language can say them its own way.

A message in the context 'change list' is a line of the list or a part of one; one in the context 'field' is a
noun inside a line. Names and sentences of the policy stand in for the placeholders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygen.releases.nouns import FIELDS, SUBJECTS, UNKNOWN_FIELD, Field
from policygen.vocabulary import VOCABULARIES

CONTEXT = "change list"
NOUN = "field"


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact with an identity: its kind of change (with '-added' or '-removed' after it) and its messages."""

    kind: str
    added: str
    removed: str


ENTRIES: Mapping[str, Listed] = {
    "controller": Listed(
        "controller", "Company responsible now stated: {name}", "Company responsible no longer stated: {name}"
    ),
    "contacts": Listed("contact", "New contact: {name}", "Contact removed: {name}"),
    "commitments": Listed("commitment", "New promise: {name}", "Promise removed: {name}"),
    "agreement": Listed(
        "agreement", "New rule on accepting the policy: {name}",
        "Rule on accepting the policy removed: {name}"
    ),
    "scope": Listed(
        "scope", "The policy now says what it covers.", "The policy no longer says what it covers."
    ),
    "documents": Listed("document", "New related document: {name}", "Related document removed: {name}"),
    "definitions": Listed("definition", "New definition: {name}", "Definition removed: {name}"),
    "data": Listed("data-group", "New group of data: {name}", "Group of data removed: {name}"),
    "data.items": Listed("data", "New kind of data: {name}", "Kind of data removed: {name}"),
    "collection": Listed(
        "collection-method", "New way of collecting data: {name}", "Way of collecting data removed: {name}"
    ),
    "purposes": Listed("purpose", "New purpose: {name}", "Purpose removed: {name}"),
    "purpose_rules": Listed(
        "purpose-limit", "New limit on use: {name}", "Limit on use removed: {name}"
    ),
    "recipients": Listed("recipient", "New recipient: {name}", "Recipient removed: {name}"),
    "sharing_rules": Listed(
        "sharing-rule", "New rule on sharing: {name}", "Rule on sharing removed: {name}"
    ),
    "storage": Listed("storage-place", "New storage place: {name}", "Storage place removed: {name}"),
    "transfers": Listed(
        "transfer", "New transfer to other countries: {name}", "Transfer to other countries removed: {name}"
    ),
    "retention": Listed("retention-rule", "New retention period: {name}", "Retention period removed: {name}"),
    "security": Listed(
        "security", "The policy now says how data is protected.",
        "The policy no longer says how data is protected.",
    ),
    "security.measures": Listed(
        "security-measure", "New security measure: {name}", "Security measure removed: {name}"
    ),
    "security.limits": Listed(
        "security-limit", "New limit on what security can promise: {name}",
        "Limit on what security can promise removed: {name}",
    ),
    "security.your_part": Listed(
        "reader-duty", "New duty on keeping data safe: {name}", "Duty on keeping data safe removed: {name}"
    ),
    "breach": Listed(
        "breach-action", "New step after a data incident: {name}",
        "Step after a data incident removed: {name}"
    ),
    "rights": Listed("rights-group", "New group of rights: {name}", "Group of rights removed: {name}"),
    "rights.rights": Listed("right", "New right: {name}", "Right removed: {name}"),
    "choices": Listed("choice", "New choice: {name}", "Choice removed: {name}"),
    "visibility": Listed(
        "audience", "Data can now be seen by: {name}", "No longer named as seeing data: {name}"
    ),
    "cookies": Listed(
        "cookies", "The policy now says how cookies are used.",
        "The policy no longer says how cookies are used."
    ),
    "cookies.facts": Listed(
        "cookie-statement", "New statement on cookies: {name}", "Statement on cookies removed: {name}"
    ),
    "cookies.list": Listed("cookie", "New cookie: {name}", "Cookie removed: {name}"),
    "cookies.refuse": Listed(
        "cookie-choice", "New way to refuse cookies: {name}", "Way to refuse cookies removed: {name}"
    ),
    "logs": Listed(
        "logs", "The policy now says how log files are used.",
        "The policy no longer says how log files are used."
    ),
    "logs.facts": Listed(
        "log-statement", "New statement on log files: {name}", "Statement on log files removed: {name}"
    ),
    "children": Listed("child-rules", "New rules on minors: {name}", "Rules on minors removed: {name}"),
    "children.rules": Listed("child-rule", "New rule on minors: {name}", "Rule on minors removed: {name}"),
    "deletion": Listed(
        "deletion", "The policy now says how accounts are deleted.",
        "The policy no longer says how accounts are deleted.",
    ),
    "deletion.ways": Listed(
        "deletion-way", "New way to delete or close: {name}", "Way to delete or close removed: {name}"
    ),
    "deletion.keeps": Listed(
        "kept-data", "Now kept after an account is deleted: {name}",
        "No longer named as kept after an account is deleted: {name}",
    ),
    "messages": Listed("message", "New kind of message: {name}", "Kind of message removed: {name}"),
    "embeds": Listed(
        "embeds", "The policy now says what content of other companies is shown.",
        "The policy no longer says what content of other companies is shown.",
    ),
    "embeds.providers": Listed(
        "embed", "New provider of embedded content: {name}", "Provider of embedded content removed: {name}"
    ),
    "embeds.facts": Listed(
        "embed-statement", "New statement on embedded content: {name}",
        "Statement on embedded content removed: {name}",
    ),
    "links": Listed(
        "link-statement", "New statement on links to other sites: {name}",
        "Statement on links to other sites removed: {name}",
    ),
    "changes": Listed(
        "change-rule", "New rule on changes to the policy: {name}",
        "Rule on changes to the policy removed: {name}",
    ),
    "extra": Listed("section", "New section: {name}", "Section removed: {name}"),
    "service.stores": Listed("store", "Now offered in: {name}", "No longer named as offered in: {name}"),
    "effects": Listed("effect", "New consequence: {name}", "Consequence removed: {name}"),
    "if_not_given": Listed(
        "not-given", "New consequence of not giving data: {name}",
        "Consequence of not giving data removed: {name}",
    ),
    "safeguards": Listed("safeguard", "New safeguard: {name}", "Safeguard removed: {name}"),
}  # fmt: skip
"""What is said of a fact that is added or removed, by its kind, else by the last part of its kind."""

UNKNOWN_ENTRY = Listed("fact", "New: {name}", "Removed: {name}")
"""A fact of a kind that today's model no longer has, or that has no messages of its own."""

CHOICES: Mapping[str, str] = {
    "force.does": "certain",
    "force.may": "possible",
    "force.never": "ruled out",
    "acts.share": "sharing",
    "acts.transfer": "transfer",
    "acts.publish": "publication",
    "acts.use": "use of its service",
    "prevails.policy": "this policy",
    "prevails.document": "that document",
    "open.data": "data collected",
    "open.purposes": "purposes",
    "open.recipients": "recipients",
    "true": "yes",
    "false": "no",
    "unstated": "not stated",
    "none": "none",
    "time.none": "not kept",
    "fee.none": "free of charge",
    "all.data": "all data",
    "all.purposes": "all purposes",
    "all.recipients": "all recipients",
    "all.retention": "all retention periods",
    "all.contacts": "all contacts",
}
"""The words of values that have none of their own."""

LINES: Mapping[str, str] = {
    "changed": "{name}: {field} now {new} (before: {old})",
    "added": "{name}: {field} added: {items}",
    "removed": "{name}: {field} removed: {items}",
    "flag": "{name}: {field}: {new} (before: {old})",
    "prose": "{name}: {field} changed",
    "prose added": "{name}: {field} added",
    "prose removed": "{name}: {field} removed",
    "none": "Now stated as none: {field}",
    "not none": "No longer stated as none: {field}",
    "nothing kept": "The policy now says that no data is kept.",
    "not nothing kept": "The policy no longer says that no data is kept.",
    "no security": "The policy now says that no security measures are taken.",
    "not no security": "The policy no longer says that no security measures are taken.",
    "renamed": "Changed from {old} to {new}",
    "moved": "{name}: now listed under {new} (before: {old})",
    "service": "The service is now called {new} (before: {old})",
    "use": "{name}: used to {items}",
    "use added": "{name}: now also used to {items}",
    "use removed": "{name}: no longer used to {items}",
    "recipient": "{name}: goes to {items}",
    "recipient added": "{name}: now also goes to {items}",
    "recipient removed": "{name}: no longer goes to {items}",
    "kept": "{name}: kept {new} instead of {old}",
    "lasts": "{name}: lasts {new} instead of {old}",
    "minimum age": "Minimum age {old} → {new}",
    "age": "{name}: rules now for people under {new} (before: under {old})",
    "does>may": "{name}: now stated as possible, no longer as certain",
    "does>never": "{name}: now ruled out",
    "may>does": "{name}: now stated as certain, no longer as possible only",
    "may>never": "{name}: now ruled out, no longer stated as possible",
    "never>does": "{name}: no longer ruled out, now stated as certain",
    "never>may": "{name}: no longer ruled out, now stated as possible",
    "never": "Now ruled out: {name}",
    "no never": "No longer ruled out: {name}",
    "denied": "Now stated as not possible: {name}",
    "no denied": "No longer stated as not possible: {name}",
    "list opened": "{name}: the list now only gives examples; there can be others",
    "list closed": "{name}: the list no longer says that it only gives examples",
    "sensitive": "{name}: now called sensitive",
    "not sensitive": "{name}: no longer called sensitive",
    "wording": "Wording changed: {items}",
    "wording in": "Wording changed ({languages}): {items}",
    "wordings": "Wording changed in {n} places, among them: {items}",
    "wordings in": "Wording changed in {n} places ({languages}), among them: {items}",
    "only wording": "Only the wording changed.",
    "now in": "The policy is now also published in {language}.",
    "only in": "Only the {changed} text changed; the {unchanged} text did not.",
    "with": "{name} ({details})",
    "under": "under {value}",
    "criteria": "as long as {value}",
    "only criteria": "only as long as {value}",
    "quoted": "“{words}”",
}
"""The lines of a list and their parts, by what they are for."""

NONES: Mapping[str, tuple[str, str]] = {
    "retention": ("nothing kept", "not nothing kept"),
    "security": ("no security", "not no security"),
}
"""Parts whose "none" could be read as something else: the lines for where it is stated, and is no more."""

HEDGES = ("{item} (possibly)", "{item}, if {condition}", "{item} (on conditions)", "{item} (with exceptions)",
          "{item} (only for some)")  # fmt: skip
"""As `policygen.render.glance` says them, without a context."""


def entry_phrases(kind: str) -> Listed:
    """What is said of a fact of a kind that is added or removed."""
    return ENTRIES.get(kind) or ENTRIES.get(kind.rpartition(".")[2]) or UNKNOWN_ENTRY


def field_phrases(kind: str, field: str) -> Field:
    """What is said of a field of a fact: as for this kind, else as for any."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS.get(field) or UNKNOWN_FIELD


def _messages() -> Iterator[tuple[str | None, str]]:
    for listed in (*ENTRIES.values(), UNKNOWN_ENTRY):
        yield CONTEXT, listed.added
        yield CONTEXT, listed.removed
    yield from ((CONTEXT, line) for line in LINES.values())
    yield from ((None, hedge) for hedge in HEDGES)
    yield from ((NOUN, field.noun) for field in (*FIELDS.values(), UNKNOWN_FIELD))
    yield from ((NOUN, noun) for noun in (*SUBJECTS.values(), *CHOICES.values()))
    yield from (("need", word.label) for word in VOCABULARIES["need"])


MESSAGES: tuple[tuple[str | None, str], ...] = tuple(dict.fromkeys(_messages()))
"""Every message above, with its context, for the catalogues."""
