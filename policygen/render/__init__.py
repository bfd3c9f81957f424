"""Facts and a language to the bytes of pages.

Pure: no page depends on anything but its policy, the site's settings, the language's catalogue and the
templates.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from policygen.diagnostics import Diagnostic, Place
from policygen.language import Language
from policygen.memory import Memory
from policygen.model import NONE, Fact, Force, Policy, SiteSettings
from policygen.model.kinds import Day
from policygen.model.policy import ExtraSection
from policygen.render.addresses import Addresses, file_of, relative_root
from policygen.render.article import Article, Head, context, head
from policygen.render.bounds import LONGEST, Clock, TooMuch
from policygen.render.environment import environment
from policygen.render.faults import TemplateFault, blamed_on_templates, template_findings
from policygen.render.later import Later
from policygen.render.voice import Voice
from policygen.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from policygen.render.templates import Templates

_BLANK_LINES = re.compile(r"\n\s*\n")

Page = tuple[str, bytes]
"""A file's path in the output folder, and its bytes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A service in the list of all: its folder, what is said of it in each language, its dates.

    `newest` is the day its published text dates from, whoever stated it; `date` the one the company states.
    `published` are the languages whose page shows a released text; the others show a draft.
    """

    service: str
    heads: Mapping[str, Head]
    date: Day | None
    recorded: Day | None
    published: Sequence[str] = ()
    has_versions: bool = False
    is_discontinued: bool = False

    @property
    def newest(self) -> Day | None:
        """When the published text last changed, as far as is known."""
        return self.date or self.recorded

    def head(self, tag: str) -> Head:
        """What is said of it in a language, or in another one if it has no text in that."""
        return self.heads.get(tag) or next(iter(self.heads.values()))


@dataclass(slots=True)
class Renderer:
    """Renders the pages of one site. Raises TemplateFault if a template of the site can't be read."""

    settings: SiteSettings
    languages: Sequence[Language]
    user_templates: Path | None = None
    memory: Memory = field(default_factory=Memory, repr=False)
    addresses: Addresses = field(init=False)
    source: str = field(init=False)
    """A name for the state of all templates."""
    _environment: Environment = field(init=False, repr=False)
    _templates: Templates = field(init=False, repr=False)
    _running: Callable[[], AbstractContextManager[None]] = field(init=False, repr=False)
    _style: Markup = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.settings.url, [language.tag for language in self.languages])
        from policygen.render.templates import Templates

        templates = Templates(self.user_templates, self.memory)
        self.source = templates.source
        self._templates = templates
        clock = Clock()
        self._running = clock.running if templates.altered else nullcontext
        self._environment = environment(templates, clock)
        with self._running():
            errors = template_findings(self._environment, self.user_templates, templates.own)
            faults = (*errors, *templates.deceits())
        if faults:
            raise TemplateFault(*faults)
        self._style = Markup(_tidy(self._render("style.css", {})))  # noqa: S704 - CSS

    def unused(self) -> tuple[Diagnostic, ...]:
        """What stands in the site's own templates and catalogues, and is shown nowhere."""
        from policygen.render.unused import find_unused

        return tuple(find_unused(self._environment, self._templates, self.languages))

    @property
    def style_hash(self) -> str:
        """The digest of the style sheet, by which pages allow it in their content security policy."""
        return _digest(self._style)

    def articles(self, policy: Policy) -> dict[str, Article]:
        """A policy's text in each language."""
        return {language.tag: self.article(policy, language) for language in self.languages}

    def article(self, policy: Policy, language: Language) -> Article:
        """A policy's text in one language."""
        voice = self.voice(policy, language)
        values = {**_speech(voice), "site": self.settings, **context(policy, voice, self.settings.sections)}
        # Rendered in two steps: a text that had to be shown in another language asks for a note above it.
        html = self._render("policy/article.html", values)
        if voice.fallbacks:
            names = [language.language_name(tag) or tag for tag in voice.fallbacks]
            html = self._render("policy/article.html", {**values, "fallback": language.join(names)})
        return Article(_tidy(html) + "\n", head(policy, voice))

    def voice(self, policy: Policy, language: Language) -> Voice:
        """The words of a policy in a language."""
        source = policy.language or self.settings.languages[0]
        return Voice(language, policy.service.name, policy.reader or self.settings.reader or "you", source)

    def site_pages(self, services: Iterable[Listed]) -> Iterator[Page]:
        """The pages around the policies."""
        entries = tuple(sorted(services, key=_by_name))
        first = self.languages[0]
        for language in self.languages:
            yield self.page(f"{language.tag}/", "list.html", language, services=entries, alternates="")
        yield self.page("", "home.html", first, voices=self._voices())
        yield self.page("404.html", "404.html", first, voices=self._voices())
        yield self.page("sitemap.xml", "sitemap.xml", first, services=entries)
        yield self.page("robots.txt", "robots.txt", first)

    def _voices(self) -> tuple[Voice, ...]:
        return tuple(self.site_voice(language) for language in self.languages)

    def site_voice(self, language: Language, name: str | None = None) -> Voice:
        """The words of the site in a language, or of the page around the policy of a service's name."""
        name = name or self.settings.name.in_language(language.tag) or ""
        return Voice(language, name, "you", self.languages[0].tag)

    def page(
        self, page: str, template: str, language: Language, *, name: str | None = None, **context: object
    ) -> Page:
        """A page from a template; `name` is that of the service it speaks of."""
        around = {"addresses": self.addresses, "languages": self.languages, "page": page}
        style = {"style": self._style, "style_hash": self.style_hash, "root": relative_root(page)}
        text = self.text(template, language, name=name, **around, **style, **context)
        with blamed_on_templates(self.user_templates):
            return file_of(page), _bytes(text, template)

    def text(self, template: str, language: Language, *, name: str | None = None, **context: object) -> str:
        """What a template makes, which is no page of the site."""
        values = {
            **_speech(self.site_voice(language, name)),
            "site": self.settings,
            "site_voice": self.site_voice(language),
            **context,
        }
        return self._render(template, values)

    def _render(self, template: str, values: Mapping[str, object]) -> str:
        macros = Later(lambda: self._environment.get_template("macros.html").make_module(dict(values)))
        with blamed_on_templates(self.user_templates), self._running():
            text = self._environment.get_template(template).render({**values, "m": macros})
            if len(text) > LONGEST and self.user_templates:
                raise TooMuch(f"a page of {len(text):,} characters is too long")
            return text


