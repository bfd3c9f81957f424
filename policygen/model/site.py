"""The settings of a site, and the facts its services share."""

from __future__ import annotations

from typing import Literal

from policygen.model.data import Category, Purpose, Recipient, Retention, StoragePlace
from policygen.model.kinds import LanguageTag, Text, TimeZone, Url, required, stated
from policygen.model.reader import ChildRules, RightsGroup
from policygen.model.service import Contact, Controller
from policygen.model.value import Value


class Shared(Value):
    """Facts that services take over with `use: <id>`."""

    controllers: tuple[Controller, ...] | None = stated("Companies behind the services.")
    contacts: tuple[Contact, ...] | None = stated("Contacts.")
    data: tuple[Category, ...] | None = stated("Groups of data.")
    purposes: tuple[Purpose, ...] | None = stated("Purposes.")
    recipients: tuple[Recipient, ...] | None = stated("Recipients.")
    storage: tuple[StoragePlace, ...] | None = stated("Storage places.")
    retention: tuple[Retention, ...] | None = stated("Retention rules.")
    rights: tuple[RightsGroup, ...] | None = stated("Rights.")
    children: tuple[ChildRules, ...] | None = stated("Rules on children.")


class ChangeRules(Value):
    """How the site announces changes, and which of them it counts as material."""

    notice_days: int | None = stated(
        "How many days a material change is announced before it takes effect.", example="30"
    )
    material: tuple[str, ...] | None = stated(
        "Kinds of change that are material here, though not by default.", example="[wording]"
    )
    editorial: tuple[str, ...] | None = stated(
        "Kinds of change that are editorial here, though not by default.", example="[recipient-removed]"
    )


class SiteSettings(Value):
    """content/site.yaml."""

    format: int = required("The version of this format: 1.", example="1")
    name: Text = required("The site's name.", example="{en: Privacy, vi: Quyền riêng tư}")
    url: Url = required("The address the site is published at.", example="https://privacy.example.com/")
    languages: tuple[LanguageTag, ...] = required("The languages, the default one first.", example="[en, vi]")
    timezone: TimeZone | None = stated("Where 'today' is.", example="Asia/Ho_Chi_Minh")
    reader: Literal["you", "customer", "user"] | None = stated(
        "What pages call their reader: you by default."
    )
    fallback: Literal["notice"] | None = stated(
        "With `notice`, a text missing in one language is shown in the default language, with a note."
    )
    sections: tuple[str, ...] | None = stated("The order of the sections on every policy page.")
    changes: ChangeRules | None = stated("How changes are weighed and announced.")
    shared: Shared | None = stated("Facts that services take over with `use`.")
