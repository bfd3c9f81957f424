"""A text of today to the files of a release.

The files are made from what is given and nothing else: the same text released twice on one day is the same
bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from policygen.releases.record import (
    CHANGES,
    FACTS,
    FORMAT,
    RECORD,
    Change,
    Json,
    Release,
    Source,
    digest,
    text_file,
    write_json,
)
from policygen.render.article import Article, Head


@dataclass(frozen=True, slots=True)
class Frozen:
    """A release and the files it is made of."""

    release: Release
    files: Mapping[str, bytes]


def next_number(releases: Sequence[Release], recorded: date) -> int:
    """The number of the next release of a day."""
    return max((release.number for release in releases if release.recorded == recorded), default=0) + 1


def freeze(
    release: Release, articles: Mapping[str, Article], facts: Json, changes: Sequence[Change] | None
) -> Frozen:
    """The release with the files of its texts, facts and changes; none of these for a withdrawal."""
    files = {text_file(tag): article.html.encode() for tag, article in articles.items()}
    if facts is not None:
        files[FACTS] = write_json(facts)
    if changes is not None:
        files[CHANGES] = write_json([_change(change) for change in changes])
    heads = {tag: article.head for tag, article in articles.items()}
    digests = {name: digest(content) for name, content in sorted(files.items())}
    return sealed(replace(release, heads=heads, files=digests), files)


def sealed(release: Release, files: Mapping[str, bytes]) -> Frozen:
    """The release with its release.json, and so its fingerprint."""
    record = write_json(_record(release))
    return Frozen(replace(release, fingerprint=digest(record)), {**files, RECORD: record})


def _change(change: Change) -> Json:
    return {"kind": change.kind, "weight": change.weight.value, "words": dict(change.words)}


def _record(release: Release) -> dict[str, Json]:
    """What a release.json says: what isn't stated isn't there."""
    said: dict[str, Json] = {
        "format": FORMAT,
        "service": release.service,
        "kind": release.kind.value,
        "recorded": release.recorded.isoformat(),
        "number": release.number,
        "date": release.date.isoformat() if release.date else None,
        "effective": release.effective.isoformat() if release.effective else None,
        "weight": release.weight.value if release.weight else None,
        "base": release.base,
        "summary": dict(release.summary),
        "corrects": release.corrects,
        "withdraws": release.withdraws,
        "reason": dict(release.reason),
        "heads": {tag: _head(head) for tag, head in release.heads.items()},
        "sources": {tag: _source(source) for tag, source in release.sources.items()},
        "previous": release.previous,
        "files": dict(release.files),
        "generator": release.generator,
    }
    return {key: value for key, value in said.items() if value not in (None, {}, "")}


def _head(head: Head) -> Json:
    said: dict[str, Json] = {
        "title": head.title,
        "name": head.name,
        "kinds": head.kinds,
        "company": head.company,
    }
    stated = {key: value for key, value in said.items() if value}
    return {**stated, "publisher": cast("Json", dict(head.publisher))}


def _source(source: Source) -> Json:
    return {"language": source.language, "release": source.release, "digest": source.digest}
