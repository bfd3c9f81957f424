"""A site folder to what it states: settings, languages, policies, releases, and what was found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policygen.catalogues import load_languages
from policygen.checks import Case, check
from policygen.diagnostics import Diagnostic, Place, Severity, did_you_mean
from policygen.language import Language
from policygen.loading import load_policy, load_settings
from policygen.loading.scalars import ValueProblem, read_slug
from policygen.memory import Memory, digest
from policygen.model import Policy, SiteSettings
from policygen.releases.archive import Archive, Files, read_archive, releases_folder
from policygen.releases.weights import KINDS
from policygen.site import SETTINGS, SiteFolder, policy_path
from policygen.source import Data, decode, parse

_LONGEST_NOTICE = 3650
_RESERVED = frozenset({"404", "index", "sitemap", "robots", "feed"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What one service states, and every release of it.

    `source` and `released` name the state of the files they were read from.
    """

    policy: Policy
    archive: Archive
    source: str
    released: str


@dataclass(frozen=True, slots=True)
class Site:
    """What a site states. Without usable settings there is no site, only findings.

    `source` names the state of the file of settings.
    """

    settings: SiteSettings
    languages: tuple[Language, ...]
    services: Mapping[str, Stated]
    today: date
    source: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where services are read from, and by which settings on which day."""

    folder: SiteFolder
    memory: Memory
    settings: SiteSettings
    today: date
    source: str


def read_site(
    folder: SiteFolder, today: Callable[[str | None], date], memory: Memory | None = None
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Read and check a site. `today` is asked once, with the site's time zone."""
    memory = memory or Memory()
    raw = folder.read(SETTINGS)
    source = digest(raw)
    settings, found = memory.recall(("settings", source), lambda: _load_settings(raw))
    if settings is None:
        return None, found
    day = today(settings.timezone)
    languages, faults = load_languages(folder, settings.languages, memory)
    services, findings = _read_services(_Reading(folder, memory, settings, day, source))
    return Site(settings, languages, services, day, source), (*found, *faults, *findings)


def _parse(raw: bytes | None, path: str) -> tuple[Data, tuple[Diagnostic, ...]]:
    if raw is None:
        help = "a policy's file is called `policy.yaml`; create it, or rename the one that is there"
        if path == SETTINGS:
            help = "it holds the site's settings: bring it back"
        return None, (Diagnostic("missing-file", f"there is no file {path}", Place(path), help),)
    text = decode(raw, path)
    return (None, (text,)) if isinstance(text, Diagnostic) else parse(text, path)


def _load_settings(raw: bytes | None) -> tuple[SiteSettings | None, tuple[Diagnostic, ...]]:
    data, findings = _parse(raw, SETTINGS)
    if findings and data is None:
        return None, findings
    loaded = load_settings(data, SETTINGS)
    findings = (*findings, *loaded.findings, *_change_findings(loaded.value))
    broken = any(finding.severity is Severity.ERROR for finding in findings)
    # With the languages known, the policies can be read too: all findings of all files in one run.
    usable = loaded.value is not None and bool(loaded.value.languages)
    return (None if broken and not usable else loaded.value), findings


def _change_findings(settings: SiteSettings | None) -> Iterator[Diagnostic]:
    """Rules on changes that would have no effect, or none that anybody could tell."""
    rules = settings.changes if settings else None
    if rules is None:
        return
    place = Place(SETTINGS, ("changes",))
    if rules.notice_days is not None and not 0 <= rules.notice_days <= _LONGEST_NOTICE:
        message = f"{rules.notice_days} is no number of days to announce a change in"
        help = f"write a number from 0 to {_LONGEST_NOTICE}"
        yield Diagnostic("bad-time", message, place / "notice_days", help)
    for key, kinds in (("material", rules.material), ("editorial", rules.editorial)):
        for index, kind in enumerate(kinds or ()):
            if kind not in KINDS:
                near = did_you_mean(kind, KINDS)
                help = f"did you mean `{near}`?" if near else "see docs/reference/changes.md"
                yield Diagnostic(
                    "unknown-choice", f"`{kind}` is no kind of change", place / key / index, help
                )
            elif key == "editorial" and kind in (rules.material or ()):
                message = f"`{kind}` is stated as material and as editorial"
                yield Diagnostic("self-contradiction", message, place / key / index, "take one of them out")


