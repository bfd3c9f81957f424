"""What `init` asks: the questions with their defaults, and what is wrong with an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from policygen.diagnostics import did_you_mean
from policygen.loading.scalars import ValueProblem, read_email, read_slug, read_url
from policygen.site import is_everywhere
from policygen.vocabulary import VOCABULARIES
from policygen.words import bundled_tags

Host = Literal["none", "github-pages", "gitlab-pages", "netlify", "cloudflare-pages"]
HOSTS: tuple[str, ...] = get_args(Host)
_LONGEST_NAME = 100
_LONGEST_SHOWN = 40
_JOINERS = str.maketrans("", "", "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
"""Signs that can't be seen and yet belong to words: of Persian, of Hindi, and in a family of emoji."""
RESERVED = frozenset({"404", "index", "sitemap", "robots", "feed"})
"""Addresses that belong to the site itself, besides those of its languages."""


class AnswerProblem(Exception):
    """Why an answer can't be taken: one line, and what would help."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new site is made from."""

    name: str = "Example"
    service: str = "example"
    kind: str = "app"
    company: str = "Example Company"
    email: str = "privacy@example.com"
    languages: tuple[str, ...] = ("en", "vi")
    deploy: str = "none"
    url: str = "https://privacy.example.com/"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks for, and what turns the answer into a value."""

    key: str
    text: str
    read: Callable[[str], object]


def read_name(text: str) -> str:
    """A name of a service or a company: one line of anything that can be seen."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    seen = name.translate(_JOINERS)
    if not seen or not seen.isprintable() or len(name) > _LONGEST_NAME:
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise AnswerProblem(
            f"{shown!r} is not a name", f"write 1 to {_LONGEST_NAME} letters, as readers know it"
        )
    if name == "none":
        raise AnswerProblem(
            "`none` means in a policy that there is none", "write the name as readers know it"
        )
    return name


def read_kind(text: str) -> str:
    """A word for what the service is."""
    kinds = [word.key for word in VOCABULARIES["kind"]]
    if text in kinds:
        return text
    near = did_you_mean(text, kinds)
    raise AnswerProblem(
        f"`{text}` is no kind of service",
        f"did you mean `{near}`?" if near else f"one of: {', '.join(kinds)}",
    )


def read_languages(text: str) -> tuple[str, ...]:
    """The languages that pages can be in without a new catalogue, the default one first."""
    tags = tuple(dict.fromkeys(re.split(r"[\s,]+", text.strip())))
    for tag in tags:
        if tag not in bundled_tags():
            help = f"policygen speaks {', '.join(bundled_tags())}; how to add one: docs, “Add a language”"
            raise AnswerProblem(f"there are no texts in `{tag}`", help)
    return tags


def read_host(text: str) -> str:
    """A host that there is a recipe for."""
    if text in HOSTS:
        return text
    near = did_you_mean(text, HOSTS)
    raise AnswerProblem(
        f"there is no recipe for `{text}`",
        f"did you mean `{near}`?" if near else f"one of: {', '.join(HOSTS)}",
    )


def read_service(text: str) -> str:
    """The name of a service's folder, which is its address."""
    try:
        slug = read_slug(text)
    except ValueProblem:
        near = slug_of(text)
        help = f"as in `{near}`" if near else "use small letters a-z and digits, joined by - or _"
        raise AnswerProblem(f"`{text}` can't be a folder and an address", help) from None
    if slug in RESERVED or slug in {tag.casefold() for tag in bundled_tags()}:
        raise AnswerProblem(f"the address /{slug}/ belongs to the site itself", "choose another name")
    if not is_everywhere(slug):
        raise AnswerProblem(f"Windows can't have a folder `{slug}`", "choose another name")
    return slug


def _email(text: str) -> str:
    return _value(read_email, text)


def _url(text: str) -> str:
    if set(text) & set("?#"):
        raise AnswerProblem(f"`{text}` has more than a path after its host", "end it before the `?` or `#`")
    return _value(read_url, text).rstrip("/") + "/"


def _value(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except ValueProblem as problem:
        raise AnswerProblem(problem.message, problem.help) from problem


def slug_of(name: str) -> str:
    """A name as an address: 'Ví Điện Tử' is 'vi-dien-tu'; empty if it has no letter of that kind."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


QUESTIONS: tuple[Question, ...] = (
    Question("name", "name of the app or service", read_name),
    Question("kind", "kind of service, such as app, mobile_app, website, shop, game", read_kind),
    Question("company", "company that answers for the data", read_name),
    Question("email", "e-mail address for questions of privacy", _email),
    Question("languages", "languages, the default one first", read_languages),
    Question("deploy", f"where it will be hosted: {', '.join(HOSTS)}", read_host),
    Question("url", "address that the policies will have", _url),
)


def with_answer(answers: Answers, question: Question, text: str, service: str | None = None) -> Answers:
    """The answers with one more; without a `service`, a name is also its address. Raises AnswerProblem."""
    made = replace(answers, **{question.key: question.read(text.strip())})  # type: ignore[arg-type]
    return made if service or question.key != "name" else replace(made, service=_service_of(made.name))


def _service_of(name: str) -> str:
    slug = slug_of(name)
    try:
        return read_service(slug) if slug else Answers().service
    except AnswerProblem as problem:
        help = "choose another name, or name an address with --service"
        raise AnswerProblem(problem.message, help) from problem


def shown(answers: Answers, question: Question) -> str:
    """An answer as somebody would type it."""
    value = getattr(answers, question.key)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def given(options: Mapping[str, str | None], lang: str) -> Answers:
    """The answers given as options, and defaults for the others: the author's language is the site's first.

    Raises AnswerProblem.
    """
    tags = sorted(Answers().languages, key=lambda tag: tag != lang)
    answers = Answers(languages=tuple(tags))
    service = options.get("service")
    if service:
        answers = replace(answers, service=read_service(service))
    for question in QUESTIONS:
        if (text := options.get(question.key)) is not None:
            answers = with_answer(answers, question, text, service)
    return answers
