"""The bytes of a release.json and of a changes.json to what they say, or the finding that says why not.

They were written by a policygen, maybe an older one, and edited by nobody: what is wrong with one is wrong
for good, so the first thing found is enough. A key that is not known was written by a newer one: refused,
because nothing may be left out of a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import cast

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.releases.record import (
    FORMAT,
    Change,
    Json,
    Kind,
    Release,
    Source,
    Weight,
    digest,
)
from policygen.render.article import Head

_CONFLICT = re.compile(rb"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_ID = re.compile(r"(\d{4}-\d{2}-\d{2})-([1-9]\d{0,5})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
RESTORE = "restore the file as it was committed: `git checkout <revision> -- <file>`"
MERGE = (
    "take the whole folder of one side (`git checkout --ours -- <folder>`, or --theirs), "
    "and release the other side's change anew"
)


class Unreadable(Exception):
    """What keeps a file from being read; `route` leads to it."""

    def __init__(self, message: str, *route: str | int) -> None:
        super().__init__(message)
        self.message, self.route = message, route


def parse_id(name: str) -> tuple[date, int] | None:
    """The day and the number in the name of a release's folder; None if it isn't one."""
    found = _ID.fullmatch(name)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def conflict(content: bytes, path: str) -> Diagnostic | None:
    """The finding for the marks git leaves where two branches disagree."""
    found = _CONFLICT.search(content)
    if found is None:
        return None
    position = Position(content.count(b"\n", 0, found.start()) + 1, 1, 7)
    message = "git left the marks of a merge conflict here"
    return Diagnostic("merge-conflict", message, Place(path), MERGE, position=position)


def read_json(content: bytes, path: str) -> Json | Diagnostic:
    """The data of a JSON file."""
    try:
        return cast("Json", json.loads(content.decode()))
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        reason = getattr(error, "msg", None) or "it is not UTF-8"
        message = f"this is not the JSON that policygen wrote: {reason[:1].lower()}{reason[1:]}"
        return Diagnostic("bad-release", message, Place(path), RESTORE, position=Position(line, column))


def read_release(content: bytes, path: str) -> Release | Diagnostic:
    """What a release.json says."""
    data = read_json(content, path)
    if isinstance(data, Diagnostic):
        return data
    try:
        return _release(_object(data), digest(content))
    except Unreadable as error:
        return Diagnostic("bad-release", error.message, Place(path, error.route), RESTORE)


def read_changes(content: bytes, path: str) -> tuple[Change, ...] | Diagnostic:
    """What a changes.json says."""
    data = read_json(content, path)
    if isinstance(data, Diagnostic):
        return data
    try:
        return tuple(_change(_object(item, index), index) for index, item in enumerate(_list(data)))
    except Unreadable as error:
        return Diagnostic("bad-release", error.message, Place(path, error.route), RESTORE)


def _change(data: Mapping[str, Json], index: int) -> Change:
    kind = _text(data, "kind") or ""
    return Change(kind, _weight(data) or Weight.MATERIAL, _words(data, "words", index))


def _release(data: Mapping[str, Json], fingerprint: str) -> Release:
    if data.get("format") != FORMAT:
        raise Unreadable(f"this policygen does not know format {data.get('format')!r} of a release", "format")
    known = {part.name for part in fields(Release)} - {"fingerprint"} | {"format"}
    for key in data:
        if key not in known:
            raise Unreadable(f"unknown key `{key}`", key)
    number = data.get("number")
    if type(number) is not int or number < 1:
        raise Unreadable("expected a whole number from 1", "number")
    recorded = _day(data, "recorded")
    if recorded is None:
        raise Unreadable("`recorded` is missing")
    kind, heads = _kind(data), _object(data.get("heads", {}), "heads")
    if bool(heads) is (kind is Kind.WITHDRAWAL):
        raise Unreadable("a withdrawal has no text" if heads else "there is no text in any language", "heads")
    return Release(
        service=_needed(data, "service"),
        kind=kind,
        recorded=recorded,
        number=number,
        date=_day(data, "date"),
        effective=_day(data, "effective"),
        weight=_weight(data),
        base=_text(data, "base"),
        summary=_words(data, "summary"),
        heads={tag: _head(tag, value) for tag, value in heads.items()},
        sources={tag: _source(tag, one) for tag, one in _object(data.get("sources", {}), "sources").items()},
        previous=_fingerprint(data, "previous"),
        corrects=_text(data, "corrects"),
        withdraws=_text(data, "withdraws"),
        reason=_words(data, "reason"),
        files=_files(data),
        generator=_text(data, "generator") or "",
        fingerprint=fingerprint,
    )  # fmt: skip


def _object(value: Json, *route: str | int) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise Unreadable("expected keys with values", *route)
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Unreadable("expected a list")
    return value


def _text(data: Mapping[str, Json], key: str, *route: str | int) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise Unreadable("expected text", *route, key)
    return value


def _needed(data: Mapping[str, Json], key: str, *route: str | int) -> str:
    value = _text(data, key, *route)
    if not value:
        raise Unreadable(f"`{key}` is missing", *route)
    return value


def _day(data: Mapping[str, Json], key: str) -> date | None:
    value = _text(data, key)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise Unreadable(f"`{value}` is no date", key) from None


def _kind(data: Mapping[str, Json]) -> Kind:
    value = _needed(data, "kind")
    if value not in tuple(Kind):
        raise Unreadable(f"`{value}` is not possible here", "kind")
    return Kind(value)


def _weight(data: Mapping[str, Json]) -> Weight | None:
    value = _text(data, "weight")
    if value is not None and value not in tuple(Weight):
        raise Unreadable(f"`{value}` is not possible here", "weight")
    return Weight(value) if value else None


def _words(data: Mapping[str, Json], key: str, *route: str | int) -> dict[str, str]:
    words = _object(data.get(key, {}), *route, key)
    return {tag: _needed(words, tag, *route, key) for tag in words}


def _fingerprint(data: Mapping[str, Json], key: str, *route: str | int) -> str | None:
    value = _text(data, key, *route)
    if value is not None and not _DIGEST.fullmatch(value):
        raise Unreadable(f"`{value}` is no fingerprint", *route, key)
    return value


def _files(data: Mapping[str, Json]) -> dict[str, str]:
    files = _object(data.get("files", {}), "files")
    return {name: _fingerprint(files, name, "files") or "" for name in files}


def _head(tag: str, value: Json) -> Head:
    data = _object(value, "heads", tag)
    route = ("heads", tag)
    publisher = dict(_object(data.get("publisher", {}), *route, "publisher"))
    title, name = _needed(data, "title", *route), _needed(data, "name", *route)
    return Head(title, name, _text(data, "kinds", *route), _text(data, "company", *route), publisher)


def _source(tag: str, value: Json) -> Source:
    data = _object(value, "sources", tag)
    route = ("sources", tag)
    texts = [_needed(data, key, *route) for key in ("language", "release", "digest")]
    return Source(*texts)
