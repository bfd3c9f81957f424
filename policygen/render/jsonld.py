"""A policy page as schema.org data: the page, its dates, and whom to contact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.model import Text

if TYPE_CHECKING:
    from datetime import date

    from policygen.model.policy import Policy
    from policygen.model.service import Contact
    from policygen.render.article import Head
    from policygen.render.voice import Voice

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page_data(head: Head, language: str, url: str, modified: date | None) -> Markup:
    """The JSON-LD of a policy page, safe inside a script element."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": head.title,
        "url": url,
        "inLanguage": language,
    }
    if modified:
        data["dateModified"] = modified.isoformat()
    data["publisher"] = head.publisher
    return _script(data)


def publisher(policy: Policy, voice: Voice) -> dict[str, object]:
    """The company behind a policy, and how to reach it."""
    controller = policy.controller
    name = (controller and (controller.legal_name or controller.short_name)) or policy.service.name
    company: dict[str, object] = {"@type": "Organization", "name": name}
    points = [point for contact in policy.contacts or () if (point := _contact_point(contact, voice))]
    if points:
        company["contactPoint"] = points
    return company


def _contact_point(contact: Contact, voice: Voice) -> dict[str, object] | None:
    channels = {"email": contact.email, "telephone": contact.phone, "url": contact.form or contact.website}
    given = {key: value for key, value in channels.items() if value}
    if not given:
        return None
    point: dict[str, object] = {"@type": "ContactPoint", "contactType": _plain(voice, contact), **given}
    if contact.languages:
        point["availableLanguage"] = list(contact.languages)
    return point


def _plain(voice: Voice, contact: Contact) -> str:
    if isinstance(contact.label, Text):
        return contact.label.in_language(voice.language.tag) or contact.id
    return str(voice.say_as("contact_role", _role(contact)).unescape())


def _role(contact: Contact) -> str:
    from policygen.vocabulary import VOCABULARIES

    return VOCABULARIES["contact_role"][contact.word].label


def _script(data: Mapping[str, object]) -> Markup:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - nothing that could end the element is left
