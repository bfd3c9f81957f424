"""What a policy is: the facts one service states, section by section.

The field descriptions are the reference manual (`docs/reference/policy.md` is made from them).
"""

from __future__ import annotations

from typing import Literal

from policygen.model.data import Category, Method, Purpose, Recipient, Retention, StoragePlace, Transfer
from policygen.model.facts import Statement
from policygen.model.kinds import Day, LanguageTag, Prose, Slug, Stated, Words, required, stated
from policygen.model.reader import (
    ChildRules,
    Choice,
    Cookies,
    Deletion,
    Embeds,
    Logs,
    Message,
    RightsGroup,
    Security,
    Visibility,
)
from policygen.model.service import Contact, Controller, Definition, Document, Scope, Service
from policygen.model.value import Value


class ExtraSection(Value):
    """A section of your own, in Markdown."""

    id: Slug = required("Its id, which is also its address on the page.", example="coins")
    title: Words = required("Its heading.")
    text: Prose = required("Its text, in Markdown.")
    before: str | None = stated("The section it stands before.")
    after: str | None = stated("The section it stands after.", example="visibility")


class Policy(Value):
    """A privacy policy: everything one service states. Only `format` and the service's name are required."""

    format: int = required("The version of this format: 1.", example="1")
    service: Service = required("The service.")
    reader: Literal["you", "customer", "user"] | None = stated("What the page calls its reader.")
    language: LanguageTag | None = stated(
        "The language it was first written in; with `fallback: notice` that text stands in.",
        example="vi",
    )
    prevailing_language: LanguageTag | None = stated(
        "The language that prevails where the versions in several languages differ; the others say so.",
        example="en",
    )
    formerly: tuple[Slug, ...] | None = stated(
        "The names its folder had before: their addresses lead to the new ones.", example="[old-name]"
    )
    discontinued: Day | None = stated(
        "The day the service ended; its policy and all versions stay published.", example="2027-03-31"
    )
    controller: Controller | None = stated("The company that answers for the data.")
    contacts: tuple[Contact, ...] | None = stated("Whom to contact.", none=True)
    commitments: tuple[Statement, ...] | None = stated("General promises.", vocabulary="commitment")
    agreement: tuple[Statement, ...] | None = stated("How readers accept the policy.", vocabulary="agreement")
    scope: Scope | None = stated("What the policy covers.")
    documents: tuple[Document, ...] | None = stated("Documents that belong with it.")
    definitions: tuple[Definition, ...] | None = stated("What its terms mean.")
    data: tuple[Category, ...] | None = stated("What is collected.", none=True)
    collection: tuple[Method, ...] | None = stated("How it is collected.")
    purposes: tuple[Purpose, ...] | None = stated("What it is used for.", none=True)
    purpose_rules: tuple[Statement, ...] | None = stated("Limits on use.", vocabulary="purpose_rule")
    recipients: tuple[Recipient, ...] | None = stated("Who else gets it.", none=True)
    sharing_rules: tuple[Statement, ...] | None = stated("Limits on sharing.", vocabulary="sharing_rule")
    storage: tuple[StoragePlace, ...] | None = stated("Where it is kept.", none=True)
    transfers: tuple[Transfer, ...] | None = stated("Transfers to other countries.", none=True)
    retention: tuple[Retention, ...] | None = stated("How long it is kept.", none=True)
    security: Security | Stated | None = stated("How it is protected.", none=True)
    breach: tuple[Statement, ...] | None = stated("What happens on a breach.", vocabulary="breach_action")
    rights: tuple[RightsGroup, ...] | None = stated("What readers can ask for.", none=True)
    choices: tuple[Choice, ...] | None = stated("What readers can decide themselves.", none=True)
    visibility: tuple[Visibility, ...] | None = stated("What others see of a reader.", none=True)
    cookies: Cookies | Stated | None = stated("Cookies and similar technologies.", none=True)
    logs: Logs | Stated | None = stated("Log files.", none=True)
    children: tuple[ChildRules, ...] | None = stated("Rules on children.")
    deletion: Deletion | Stated | None = stated("How accounts are deleted.", none=True)
    messages: tuple[Message, ...] | None = stated("Messages the company sends.", none=True)
    embeds: Embeds | Stated | None = stated("Embedded content of other companies.", none=True)
    links: tuple[Statement, ...] | None = stated("Links to other sites.", vocabulary="link_fact", none=True)
    changes: tuple[Statement, ...] | None = stated("How the policy changes.", vocabulary="change")
    open: tuple[Literal["data", "purposes", "recipients"], ...] | None = stated(
        "Lists that the policy gives as examples only ('including but not limited to').", example="[purposes]"
    )
    extra: tuple[ExtraSection, ...] | None = stated("Sections of your own.")
    sections: tuple[str, ...] | None = stated("The order of the sections.")
