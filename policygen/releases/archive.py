"""A service's release folders to the chain of its releases, and everything that is not as it was released.

An archive is believed only where every digest fits: each file is named in its release.json, and each
release.json in the one after it. The newest is held by nothing but what was published and by git; that is
what `verify --against` is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from policygen.diagnostics import Diagnostic, Place, first
from policygen.releases.reading import (
    RESTORE,
    conflict,
    parse_id,
    read_changes,
    read_json,
    read_release,
)
from policygen.releases.record import CHANGES, FACTS, RECORD, Change, Json, Kind, Release, digest, text_file
from policygen.releases.scrutiny import strange_record, strange_text

Files = Mapping[str, Mapping[str, bytes]]
"""The files of every release folder, by the folder's name."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The releases of a service, each after the one it names as the one before, with their files."""

    releases: tuple[Release, ...] = ()
    files: Files = field(default_factory=dict, repr=False)

    def text(self, release: Release, language: str) -> str:
        """A frozen text. Raises KeyError if the release has none in that language."""
        return self.files[release.id][text_file(language)].decode()

    def facts(self, release: Release) -> Json:
        """The frozen facts; None for a text that was archived without."""
        content = self.files[release.id].get(FACTS)
        data = read_json(content, FACTS) if content is not None else None
        return None if isinstance(data, Diagnostic) else data

    def changes(self, release: Release) -> tuple[Change, ...]:
        """The frozen list of changes."""
        content = self.files[release.id].get(CHANGES)
        found = read_changes(content, CHANGES) if content is not None else ()
        return () if isinstance(found, Diagnostic) else found


def releases_folder(service: str) -> str:
    """Where a service's releases are."""
    return f"content/{service}/releases"


