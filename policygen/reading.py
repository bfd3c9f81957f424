"""A site folder to what it states: settings, languages, policies, releases, and what was found on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from policygen.catalogues import load_languages
from policygen.checks import Case, check
from policygen.diagnostics import Diagnostic, Place, Position, Severity, did_you_mean, first
from policygen.language import Language
from policygen.loading import load_policy, load_settings
from policygen.loading.scalars import ValueProblem, read_slug
from policygen.memory import Memory, digest, recall
from policygen.model import Policy, SiteSettings
from policygen.releases.archive import Archive, Files, read_archive, releases_folder
from policygen.releases.weights import KINDS
from policygen.site import SETTINGS, SiteFolder, is_everywhere, policy_path
from policygen.source import Data, decode, parse

_LONGEST_NOTICE = 3650
_RESERVED = frozenset({"404", "index", "sitemap", "robots", "feed"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What one service states, and every release of it. `source` names the state of its policy's file."""

    policy: Policy
    archive: Archive
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """What a site states as a whole, and where its services are read from, on which day.

    Without usable settings there is no site, only findings. `source` names the state of the file of settings.
    """

    folder: SiteFolder
    settings: SiteSettings
    languages: tuple[Language, ...]
    names: tuple[str, ...]
    """The folders of the services, sorted."""
    today: date
    source: str
    memory: Memory | None = field(default=None, repr=False)


See = Callable[[Site, str, Stated, bool], None]
"""Is shown a service of a site, by its name, and whether everything up to it is without an error."""