def _by_name(listed: Listed) -> tuple[str, str]:
    return next(iter(listed.heads.values())).name.casefold(), listed.service


def _bytes(text: str, template: str) -> bytes:
    try:
        return (_tidy(text) + "\n").encode()
    except UnicodeEncodeError as error:
        message = f"U+{ord(text[error.start]) if error.start < len(text) else 0:04X} is half a character"
        place = Place(f"templates/{template}")
        raise TemplateFault(
            Diagnostic("template-error", message, place, "write the whole character")
        ) from error


def _tidy(text: str) -> str:
    """The page without the blank lines that template blocks leave; an author's code block keeps its own."""
    return text.strip() if "<pre" in text else _BLANK_LINES.sub("\n", text.strip())


@dataclass(frozen=True, slots=True)
class _Forces:
    """The forces by their names. What templates ask an enumeration itself for is checked each time."""

    DOES: Force = Force.DOES
    MAY: Force = Force.MAY
    NEVER: Force = Force.NEVER


_FORCES = _Forces()


def _speech(voice: Voice) -> Mapping[str, object]:
    """The names templates speak with."""
    return {
        "_": voice.messages,
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
        "Force": _FORCES,
        "is_extra": lambda section: isinstance(section, ExtraSection),
        "states": _states,
        "of_force": _of_force,
        "fallback": "",
        "vocabulary": lambda name, key: VOCABULARIES[name][key].label,
    }


def _states(fact: object, *names: str) -> bool:
    """Whether a fact states any of these."""
    return any(getattr(fact, name, None) for name in names)


def _of_force(facts: Iterable[Fact], *forces: Force | None) -> list[Fact]:
    """The facts that are stated with one of these forces, or with none (None)."""
    return [fact for fact in facts if fact.force in forces]


def _digest(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
