"""The releases of two branches that were merged, put in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from policygen.diagnostics import Severity
from policygen.reading import Site, Stated, read_each
from policygen.release.desk import Refused, only
from policygen.releases.archive import Archive
from policygen.releases.changes import changes
from policygen.releases.freeze import Frozen, freeze, sealed
from policygen.releases.record import Kind, Release, Weight
from policygen.releases.unreleased import weights
from policygen.releases.weights import overall
from policygen.render.article import Article
from policygen.site import SiteFolder


def forked(
    folder: SiteFolder, name: str | None, today: Callable[[str | None], date]
) -> tuple[str, tuple[Frozen, ...]]:
    """The service whose releases fork, and its releases that have to change to follow each other."""
    name = name or only(folder.services())
    services: dict[str, Stated] = {}
    site, findings = read_each(
        folder, today, lambda _, each, one, __: services.update({each: one} if each == name else {})
    )
    mine = [one for one in findings if one.place.path.startswith(f"content/{name}/")]
    if not any(one.code == "forked-history" for one in mine):
        raise Refused(f"the releases of `{name}` don't fork", "there is nothing to put in one line")
    rest = tuple(one for one in mine if one.code not in {"forked-history", "broken-chain"})
    if site is None or name not in services or any(one.severity is Severity.ERROR for one in rest):
        raise Refused("the service has findings that must be mended first", None, rest or findings)
    return name, rechain(services[name].archive, site, weights(site.settings))


def rechain(archive: Archive, site: Site, rules: Mapping[str, Weight]) -> tuple[Frozen, ...]:
    """The releases of two branches in one line, by day and number; those that have to change, the last first.

    A list of changes is made anew where the release before is another one now.
    """
    ordered = sorted(archive.releases, key=lambda one: (one.recorded, one.number))
    changed: list[Frozen] = []
    previous: str | None = None
    base: Release | None = None
    for one in ordered:
        files = {name: content for name, content in archive.files[one.id].items() if name in one.files}
        frozen = Frozen(one, files)
        if one.previous != previous:
            frozen = _after(archive, one, base, previous, files, site, rules)
            changed.append(frozen)
        previous = frozen.release.fingerprint
        base = frozen.release if one.kind is Kind.RELEASE else base
    return tuple(reversed(changed))


def _after(
    archive: Archive, one: Release, base: Release | None, previous: str | None, files: Mapping[str, bytes],
    site: Site, rules: Mapping[str, Weight],
) -> Frozen:  # fmt: skip
    moved = replace(one, previous=previous, base=base.id if base else None)
    facts, before = archive.facts(one), archive.facts(base) if base else None
    if facts is None or before is None:
        return sealed(moved, files)
    found = changes(before, facts, site.languages, rules)
    articles = {tag: Article(archive.text(one, tag), about) for tag, about in one.heads.items()}
    return freeze(replace(moved, weight=one.weight or overall(found)), articles, facts, found)
