"""JSON Schemas (2020-12) of policy.yaml and site.yaml, made from the model: what editors complete by.

An editor's language server finds the schema by a comment in the YAML file. It names a file of the site's
folder, not an address: it works offline, says what the installed policygen says, and knows the site's
languages. The loader stays the judge; `tests/test_schema.py` holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal, get_args

from policygen import __version__
from policygen.loading import load_settings
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings
from policygen.schema.structure import Structure
from policygen.schema.texts import Languages
from policygen.schema.words import Schema
from policygen.site import SETTINGS, SiteFolder
from policygen.source import decode, parse

__all__ = [
    "KINDS",
    "Kind",
    "modeline",
    "read_languages",
    "schema",
    "schema_files",
    "schema_path",
    "schema_text",
]

Kind = Literal["policy", "site"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CLASSES: Mapping[Kind, type] = {"policy": Policy, "site": SiteSettings}


def schema(kind: Kind, languages: Languages) -> Schema:
    """The schema of a file."""
    structure = Structure(languages, shared=kind == "policy")
    root = structure.mapping(_CLASSES[kind])
    tags = f" for the languages {', '.join(languages.tags)}" if languages.tags else ""
    comment = f"Made by policygen {__version__}{tags}; `policygen schema --write` makes it anew."
    return {
        "$schema": _DIALECT,
        "$comment": comment,
        **root,
        "title": f"{kind}.yaml",
        "$defs": structure.definitions,
    }


def schema_text(kind: Kind, languages: Languages) -> str:
    """The schema of a file, as it is printed and written."""
    return json.dumps(schema(kind, languages), ensure_ascii=False, indent=1) + "\n"


def schema_files(languages: Mapping[Kind, Languages]) -> Mapping[str, bytes]:
    """The files a site folder keeps for editors, by their paths."""
    return {schema_path(kind): schema_text(kind, languages[kind]).encode() for kind in KINDS}


def schema_path(kind: Kind) -> str:
    """Where a site folder keeps the schema of a file."""
    return f".policygen/{kind}.schema.json"


def modeline(path: str) -> str:
    """The comment that leads an editor from a file of content/ to its schema."""
    kind: Kind = "site" if path == SETTINGS else "policy"
    above = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={above}{schema_path(kind)}"


def read_languages(folder: SiteFolder | None) -> Mapping[Kind, Languages]:
    """The languages that the texts of a site are in; any, where there is no site or it can't be read."""
    settings = _settings(folder) if folder else None
    tags = tuple(dict.fromkeys(settings.languages or ())) if settings else ()
    if not settings or not settings.fallback:
        return dict.fromkeys(KINDS, Languages(tags, tags))
    # A policy says itself which language stands in for the others; the settings have no say but the first.
    return {"policy": Languages(tags), "site": Languages(tags, tags[:1])}


def _settings(folder: SiteFolder) -> SiteSettings | None:
    raw = folder.read(SETTINGS)
    text = decode(raw, SETTINGS) if raw is not None else None
    data = parse(text, SETTINGS)[0] if isinstance(text, str) else None
    return load_settings(data, SETTINGS).value
