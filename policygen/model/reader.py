"""What a policy means for its reader: protection, rights, choices, and rules on particular subjects."""

from __future__ import annotations

from typing import ClassVar

from policygen.model.facts import Fact, Qualified, Statement, Term
from policygen.model.kinds import References, Stated, Text, Time, Url, required, stated, unstated
from policygen.model.value import Value


class Measure(Statement):
    """A security measure."""

    vocabulary_name: ClassVar[str | None] = "measure"
    data: References | None = stated("Which data it protects.", refers="data")


class Security(Value):
    """How data is protected."""

    measures: tuple[Measure, ...] | None = stated("What is done.")
    limits: tuple[Statement, ...] | None = stated("What can't be promised.", vocabulary="security_limit")
    your_part: tuple[Statement, ...] | None = stated("What the reader must do.", vocabulary="reader_duty")


class Right(Fact):
    """Something the reader can ask for, or decide."""

    vocabulary_name: ClassVar[str | None] = "right"
    how: tuple[Term, ...] | None = stated("How to use it: one of these.", vocabulary="channel")
    contact: References | None = stated("Contacts to turn to.", refers="contacts")
    url: Url | None = stated("A page where it can be used.")
    when: Time | None = stated("When, or how often, it can be used.", example="any_time")
    time: Time | None = stated("How soon it is dealt with.", example="30 days")
    fee: Term | Stated | None = stated("What it costs.", vocabulary="fee", none=True)
    effects: tuple[Statement, ...] | None = stated("What follows.", vocabulary="effect")


class RightsGroup(Qualified):
    """Rights that come together: under one law, or in general."""

    needs_label: ClassVar[bool] = False
    regime: Term | None = stated("The law that gives them.", vocabulary="regime")
    people: tuple[Term, ...] | None = stated("Who has them.", vocabulary="people")
    rights: tuple[Right, ...] = required("The rights.")
    open: bool | None = stated("Whether the law gives more rights than are listed.")
    how: tuple[Term, ...] | None = stated("How to use them: one of these.", vocabulary="channel")
    contact: References | None = stated("Contacts to turn to.", refers="contacts")
    time: Time | None = stated("How soon a request is answered.", example="1 month")
    fee: Term | Stated | None = stated("What it costs.", vocabulary="fee", none=True)


class Choice(Right):
    """Something the reader can decide without asking."""

    vocabulary_name: ClassVar[str | None] = "choice"


class Visibility(Fact):
    """What others see of a reader."""

    vocabulary_name: ClassVar[str | None] = "audience"
    items: tuple[Term, ...] | None = stated("What they see.", vocabulary="data")
    open: bool | None = stated("Whether they can see more than is listed.")


class Cookie(Qualified):
    """One cookie or similar entry."""

    needs_label: ClassVar[bool] = False
    name: str | None = stated("Its technical name, if it is not the id.")
    kind: Term | None = stated("Its kind.", vocabulary="cookie_kind")
    purposes: tuple[Term, ...] | None = stated("What it is for.", vocabulary="purpose")
    provider: str | None = stated("Who sets it.")
    duration: Time | None = stated("How long it lasts.", example="1 year")
    needed: bool | None = stated("Whether the service needs it.")
    effects: tuple[Statement, ...] | None = stated("What follows if it is refused.", vocabulary="effect")


class Cookies(Value):
    """Cookies and similar technologies."""

    facts: tuple[Statement, ...] | None = stated("What is said of them.", vocabulary="cookie_fact")
    purposes: tuple[Term, ...] | None = stated("What they are for.", vocabulary="purpose")
    list: tuple[Cookie, ...] | None = stated("The cookies.")
    list_open: bool | None = stated("Whether the listed cookies are only examples.")
    refuse: tuple[Choice, ...] | None = stated("How to refuse them, and what follows.")


class Logs(Value):
    """Log files."""

    facts: tuple[Statement, ...] | None = stated("What is said of them.", vocabulary="log_fact")
    data: References | None = stated("What they hold.", refers="data")
    purposes: tuple[Term, ...] | None = stated("What they are for.", vocabulary="purpose")


class ChildRules(Qualified):
    """Rules on children or minors, in general or under one law."""

    needs_label: ClassVar[bool] = False
    regime: Term | None = stated("The law they come from.", vocabulary="regime")
    under: int | None = stated("The age below which they hold.", example="13")
    rules: tuple[Statement, ...] | None = stated("The rules.", vocabulary="child_rule")


class Kept(Qualified):
    """What is kept after an account is deleted."""

    vocabulary_name: ClassVar[str | None] = "data"
    time: Time | None = stated("How long.", example="30 days")
    criteria: tuple[Term, ...] | None = stated("Why, or for how long.", vocabulary="criterion")


class Deletion(Value):
    """How an account is deleted, and what becomes of the data."""

    ways: tuple[Choice, ...] | None = stated("What can be deleted or closed, how and when.")
    url: Url | None = stated("The address where it can be asked for.")
    path: Text | None = stated("The way to it in the app.", example="Settings > Account > Delete")
    contact: References | None = stated("Contacts to turn to.", refers="contacts")
    deletes: References | None = stated("Which data goes.", refers="data")
    keeps: tuple[Kept, ...] | None = stated("What stays, and how long.", none=True)


class Message(Fact):
    """A kind of message the company sends."""

    vocabulary_name: ClassVar[str | None] = "message"
    examples: tuple[Term, ...] | None = stated("What it is about, as examples.", vocabulary="message")
    needed: bool | None = stated("Whether the account needs it.")
    can_stop: bool | None = stated("Whether the reader can switch it off.")
    how: tuple[Term, ...] | None = stated("How to switch it off.", vocabulary="channel")
    until: Term | None = stated("What ends it all the same.", vocabulary="choice")


class Embed(Term):
    """A provider of embedded content."""

    needs_label: ClassVar[bool] = False
    is_: str | None = unstated()
    label: Text | None = unstated()
    heading: Text | None = unstated()
    name: str = required("The provider's name.", example="YouTube")
    content: Text | None = stated("What is embedded.", example="{en: videos, vi: video}")
    policy: Url | None = stated("The address of its privacy policy.")


class Embeds(Value):
    """Content of other companies inside the service."""

    providers: tuple[Embed, ...] | None = stated("Whose content is embedded.")
    open: bool | None = stated("Whether there are more than are listed.")
    facts: tuple[Statement, ...] | None = stated("What is said of it.", vocabulary="embed_fact")
