"""What every listed fact has in common: an identity, a label, and how firmly and when it holds."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from policygen.diagnostics import Place
from policygen.model.kinds import NOWHERE, Force, Prose, References, Region, Text, Time, Words, stated
from policygen.model.value import Value


class Term(Value):
    """A word of a vocabulary, or an item of the policy's own with a label in each language."""

    vocabulary_name: ClassVar[str | None] = None
    needs_label: ClassVar[bool] = True
    """Whether an item that is no word of the vocabulary needs a label."""

    id: str = stated(
        "What the fact is called here: a vocabulary word, or a name of your own. "
        "Unique among facts of its kind.",
        default="",
    )
    is_: str | None = stated("The vocabulary word this is, where `id` is a name of your own.")
    formerly: tuple[str, ...] | None = stated(
        "Ids this fact had before, so that its history stays connected."
    )
    label: Text | None = stated(
        "Your own words for it, as they stand inside a sentence; they replace the vocabulary's label."
    )
    heading: Text | None = stated(
        "The label where it stands alone, if capitalising the first letter is not enough."
    )
    use: str | None = stated(
        "The id of a shared fact in site.yaml; whole fields given here replace its fields."
    )
    vocabulary: str | None = field(default=None, repr=False)
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def word(self) -> str:
        """The vocabulary word, or the item's own id where it is no word."""
        return self.is_ or self.id


class Ages(Value):
    """An age range, in completed years."""

    from_: int | None = stated("The youngest age it holds for.", example="13")
    under: int | None = stated("The age from which it no longer holds.", example="18")


class Applies(Value):
    """For whom a fact holds, where it doesn't hold for everyone."""

    regions: tuple[Region, ...] | None = stated("Countries or regions.", example="[EU, US-CA]")
    platforms: tuple[Term, ...] | None = stated("Platforms.", vocabulary="platform", example="[ios]")
    ages: Ages | None = stated("Ages.", example="{under: 18}")


class Qualified(Term):
    """A fact that can carry conditions, exceptions and a limited scope."""

    if_: tuple[Term, ...] | None = stated("It holds only if one of these does.", vocabulary="condition")
    unless: tuple[Term, ...] | None = stated(
        "It doesn't hold where one of these does.", vocabulary="condition"
    )
    applies: Applies | None = stated("For whom it holds, where not for everyone.")
    wording: Prose | None = stated(
        "A sentence of your own in place of ours; conditions and exceptions are still shown under it."
    )
    detail: Prose | None = stated("A sentence of your own besides ours.")


class Fact(Qualified):
    """A fact with a label, stated with more or less force."""

    force: Force | None = stated("does (the default), may or never.", example="may")


class Statement(Qualified):
    """A fact whose label is a whole sentence; its force is in the sentence."""

    label: Words | None = stated(
        "A whole sentence of your own, in place of the vocabulary's if there is one."
    )
    time: Time | None = stated("When, or how soon.", example="30 days")
    channels: tuple[Term, ...] | None = stated("In which way: one of these.", vocabulary="channel")
    contact: References | None = stated("Contacts to turn to.", refers="contacts")
