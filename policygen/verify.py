"""Compares the releases of a site with their own digests, and with what is known from elsewhere.

A chain of digests can't show that its newest link was taken off. A git revision that was published, or a
fingerprint that somebody has read on a page, can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from policygen.diagnostics import Diagnostic, Place
from policygen.git import files_at
from policygen.reading import read_each
from policygen.releases.archive import releases_folder
from policygen.releases.record import RECORD, digest
from policygen.site import SiteFolder

_FINGERPRINT = re.compile(r"[0-9a-f]{12,64}")
_PATH = re.compile(r"content/(?P<service>[^/]+)/releases/(?P<release>[^/.][^/]*)/(?P<file>.+)")
CODES = frozenset(
    {
        "added-release-file", "bad-release", "broken-chain", "edited-release", "forked-history",
        "future-release", "merge-conflict", "misplaced-release", "missing-release-file",
        "release-order", "removed-language", "removed-service", "renamed-service",
    }
)  # fmt: skip
"""The findings that are about releases; others are the business of `check`."""


def verify(
    folder: SiteFolder, today: Callable[[str | None], date], against: str | None
) -> tuple[int, tuple[Diagnostic, ...]]:
    """How many releases there are, and what is wrong with them. Raises GitError if it can't be asked."""
    _, findings = read_each(folder, today, lambda *_: None)
    found = [one for one in findings if one.code in CODES or _PATH.match(one.place.path)]
    prints = [digest(files.get(RECORD, b"")) for _, files in _releases(folder)]
    if against and _FINGERPRINT.fullmatch(against) and not _is_revision(folder, against):
        found += _against_fingerprint(against, prints)
    elif against:
        found += _against_revision(folder, against)
    return len(prints), tuple(found)


def _releases(folder: SiteFolder) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Every release by its id, one service after the other: memory has no room for all of them."""
    for service in folder.released():
        yield from folder.releases(service).items()


def _is_revision(folder: SiteFolder, ref: str) -> bool:
    """Whether what could be a fingerprint is one of git's own: those are 40 digits at most."""
    from policygen.git import GitError

    if len(ref) > 40:
        return False
    try:
        files_at(folder.root, ref, "content")
    except GitError:
        return False
    return True


def _against_fingerprint(fingerprint: str, prints: Sequence[str]) -> Iterator[Diagnostic]:
    if not any(each.startswith(fingerprint) for each in prints):
        message = f"no release has the fingerprint {fingerprint}"
        help = "the release was removed or changed after it was published; restore it from git"
        yield Diagnostic("removed-release", message, Place("content"), help)


def _against_revision(folder: SiteFolder, ref: str) -> Iterator[Diagnostic]:
    """Every release of a revision is still there, byte for byte, maybe under a service's new name."""
    today = {
        (id, name, digest(content)) for id, files in _releases(folder) for name, content in files.items()
    }
    then: dict[tuple[str, str], dict[str, bytes]] = {}
    for path, content in files_at(folder.root, ref, "content").items():
        if found := _PATH.fullmatch(path):
            then.setdefault((found["service"], found["release"]), {})[found["file"]] = content
    for (service, id), files in sorted(then.items()):
        lost = [name for name, content in sorted(files.items()) if (id, name, digest(content)) not in today]
        if lost:
            message = f"the release {id} of `{service}` is not as in {ref}: {', '.join(lost)}"
            help = f"restore it: `git checkout {ref} -- {releases_folder(service)}/{id}`"
            yield Diagnostic("removed-release", message, Place(f"{releases_folder(service)}/{id}"), help)
