"""The languages of a site: our messages, with the site's own over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from policygen.diagnostics import Diagnostic
from policygen.language import Catalogue, Language, merge, missing, read_catalogue
from policygen.memory import Memory, digest
from policygen.resources import locales_folder
from policygen.site import SiteFolder, catalogue_path
from policygen.source import decode

TEMPLATE = "messages.pot"


def load_languages(
    folder: SiteFolder, tags: Sequence[str], memory: Memory | None = None
) -> tuple[tuple[Language, ...], tuple[Diagnostic, ...]]:
    """The languages, and what is wrong with their catalogues."""
    memory = memory or Memory()
    template = (locales_folder() / TEMPLATE).read_bytes()
    found: list[Diagnostic] = []
    languages = []
    for tag in tags:
        raw = folder.read(catalogue_path(tag)), _read_ours(tag), template
        source = digest(*raw)
        language, findings = memory.recall(("language", tag, source), partial(_load, tag, *raw))
        found += findings
        languages.append(replace(language, source=source))
    return tuple(languages), tuple(found)


def _load(
    tag: str, own: bytes | None, ours: bytes | None, template: bytes
) -> tuple[Language, tuple[Diagnostic, ...]]:
    path = catalogue_path(tag)
    over, findings = _parse_own(tag, own, path)
    merged = merge(_parse_ours(tag, ours) if ours is not None else None, over)
    language = Language.of(tag, merged)
    if over is None and findings:
        return language, findings
    lacking = missing(merged, _parse_ours("en", template), tag, path)
    return language, (*findings, lacking) if lacking else findings


def _parse_own(tag: str, raw: bytes | None, path: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    if raw is None:
        return None, ()
    text = decode(raw, path)
    if isinstance(text, Diagnostic):
        return None, (text,)
    return read_catalogue(tag, text, path)


def _read_ours(tag: str) -> bytes | None:
    file = locales_folder() / tag.replace("-", "_") / "LC_MESSAGES" / "policygen.po"
    return file.read_bytes() if file.is_file() else None


@lru_cache(maxsize=64)
def _parse_ours(tag: str, raw: bytes) -> Catalogue:
    # Findings in our own catalogues are for our tests; in a checkout, where they are the site's, they show.
    catalogue = read_catalogue(tag, raw.decode(), "policygen.po")[0]
    return catalogue or Catalogue(tag, "policygen.po", {})
