"""The languages of a site: our messages, with the site's own over them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic
from policygen.language import Catalogue, Language, merge, missing, read_catalogue
from policygen.resources import locales_folder
from policygen.site import SiteFolder, catalogue_path
from policygen.source import decode

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = "messages.pot"


def load_languages(
    folder: SiteFolder, tags: Sequence[str]
) -> tuple[tuple[Language, ...], tuple[Diagnostic, ...]]:
    """The languages, and what is wrong with their catalogues."""
    found: list[Diagnostic] = []
    languages = []
    for tag in tags:
        catalogue, findings = _load(folder, tag)
        found += findings
        languages.append(Language.of(tag, catalogue))
    return tuple(languages), tuple(found)


def _load(folder: SiteFolder, tag: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    path = catalogue_path(tag)
    own, findings = _read_own(folder, tag, path)
    merged = merge(_bundled(tag), own)
    if own is None and findings:
        return merged, findings
    lacking = missing(merged, _template(), tag, path)
    return merged, (*findings, lacking) if lacking else findings


def _read_own(folder: SiteFolder, tag: str, path: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    raw = folder.read(path)
    if raw is None:
        return None, ()
    text = decode(raw, path)
    if isinstance(text, Diagnostic):
        return None, (text,)
    return read_catalogue(tag, text, path)


@cache
def _bundled(tag: str) -> Catalogue | None:
    return _read_ours(tag, locales_folder() / tag.replace("-", "_") / "LC_MESSAGES" / "policygen.po")


@cache
def _template() -> Catalogue:
    template = _read_ours("en", locales_folder() / TEMPLATE)
    if template is None:
        raise FileNotFoundError(f"{locales_folder() / TEMPLATE} is missing: policygen is not installed whole")
    return template


def _read_ours(tag: str, file: Path) -> Catalogue | None:
    if not file.is_file():
        return None
    # Findings in our own catalogues are for our tests; in a checkout, where they are the site's, they show.
    return read_catalogue(tag, file.read_text(encoding="utf-8"), file.name)[0]
