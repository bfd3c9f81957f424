"""YAML data to a policy or to the settings of a site, or to the findings that say why not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from policygen.diagnostics import Diagnostic, Place
from policygen.loading.context import Context, Enough, Shared
from policygen.loading.reader import read_object
from policygen.loading.scalars import ValueProblem, read_language
from policygen.loading.shapes import Shape, shapes
from policygen.model.facts import Term
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings
from policygen.source import Data

__all__ = ["Loaded", "Shape", "load_policy", "load_settings", "shapes"]

T = TypeVar("T")

FORMAT = 1
"""The version of the YAML format that this policygen reads."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A model object, if one could be made, and what was found on the way."""

    value: T | None
    findings: tuple[Diagnostic, ...]


def load_settings(data: Data, path: str) -> Loaded[SiteSettings]:
    """The settings in a site.yaml. Texts are expected in the languages the same file names."""
    languages = _languages(data)
    fallback = languages[0] if isinstance(data, dict) and data.get("fallback") == "notice" else None
    context = Context(languages, fallback=fallback)
    loaded = _load(SiteSettings, context, data, Place(path))
    if loaded.value and loaded.value.url and set(loaded.value.url) & set("?#"):
        message = f"`{loaded.value.url}` has more than a path after its host"
        context.report("bad-url", message, Place(path, ("url",)), "end it before the `?` or `#`")
    return Loaded(loaded.value, tuple(context.findings))


def load_policy(data: Data, path: str, settings: SiteSettings) -> Loaded[Policy]:
    """The policy in a policy.yaml, with the site's shared facts where it uses them."""
    fallback = None
    if settings.fallback:
        own = data.get("language") if isinstance(data, dict) else None
        fallback = own if isinstance(own, str) and own in settings.languages else settings.languages[0]
    context = Context(tuple(dict.fromkeys(settings.languages)), _shared(settings), fallback)
    return _load(Policy, context, data, Place(path))


def _load(cls: type[T], context: Context, data: Data, place: Place) -> Loaded[T]:
    if not isinstance(data, dict):
        found = "is empty" if data is None else "does not hold keys with values"
        context.report("missing-key", f"the file {found}", place, f"begin with `format: {FORMAT}`")
        return Loaded(None, tuple(context.findings))
    stated = data.get("format", FORMAT)
    if type(stated) is int and stated != FORMAT:
        message = f"this policygen does not know format {stated}"
        help = f"write `format: {FORMAT}`, or update policygen"
        context.report("unknown-format", message, place / "format", help)
    value: T | None = None
    with suppress(Enough):
        value = read_object(context, cls, data, place)
    return Loaded(value, tuple(context.findings))


def _languages(data: Data) -> tuple[str, ...]:
    stated = data.get("languages") if isinstance(data, dict) else None
    tags = dict.fromkeys(tag for tag in stated if isinstance(tag, str)) if isinstance(stated, list) else {}
    return tuple(filter(_is_language, tags)) or ("en",)


def _is_language(tag: str) -> bool:
    try:
        read_language(tag)
    except ValueProblem:
        return False
    return True


def _shared(settings: SiteSettings) -> Shared:
    shared: dict[type, dict[str, Term]] = {}
    if settings.shared:
        for part in fields(settings.shared):
            for fact in getattr(settings.shared, part.name) or ():
                shared.setdefault(type(fact), {})[fact.id] = fact
    return shared