def open_site(
    folder: SiteFolder, today: Callable[[str | None], date], memory: Memory | None = None
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Read and check what services share. `today` is asked once, with the site's time zone."""
    strays = tuple(map(_stray, folder.strays()))
    raw = folder.read(SETTINGS)
    if raw is None and strays:
        return None, strays
    source = digest(raw)
    settings, found = recall(memory, ("settings", source), lambda: _load_settings(raw))
    found = (*strays, *found)
    if settings is None:
        return None, found
    day = today(settings.timezone)
    languages, faults = load_languages(folder, settings.languages, memory)
    names = folder.services()
    if not names:
        help = "add a folder with a policy.yaml for each service"
        faults = (*faults, Diagnostic("missing-file", "the site has no service", Place("content"), help))
    return Site(folder, settings, languages, names, day, source, memory), (*found, *faults)


def read_service(site: Site, name: str) -> tuple[Stated | None, tuple[Diagnostic, ...]]:
    """Read and check one service."""
    path = policy_path(name)
    strays = tuple(map(_stray, site.folder.strays_in(name)))
    raw = site.folder.read(path)
    if raw is None and strays:
        return None, strays
    source = digest(raw)
    key = ("policy", path, source, site.source, str(site.today))
    load = partial(_load_policy, raw, path, site.settings, site.today)
    policy, found = recall(site.memory, key, load)
    archive, broken = _read_archive(site, name, policy)
    findings = (*_name_findings(name, path), *strays, *found, *broken)
    return (None if policy is None else Stated(policy, archive, source)), findings


def read_each(
    folder: SiteFolder, today: Callable[[str | None], date], see: See
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Read and check a site and all its services, one after the other: memory has no room for thousands."""
    site, findings = open_site(folder, today)
    if site is None:
        return None, findings
    found = [*findings]
    is_sound = not _has_errors(found)
    former: dict[str, Sequence[str]] = {}
    for name in site.names:
        service, more = read_service(site, name)
        found += more
        is_sound = is_sound and not _has_errors(more)
        if service is not None:
            former[name] = service.policy.formerly or ()
            see(site, name, service, is_sound)
    return site, (*found, *address_findings(site, former))


def _has_errors(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _name_findings(service: str, path: str) -> Iterator[Diagnostic]:
    """A folder's name that can't be an address."""
    try:
        read_slug(service)
    except ValueProblem as problem:
        message = f"the folder name `{service}` can't stand in an address"
        yield Diagnostic("bad-slug", message, Place(path), problem.help)
    else:
        if not is_everywhere(service):
            help = "rename the folder: Windows has a device of that name"
            yield Diagnostic("bad-slug", f"Windows can't have a folder `{service}`", Place(path), help)


def _stray(path: str) -> Diagnostic:
    """Nothing is read through a link that leads out of the site, and so nothing of what is there is shown."""
    message = f"{path} is a link that leads out of the site, or nowhere"
    help = "put what it should lead to in its place"
    return Diagnostic("stray-symlink", message, Place(path), help, position=Position(1, 1))


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


def address_findings(site: Site, former: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """What keeps services from having their addresses beside each other, by their former names."""
    taken = dict.fromkeys(_RESERVED | {*site.settings.languages}, "the site itself")
    taken |= dict.fromkeys(site.names, "a service")
    folded = Counter(name.casefold() for name in site.names)
    reserved = _RESERVED | {tag.casefold() for tag in site.settings.languages}
    for name in site.names:
        path = policy_path(name)
        yield from _address_findings(name, reserved, path)
        if folded[name.casefold()] > 1:
            other = next(one for one in site.names if one != name and one.casefold() == name.casefold())
            message = f"`{name}` and `{other}` have one address on hosts that ignore case"
            yield Diagnostic("duplicate-address", message, Place(path), "rename one of the folders")
        names = former.get(name, ())
        yield from _former_findings(names, path, taken)
        taken |= dict.fromkeys(names, f"an earlier name of `{name}`")
    yield from _removed(site.folder, site.names)


def _load_policy(
    raw: bytes | None, path: str, settings: SiteSettings, today: date
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    data, found = _parse(raw, path)
    if data is None and found:
        return None, found
    loaded = load_policy(data, path, settings)
    if loaded.value is None:
        return None, (*found, *loaded.findings)
    checked = first(check(Case(loaded.value, Place(path), settings, today)))
    return loaded.value, (*found, *loaded.findings, *checked)


def _read_archive(site: Site, service: str, policy: Policy | None) -> tuple[Archive, tuple[Diagnostic, ...]]:
    files, languages, today = site.folder.releases(service), site.settings.languages, site.today
    # Where the policy can't be read, its earlier names aren't known: that is no finding about the releases.
    former = (policy.formerly or ()) if policy else None
    source = (
        digest(*(part for path, content in _flat(files) for part in (path, content))) if site.memory else ""
    )
    key = ("archive", service, source, repr(former), repr(languages), str(today))
    return recall(site.memory, key, lambda: read_archive(service, files, former, languages, today))


def _flat(files: Files) -> Iterator[tuple[str, bytes]]:
    for release, inside in files.items():
        yield from ((f"{release}/{name}", content) for name, content in inside.items())


def _removed(folder: SiteFolder, services: Sequence[str]) -> Iterator[Diagnostic]:
    """Services whose policy has gone and whose releases are still there."""
    for name in folder.released({*services}):
        message = f"`{name}` has releases and no policy.yaml: what was published can't just vanish"
        help = "restore the policy and write `discontinued: <date>` in it: its page and history stay"
        yield Diagnostic("removed-service", message, Place(releases_folder(name)), help)


def _former_findings(names: Sequence[str], path: str, taken: Mapping[str, str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name in taken:
            message = f"the address /{name}/ is that of {taken[name]}"
            place = Place(path, ("formerly", index))
            yield Diagnostic("duplicate-address", message, place, "take the name out")


def _address_findings(service: str, reserved: Set[str], path: str) -> Iterator[Diagnostic]:
    """A folder's name that is already an address of the site's."""
    if service.casefold() in reserved:
        message = f"the address /{service}/ belongs to the site itself"
        yield Diagnostic("duplicate-address", message, Place(path), "rename the service's folder")
