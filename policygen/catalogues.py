"""The languages of a site: our messages, with the site's own over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from policygen.diagnostics import Diagnostic, Place, Position, Severity, did_you_mean, first
from policygen.language import (
    Catalogue,
    Language,
    Unknown,
    merge,
    missing,
    read_catalogue,
    tag_problem,
    unknown_messages,
)
from policygen.memory import Memory, digest, recall
from policygen.resources import locales_folder
from policygen.site import SiteFolder, catalogue_path
from policygen.source import deceptive, decode
from policygen.stash import kept

TEMPLATE = "messages.pot"
_COMMENT = re.compile(r"^#.*", re.MULTILINE)


def load_languages(
    folder: SiteFolder, tags: Sequence[str], memory: Memory | None = None
) -> tuple[tuple[Language, ...], tuple[Diagnostic, ...]]:
    """The languages, and what is wrong with their catalogues."""
    template = (locales_folder() / TEMPLATE).read_bytes()
    found: list[Diagnostic] = []
    languages = []
    for tag in tags:
        raw = folder.read(catalogue_path(tag)), _read_ours(tag), template
        source = digest(*raw)
        language, findings = recall(memory, ("language", tag, source), partial(_load, tag, source, *raw))
        found += findings
        languages.append(language)
    return tuple(languages), (*found, *_unread(folder, tags))


def _unread(folder: SiteFolder, tags: Sequence[str]) -> Iterator[Diagnostic]:
    """A finding for catalogues in no language's place. Those of languages to come may wait in theirs."""
    places = {path.split("/")[1]: path for path in map(catalogue_path, tags)}
    for name, files in folder.catalogues().items():
        if catalogue_path(name) not in files or tag_problem(name.replace("_", "-")):
            place = places[did_you_mean(name.removesuffix(".po"), places) or [*places][-1]]
            listed = ", ".join(tags)
            help = f"the site's languages are {listed}; their messages stand in places such as {place}"
            yield Diagnostic(
                "unused-catalogue", "nothing reads this catalogue", Place(files[0]), help, Severity.WARNING,
                position=Position(1, 1),
            )  # fmt: skip


def _load(
    tag: str, source: str, own: bytes | None, ours: bytes | None, template: bytes
) -> tuple[Language, tuple[Diagnostic, ...]]:
    # Reading a catalogue takes longer than anything else that a small build does.
    read = kept(digest(tag, own, ours, template), _Read, lambda: _read(tag, own, ours, template))
    return replace(Language.of(tag, read.catalogue), source=source, unknown=read.unknown), read.findings


@dataclass(frozen=True, slots=True)
class _Read:
    """A language's messages, and what is wrong with them."""

    catalogue: Catalogue | None
    findings: tuple[Diagnostic, ...]
    unknown: tuple[Unknown, ...] = ()


def _read(tag: str, own: bytes | None, ours: bytes | None, template: bytes) -> _Read:
    path = catalogue_path(tag)
    over, findings = _parse_own(tag, own, path)
    merged = merge(_parse_ours(tag, ours) if ours is not None else None, over)
    if over is None and findings:
        return _Read(merged, findings)
    wanted = _parse_ours("en", template)
    lacking = missing(merged, wanted, tag, path)
    unknown = tuple(unknown_messages(over, wanted)) if over else ()
    return _Read(merged, (*findings, lacking) if lacking else findings, unknown)


def _parse_own(tag: str, raw: bytes | None, path: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    if raw is None:
        return None, ()
    text = decode(raw, path)
    if isinstance(text, Diagnostic):
        return None, (text,)
    catalogue, findings = read_catalogue(tag, text, path)
    # In its comments, tools put file names between characters that nobody sees.
    return catalogue, (*first(deceptive(_COMMENT.sub("", text), path)), *findings)


def _read_ours(tag: str) -> bytes | None:
    file = locales_folder() / tag.replace("-", "_") / "LC_MESSAGES" / "policygen.po"
    return file.read_bytes() if file.is_file() else None


@lru_cache(maxsize=64)
def _parse_ours(tag: str, raw: bytes) -> Catalogue:
    # Findings in our own catalogues are for our tests; in a checkout, where they are the site's, they show.
    catalogue = read_catalogue(tag, raw.decode(), "policygen.po")[0]
    return catalogue or Catalogue(tag, "policygen.po", {})