def read_archive(
    service: str, files: Files, former: Sequence[str] | None, languages: Sequence[str], today: date
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """The archive of a service, and what is wrong with it.

    `former` are the service's earlier names, None if they aren't known.
    """
    folder = releases_folder(service)
    found: list[Diagnostic] = []
    releases: dict[str, Release] = {}
    for name, content in sorted(files.items()):
        release, findings = _read_folder(f"{folder}/{name}", name, content)
        found += findings
        if release is not None:
            releases[name] = release
    chain, broken = _chain(releases, folder)
    found += broken
    names = {service, *(former if former is not None else (release.service for release in chain))}
    tags = {*languages}
    for release in chain:
        place = Place(f"{folder}/{release.id}/{RECORD}")
        found += _about(release, place, names, tags, today)
        # One finding for one name, and for one language.
        names.add(release.service)
        tags |= release.heads.keys()
    if not broken:
        found += _order(chain, folder)
    return Archive(tuple(chain), files), tuple(found)


def _read_folder(
    path: str, name: str, files: Mapping[str, bytes]
) -> tuple[Release | None, tuple[Diagnostic, ...]]:
    marks = tuple(mark for file in sorted(files) if (mark := conflict(files[file], f"{path}/{file}")))
    if marks:
        return None, marks
    record = f"{path}/{RECORD}"
    if parse_id(name) is None:
        help = "a release's folder is named by its day and a number, such as 2026-11-21-1; restore its name"
        return None, (Diagnostic("misplaced-release", f"`{name}` is no release", Place(path), help),)
    if RECORD not in files:
        message = f"the release has no {RECORD}"
        return None, (Diagnostic("missing-release-file", message, Place(record), RESTORE),)
    release = read_release(files[RECORD], record)
    if isinstance(release, Diagnostic):
        return None, (release,)
    if release.id != name:
        message = f"the release of {release.id} stands in the folder {name}"
        help = f"name the folder {release.id}, or remove it if that one exists"
        return None, (Diagnostic("misplaced-release", message, Place(record), help),)
    return release, (*first(strange_record(files[RECORD], record)), *_file_findings(release, path, files))


def _file_findings(release: Release, path: str, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    needed = {text_file(tag) for tag in release.heads} | (
        {CHANGES} if release.kind is Kind.RELEASE else set()
    )
    for name in sorted({*release.files, *needed}):
        place = Place(f"{path}/{name}")
        if name not in files:
            yield Diagnostic("missing-release-file", f"{name} of the release is missing", place, RESTORE)
        elif digest(files[name]) != release.files.get(name):
            message = f"{name} is not what was released: its digest is not the one in {RECORD}"
            help = f"{RESTORE}; a mistake is mended by a new release with `--corrects {release.id}`"
            yield Diagnostic("edited-release", message, place, help)
        elif name == CHANGES and isinstance(found := read_changes(files[name], place.path), Diagnostic):
            yield found
        elif name == FACTS and isinstance(data := read_json(files[name], place.path), Diagnostic):
            yield data
        elif name in {CHANGES, FACTS}:
            yield from first(strange_record(files[name], place.path))
        elif name.endswith(".html") and not _is_utf8(files[name]):
            yield Diagnostic("bad-release", f"{name} is not UTF-8", place, RESTORE)
        elif name.endswith(".html"):
            is_archived = release.kind is Kind.IMPORT
            yield from first(strange_text(files[name], place.path, is_archived=is_archived))
    for name in sorted(files.keys() - release.files.keys() - needed - {RECORD}):
        message = f"{name} was added after the release"
        yield Diagnostic("added-release-file", message, Place(f"{path}/{name}"), "remove it")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _chain(releases: Mapping[str, Release], folder: str) -> tuple[list[Release], tuple[Diagnostic, ...]]:
    """The releases in their order; where the chain is broken or forks, by day and number."""
    by_day = sorted(releases.values(), key=lambda release: (release.recorded, release.number))
    known = {release.fingerprint for release in by_day}
    after: dict[str | None, list[Release]] = {}
    found: list[Diagnostic] = []
    for release in by_day:
        place = Place(f"{folder}/{release.id}/{RECORD}", ("previous",))
        if release.previous is not None and release.previous not in known:
            message = f"the release before it, {release.previous[:12]}…, is not here or was changed"
            found.append(Diagnostic("broken-chain", message, place, RESTORE))
        after.setdefault(release.previous, []).append(release)
    for several in after.values():
        for one in several[1:]:
            place = Place(f"{folder}/{one.id}/{RECORD}", ("previous",))
            message = (
                f"{several[0].id} and {one.id} follow the same release, as after a merge of two branches"
            )
            help = f"`policygen release {folder.split('/')[1]} --rechain` puts them in one line"
            found.append(Diagnostic("forked-history", message, place, help))
    if found:
        return by_day, tuple(found)
    chain = list(after.get(None, ()))
    while chain and chain[-1].fingerprint in after:
        chain += after[chain[-1].fingerprint]
    return chain, ()


def _about(
    release: Release, place: Place, names: Set[str], languages: Set[str], today: date
) -> Iterator[Diagnostic]:
    """What is wrong with a release by itself."""
    if release.service not in names:
        message = f"this is a release of `{release.service}`"
        help = f"if the service was renamed, write `formerly: [{release.service}]` in its policy.yaml"
        yield Diagnostic("renamed-service", message, place / "service", help)
    if release.recorded > today:
        message = f"recorded on {release.recorded}, after today ({today})"
        help = "only the effective date of a release can be a day to come; is the clock right?"
        yield Diagnostic("future-release", message, place / "recorded", help)
    for key, words in (("summary", release.summary), ("reason", release.reason)):
        missing = [tag for tag in release.heads if tag not in words]
        if words and missing:
            tags = ", ".join(f"`{tag}`" for tag in missing)
            message = f"the {key} is missing in {tags}"
            yield Diagnostic("missing-translation", message, place / key, RESTORE, on_key=True)
    for tag in release.heads:
        if tag not in languages:
            message = f"the release has a text in `{tag}`, which is not a language of this site any more"
            help = f"keep `{tag}` among the languages in content/site.yaml: released texts stay published"
            yield Diagnostic("removed-language", message, place / "heads" / tag, help, on_key=True)


def _order(chain: Sequence[Release], folder: str) -> Iterator[Diagnostic]:
    """Dates that contradict the order of the chain, and records that speak of releases there aren't."""
    ids: set[str] = set()
    texts: list[Release] = []
    for index, release in enumerate(chain):
        place = Place(f"{folder}/{release.id}/{RECORD}")
        before = chain[index - 1] if index else None
        if before and (release.recorded, release.number) < (before.recorded, before.number):
            message = f"recorded on {release.recorded}, before the release it follows ({before.id})"
            yield Diagnostic("release-order", message, place / "recorded", RESTORE)
        older = texts[-1].date if texts and release.kind is Kind.RELEASE else None
        if release.date and older and release.date < older and not release.corrects:
            message = f"dated {release.date}, but the release before it is dated {older}"
            help = "the later a release, the later its date; a wrong date is mended with `--corrects`"
            yield Diagnostic("release-order", message, place / "date", help)
        named = {"base": release.base, "corrects": release.corrects, "withdraws": release.withdraws}
        for key, other in named.items():
            if other and other not in ids:
                message = f"there is no release {other} before it"
                yield Diagnostic("broken-chain", message, place / key, RESTORE)
        if release.kind is not Kind.WITHDRAWAL:
            ids.add(release.id)
        if release.kind is Kind.RELEASE:
            texts.append(release)
