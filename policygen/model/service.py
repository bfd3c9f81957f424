"""The service a policy is about: who is behind it, what the policy covers, what its words mean."""

from __future__ import annotations

from typing import ClassVar, Literal

from policygen.model.facts import Qualified, Term
from policygen.model.kinds import (
    Email,
    LanguageTag,
    Phone,
    Prose,
    Region,
    Text,
    Time,
    Url,
    required,
    stated,
    unstated,
)
from policygen.model.value import Value


class StoreListing(Term):
    """A page of the service in an app store."""

    vocabulary_name: ClassVar[str | None] = "store"
    url: Url | None = stated("The address of the listing.")


class Service(Value):
    """The service a policy is about."""

    name: str = required("Its name, as readers know it.", example="Harmix")
    kinds: tuple[Term, ...] | None = stated("What it is.", vocabulary="kind", example="[mobile_app, website]")
    addresses: tuple[Url, ...] | None = stated("Its web addresses.")
    stores: tuple[StoreListing, ...] | None = stated("Where its apps are offered.")
    regions: tuple[Region, ...] | None = stated("Where it is offered.", example="[VN, EU]")
    also_called: tuple[str, ...] | None = stated("Other names that the policy uses for it.")
    imprint: Text | None = stated("A closing line, such as a copyright notice.")


class Controller(Term):
    """The company that answers for the data."""

    needs_label: ClassVar[bool] = False
    id: str = stated(
        "Its id among the shared companies of site.yaml; not needed in a policy.", default="controller"
    )
    is_: str | None = unstated()
    label: Text | None = unstated()
    heading: Text | None = unstated()
    legal_name: str | None = stated("The company's registered name.")
    short_name: str | None = stated("The short name it goes by.")
    address: Text | None = stated("Its postal address.")
    country: Region | None = stated("The country it is established in.", example="VN")
    registration: str | None = stated("Its registration number.")


class Contact(Qualified):
    """A way to reach the company."""

    vocabulary_name: ClassVar[str | None] = "contact_role"
    name: Text | None = stated("A person's or office's name.")
    email: Email | None = stated("An e-mail address.")
    phone: Phone | None = stated("A phone number, with its country code.", example="+84 28 1234 5678")
    form: Url | None = stated("The address of a form.")
    address: Text | None = stated("A postal address.")
    website: Url | None = stated("A page with contact details.")
    topics: tuple[Term, ...] | None = stated("What to write about.", vocabulary="topic")
    hours: Text | None = stated("When somebody answers.")
    languages: tuple[LanguageTag, ...] | None = stated("The languages in which somebody answers.")
    response: Time | None = stated("How soon an answer comes.", example="30 days")


class Scope(Value):
    """What a policy covers."""

    people: tuple[Term, ...] | None = stated("Whose data it is about.", vocabulary="people")
    covers: tuple[Term, ...] | None = stated("What it covers.", vocabulary="coverage")
    excludes: tuple[Term, ...] | None = stated("What it does not cover.", vocabulary="coverage")


class Document(Qualified):
    """A document that belongs with the policy."""

    vocabulary_name: ClassVar[str | None] = "document"
    url: Url | None = stated("Its address.")
    prevails: Literal["policy", "document"] | None = stated("Which of the two prevails where they differ.")
    defines_terms: bool | None = stated(
        "Whether terms not defined in the policy have their meaning from there."
    )


class Definition(Qualified):
    """What a term means in the policy; its label is the term."""

    wording: Prose | None = unstated()
    meaning: Prose | None = required("What it means.")
    includes: tuple[Term, ...] | None = stated("Examples.", vocabulary="data")
    open: bool | None = stated("Whether there are more examples than are listed.")
