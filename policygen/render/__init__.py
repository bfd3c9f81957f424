"""Facts and a language to the bytes of pages.

Pure: no page depends on anything but its policy, the site's settings, the language's catalogue and the
templates.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.diagnostics import Diagnostic, Place
from policygen.language import Language
from policygen.model import NONE, Force, Policy, SiteSettings
from policygen.model.policy import ExtraSection, Revision
from policygen.model.sections import section_order, title_of
from policygen.render import flow, glance, jsonld, picture
from policygen.render.addresses import Addresses, file_of, relative_root
from policygen.render.environment import environment
from policygen.render.faults import TemplateFault, blamed_on_templates, template_findings
from policygen.render.voice import Voice, resolve
from policygen.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from policygen.model.reader import ChildRules

_BLANK_LINES = re.compile(r"\n\s*\n")

Page = tuple[str, bytes]
"""A file's path in the output folder, and its bytes."""


@dataclass(slots=True)
class Renderer:
    """Renders the pages of one site. Raises TemplateFault if a template of the site can't be read."""

    settings: SiteSettings
    languages: Sequence[Language]
    user_templates: Path | None = None
    addresses: Addresses = field(init=False)
    _environment: Environment = field(init=False, repr=False)
    _style: Markup = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.settings.url, [language.tag for language in self.languages])
        self._environment = environment(self.user_templates)
        if faults := tuple(template_findings(self._environment, self.user_templates)):
            raise TemplateFault(*faults)
        with blamed_on_templates(self.user_templates):
            self._style = Markup(_tidy(self._environment.get_template("style.css").render()))  # noqa: S704 - CSS

    def policy_pages(self, service: str, policy: Policy) -> Iterator[Page]:
        """A policy in each language, and the stable address that leads to it."""
        for language in self.languages:
            yield self._policy(service, policy, language)
        yield self._page(
            f"{service}/",
            "redirect.html",
            self._site_voice(self.languages[0]),
            service=service,
            policy=policy,
        )

    def site_pages(self, policies: Mapping[str, Policy]) -> Iterator[Page]:
        """The pages around the policies."""
        listed = tuple(sorted(policies.items(), key=lambda pair: (pair[1].service.name.casefold(), pair[0])))
        entries = [(service, policy, jsonld.newest_revision(policy)) for service, policy in listed]
        for language in self.languages:
            yield self._page(
                f"{language.tag}/", "list.html", self._site_voice(language), services=entries, alternates=""
            )
        yield self._page("", "home.html", self._site_voice(self.languages[0]), voices=self._voices())
        yield self._page("404.html", "404.html", self._site_voice(self.languages[0]), voices=self._voices())
        yield self._page("sitemap.xml", "sitemap.xml", self._site_voice(self.languages[0]), services=entries)
        yield self._page("robots.txt", "robots.txt", self._site_voice(self.languages[0]))

    def _voices(self) -> tuple[Voice, ...]:
        return tuple(self._site_voice(language) for language in self.languages)

    def _site_voice(self, language: Language) -> Voice:
        name = self.settings.name
        return Voice(language, name.in_language(language.tag) or "", "you", self.languages[0].tag)

    def _policy(self, service: str, policy: Policy, language: Language) -> Page:
        source = policy.language or self.settings.languages[0]
        voice = Voice(language, policy.service.name, policy.reader or self.settings.reader or "you", source)
        page = f"{language.tag}/{service}/"
        title = voice.say("Privacy policy of {service}").striptags()
        sources, destinations = flow.sources(policy, voice), flow.destinations(policy, voice)
        drawn = picture.draw(
            sources, policy.service.name, destinations, rtl=language.direction == "rtl"
        ) if sources or destinations else ""  # fmt: skip
        context: dict[str, object] = {
            "policy": policy,
            "title": title,
            "sections": section_order(policy, policy.sections or self.settings.sections),
            "rows": glance.rows(policy, voice),
            "sources": sources,
            "destinations": destinations,
            "picture": Markup(drawn),  # noqa: S704 - drawn here, its texts escaped
            "jsonld": jsonld.page_data(policy, voice, title, self.addresses.absolute(page)),
            "revisions": _numbered(policy),
            "section_title": lambda section: title_of(policy, section),
            "resolve": lambda kind, references: resolve(policy, kind, references),
            "kept": lambda fact: tuple(glance.kept(fact, policy, voice)),
            "retained": lambda fact: glance.retained(fact, policy, voice),
            "says_age": _says_age,
            "place_name": lambda fact: flow.place_name(fact, voice),
        }
        return self._page(page, "policy.html", voice, service=service, alternates=f"{service}/", **context)

    def _page(self, page: str, template: str, voice: Voice, **context: object) -> Page:
        # Rendered in two steps: a text that had to be shown in another language asks for a note above it.
        values = {
            **_speech(voice),
            "site": self.settings,
            "site_voice": self._site_voice(voice.language),
            "addresses": self.addresses,
            "languages": self.languages,
            "page": page,
            "root": relative_root(page),
            "style": self._style,
            "style_hash": _digest(self._style),
            **context,
        }
        with blamed_on_templates(self.user_templates):
            text = self._environment.get_template(template).render(values)
            if voice.fallbacks:
                names = [voice.language.language_name(tag) or tag for tag in voice.fallbacks]
                noted = {**values, "fallback": voice.language.join(names)}
                text = self._environment.get_template(template).render(noted)
            return file_of(page), _bytes(text, template)


def _bytes(text: str, template: str) -> bytes:
    try:
        return (_tidy(text) + "\n").encode()
    except UnicodeEncodeError as error:
        message = f"U+{ord(text[error.start]) if error.start < len(text) else 0:04X} is half a character"
        place = Place(f"templates/{template}")
        raise TemplateFault(
            Diagnostic("template-error", message, place, "write the whole character")
        ) from error


def _says_age(group: ChildRules) -> bool:
    """Whether one of a group's rules names its age, so that no sentence of its own has to."""
    labels = VOCABULARIES["child_rule"]
    words = (rule.word for rule in group.rules or () if rule.label is None and rule.wording is None)
    return any("{age}" in labels[word].label for word in words if word in labels)


def _tidy(text: str) -> str:
    """The page without the blank lines that template blocks leave; an author's code block keeps its own."""
    return text.strip() if "<pre" in text else _BLANK_LINES.sub("\n", text.strip())


def _speech(voice: Voice) -> Mapping[str, object]:
    """The names templates speak with."""
    return {
        "_": voice.say,
        "pgettext": voice.say_as,
        "ngettext": voice.count,
        "voice": voice,
        "language": voice.language,
        "label": voice.label,
        "heading": voice.heading,
        "labels": voice.labels,
        "text": voice.text,
        "prose": voice.prose,
        "time": voice.time,
        "regions": voice.regions,
        "date": voice.language.date,
        "capital": voice.language.sentence_case,
        "NONE": NONE,
        "Force": Force,
        "is_extra": lambda section: isinstance(section, ExtraSection),
        "fallback": "",
        "vocabulary": lambda name, key: VOCABULARIES[name][key].label,
    }


def _numbered(policy: Policy) -> tuple[tuple[int, Revision], ...]:
    """The revisions, the newest first, each with its number."""
    ordered = sorted(policy.revisions or (), key=lambda revision: revision.recorded)
    return tuple(reversed(list(enumerate(ordered, start=1))))


def _digest(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
