"""What is collected, what for, who gets it, where and how long it is kept."""

from __future__ import annotations

from typing import ClassVar

from policygen.model.facts import Fact, Statement, Term
from policygen.model.kinds import Act, Need, References, Region, Stated, Text, Time, Url, Words, stated


class DataFact(Fact):
    """What can be said of a group of data and of a single kind alike."""

    source: tuple[Term, ...] | None = stated("How it reaches you.", vocabulary="method", example="[given]")
    when: tuple[Term, ...] | None = stated("When it is collected.", vocabulary="moment")
    from_: tuple[Term, ...] | None = stated("The third parties it comes from.", vocabulary="party")
    need: Need | None = stated("required, optional or with_permission.")
    if_not_given: tuple[Statement, ...] | None = stated(
        "What follows if it is not given.", vocabulary="effect"
    )
    sensitive: bool | None = stated("Whether the policy calls it sensitive.")
    purposes: References | None = stated("The purposes it is used for.", refers="purposes")
    bases: tuple[Term, ...] | None = stated("The legal bases.", vocabulary="basis")
    recipients: References | None = stated("Who gets it.", refers="recipients")
    retention: References | None = stated("Which retention rules cover it.", refers="retention")


class Item(DataFact):
    """One kind of data."""

    vocabulary_name: ClassVar[str | None] = "data"


class Category(DataFact):
    """A group of data."""

    vocabulary_name: ClassVar[str | None] = "category"
    items: tuple[Item, ...] | None = stated("The kinds of data in it.", example="[name, email]")
    open: bool | None = stated("Whether it can hold more than is listed ('such as …').")
    means: tuple[Term, ...] | None = stated("Where in the service it arises, as examples.")


class Method(Fact):
    """A way in which data is collected, stated for the service as a whole."""

    vocabulary_name: ClassVar[str | None] = "method"
    when: tuple[Term, ...] | None = stated("When.", vocabulary="moment")
    means: tuple[Term, ...] | None = stated("By which technical means.", vocabulary="means")
    from_: tuple[Term, ...] | None = stated("From whom.", vocabulary="party")
    open: bool | None = stated("Whether there are more means or parties than are listed.")
    data: References | None = stated("Which data.", refers="data")


class Purpose(Fact):
    """What data is used for."""

    vocabulary_name: ClassVar[str | None] = "purpose"
    data: References | None = stated("Which data; leave it out where the policy doesn't say.", refers="data")
    bases: tuple[Term, ...] | None = stated("The legal bases.", vocabulary="basis")
    interest: Words | None = stated("The legitimate interest relied on.")


class Recipient(Fact):
    """Somebody else who gets data."""

    vocabulary_name: ClassVar[str | None] = "recipient"
    name: str | None = stated("The recipient's name.", example="Cloudflare")
    acts: tuple[Act, ...] | None = stated(
        "What is done: share (the default), transfer, publish, or use where the policy only says that it "
        "uses their service."
    )
    purposes: tuple[Term, ...] | None = stated("What for.", vocabulary="purpose")
    open: bool | None = stated("Whether the purposes are only examples.")
    data: References | None = stated("Which data.", refers="data")
    safeguards: tuple[Statement, ...] | None = stated("What it must keep to.", vocabulary="safeguard")
    countries: tuple[Region, ...] | None = stated("Where it is.", example="[US]")
    policy: Url | None = stated("The address of its own privacy policy.")

    @property
    def is_used(self) -> bool:
        """Whether the policy says only that it uses this recipient's service."""
        return self.acts == (Act.USE,)


class StoragePlace(Fact):
    """Where data is kept."""

    vocabulary_name: ClassVar[str | None] = "storage"
    name: str | None = stated("The name of the company that keeps it.")
    countries: tuple[Region, ...] | None = stated("The country or countries.", example="[CN]")
    data: References | None = stated("Which data.", refers="data")
    safeguards: tuple[Statement, ...] | None = stated("What protects it there.", vocabulary="safeguard")
    policy: Url | None = stated("The address of that company's privacy policy.")


class Transfer(Fact):
    """A transfer of data to another country."""

    vocabulary_name: ClassVar[str | None] = "transfer"
    countries: tuple[Region, ...] | None = stated("To which countries.")
    recipients: References | None = stated("To whom.", refers="recipients")
    data: References | None = stated("Which data.", refers="data")
    safeguards: tuple[Statement, ...] | None = stated("What protects the data.", vocabulary="safeguard")


class Retention(Fact):
    """How long data is kept."""

    needs_label: ClassVar[bool] = False
    label: Text | None = stated(
        "What data this is about, in words, where it is not one of the listed groups."
    )
    data: References | None = stated("Which data, or all.", refers="data")
    time: Time | Stated | None = stated("How long.", example="12 months", none=True)
    after: Term | None = stated("From when the time runs.", vocabulary="moment")
    only: bool | None = stated("Whether it is kept only for as long as the criteria say.")
    criteria: tuple[Term, ...] | None = stated("What decides how long.", vocabulary="criterion")
    open: bool | None = stated("Whether the criteria are only examples.")
    depends_on: tuple[Term, ...] | None = stated("What the time depends on.", vocabulary="factor")
    ending: Term | None = stated("What happens to the data then.", vocabulary="ending")
    examples: tuple[Term, ...] | None = stated("Examples of the data.", vocabulary="data")