def _read_services(reading: _Reading) -> tuple[dict[str, Stated], tuple[Diagnostic, ...]]:
    folder, settings = reading.folder, reading.settings
    stated: dict[str, Stated] = {}
    findings: list[Diagnostic] = []
    services = folder.services()
    if not services:
        help = "add a folder with a policy.yaml for each service"
        findings.append(Diagnostic("missing-file", "the site has no service", Place("content"), help))
    taken = dict.fromkeys(_RESERVED | {*settings.languages}, "the site itself")
    taken |= dict.fromkeys(services, "a service")
    for service in services:
        path = policy_path(service)
        findings += _address_findings(service, services, settings, path)
        policy, found, source = _read_policy(reading, path)
        archive, broken, released = _read_archive(reading, service, policy)
        findings += (*found, *broken)
        if policy is not None:
            stated[service] = Stated(policy, archive, source, released)
            findings += _former_findings(policy, path, taken)
            taken |= dict.fromkeys(policy.formerly or (), f"an earlier name of `{service}`")
    findings += _removed(folder, services)
    return stated, tuple(findings)


def _read_policy(reading: _Reading, path: str) -> tuple[Policy | None, tuple[Diagnostic, ...], str]:
    raw, settings, today = reading.folder.read(path), reading.settings, reading.today
    source = digest(raw)
    key = ("policy", path, source, reading.source, str(today))
    return *reading.memory.recall(key, lambda: _load_policy(raw, path, settings, today)), source


def _load_policy(
    raw: bytes | None, path: str, settings: SiteSettings, today: date
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    data, found = _parse(raw, path)
    if data is None and found:
        return None, found
    loaded = load_policy(data, path, settings)
    if loaded.value is None:
        return None, (*found, *loaded.findings)
    checked = check(Case(loaded.value, Place(path), settings, today))
    return loaded.value, (*found, *loaded.findings, *checked)


def _read_archive(
    reading: _Reading, service: str, policy: Policy | None
) -> tuple[Archive, tuple[Diagnostic, ...], str]:
    files, languages, today = reading.folder.releases(service), reading.settings.languages, reading.today
    # Where the policy can't be read, its earlier names aren't known: that is no finding about the releases.
    former = (policy.formerly or ()) if policy else None
    source = digest(*(part for path, content in _flat(files) for part in (path, content)))
    key = ("archive", service, source, repr(former), repr(languages), str(today))
    read = reading.memory.recall(key, lambda: read_archive(service, files, former, languages, today))
    return *read, source


def _flat(files: Files) -> Iterator[tuple[str, bytes]]:
    for release, inside in files.items():
        yield from ((f"{release}/{name}", content) for name, content in inside.items())


def _removed(folder: SiteFolder, services: Sequence[str]) -> Iterator[Diagnostic]:
    """Services whose policy has gone and whose releases are still there."""
    for name in sorted({*folder.released()} - {*services}):
        message = f"`{name}` has releases and no policy.yaml: what was published can't just vanish"
        help = "restore the policy and write `discontinued: <date>` in it: its page and history stay"
        yield Diagnostic("removed-service", message, Place(releases_folder(name)), help)


def _former_findings(policy: Policy, path: str, taken: Mapping[str, str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(policy.formerly or ()):
        if name in taken:
            message = f"the address /{name}/ is that of {taken[name]}"
            place = Place(path, ("formerly", index))
            yield Diagnostic("duplicate-address", message, place, "take the name out")


def _address_findings(
    service: str, services: Sequence[str], settings: SiteSettings, path: str
) -> Iterator[Diagnostic]:
    """A folder's name that can't be an address, or is already one."""
    try:
        read_slug(service)
    except ValueProblem as problem:
        message = f"the folder name `{service}` can't stand in an address"
        yield Diagnostic("bad-slug", message, Place(path), problem.help)
    tags = {tag.casefold() for tag in settings.languages}
    if service.casefold() in tags | _RESERVED:
        message = f"the address /{service}/ belongs to the site itself"
        yield Diagnostic("duplicate-address", message, Place(path), "rename the service's folder")
    same = [other for other in services if other != service and other.casefold() == service.casefold()]
    if same:
        message = f"`{service}` and `{same[0]}` have one address on hosts that ignore case"
        yield Diagnostic("duplicate-address", message, Place(path), "rename one of the folders")
