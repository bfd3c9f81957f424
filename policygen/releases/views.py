"""The versions of a policy as the pages of one language show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from policygen.model import Text
from policygen.releases.archive import Archive
from policygen.releases.record import Kind, Release
from policygen.releases.timeline import State, Timeline, Version


@dataclass(frozen=True, slots=True)
class View:
    """A version in the words of one language; a text that there is only in another says so itself.

    `path` leads to it from the service's page, `before` and `after` to its neighbours. `languages` are those
    it has a text in. `newer_source` is the language of a newer text that this one's translation doesn't know.
    """

    version: Version
    path: str
    languages: tuple[str, ...]
    summary: Text | None
    changes: tuple[Text, ...]
    reason: Text | None
    withdrawal: Text | None
    newer_source: str | None
    feed_id: str

    @property
    def release(self) -> Release:
        """What was released."""
        return self.version.release

    @property
    def id(self) -> str:
        """The name it has for good."""
        return self.release.id

    @property
    def state(self) -> State:
        """Where it stands today."""
        return self.version.state

    @property
    def dated(self) -> date:
        """The date the company states, or else the day it was recorded."""
        return self.release.date or self.release.recorded

    @property
    def updated(self) -> date:
        """The day something was last said of it: that it was released, or that it was withdrawn."""
        withdrawn = self.version.withdrawn_by
        return withdrawn.recorded if withdrawn else self.release.recorded

    @property
    def is_archived(self) -> bool:
        """Whether its text is older than this record."""
        return self.release.kind is Kind.IMPORT


def version_path(id: str) -> str:
    """Where a version is, below the service's page."""
    return f"history/{id}/"


def views(archive: Archive, timeline: Timeline, language: str) -> tuple[View, ...]:
    """All versions, the newest first."""
    return tuple(_view(version, archive, language) for version in reversed(timeline.versions))


def _view(version: Version, archive: Archive, language: str) -> View:
    release, withdrawn = version.release, version.withdrawn_by
    source = release.sources.get(language)
    return View(
        version,
        version_path(release.id),
        tuple(release.heads),
        _text(release.summary),
        tuple(text for change in archive.changes(release) if (text := _text(change.words))),
        _text(release.reason),
        _text(withdrawn.reason) if withdrawn else None,
        source.language if source and source.release != release.id else None,
        feed_id(release, language),
    )


def feed_id(release: Release, *names: str) -> str:
    """A name for feeds that is the same under any address: made from the fingerprint, which never changes."""
    return uuid5(NAMESPACE_OID, " ".join((release.fingerprint, *names))).urn


def _text(words: Mapping[str, str]) -> Text | None:
    return Text(words) if words else None
