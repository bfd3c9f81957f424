"""A policy page as schema.org data: the page, its dates, and whom to contact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.model import Text

if TYPE_CHECKING:
    from policygen.model.policy import Policy, Revision
    from policygen.model.service import Contact
    from policygen.render.voice import Voice

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page_data(policy: Policy, voice: Voice, title: str, url: str) -> Markup:
    """The JSON-LD of a policy page, safe inside a script element."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "url": url,
        "inLanguage": voice.language.tag,
    }
    newest = newest_revision(policy)
    if newest:
        data["dateModified"] = (newest.date or newest.recorded).isoformat()
    data["publisher"] = _publisher(policy, voice)
    return _script(data)


def newest_revision(policy: Policy) -> Revision | None:
    """The revision recorded last."""
    return max(policy.revisions or (), key=lambda revision: revision.recorded, default=None)


def _publisher(policy: Policy, voice: Voice) -> dict[str, object]:
    controller = policy.controller
    name = (controller and (controller.legal_name or controller.short_name)) or policy.service.name
    publisher: dict[str, object] = {"@type": "Organization", "name": name}
    points = [point for contact in policy.contacts or () if (point := _contact_point(contact, voice))]
    if points:
        publisher["contactPoint"] = points
    return publisher


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
