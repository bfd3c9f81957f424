"""A site folder to pages and findings: each step in its order, nothing written.

Both front doors use it, the command line and the preview, so that what is previewed is what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policygen.catalogues import load_languages
from policygen.checks import Case, check
from policygen.diagnostics import Diagnostic, Place, Severity
from policygen.loading import load_policy, load_settings
from policygen.loading.scalars import ValueProblem, read_slug
from policygen.model import Policy, SiteSettings
from policygen.render import Page, Renderer
from policygen.render.faults import TemplateFault
from policygen.site import SETTINGS, SiteFolder, policy_path
from policygen.source import Data, decode, parse

Progress = Callable[[int, int], None]
"""Told how many services of how many are done."""


def silent(done: int, of: int) -> None:
    """Show no progress."""


_RESERVED = frozenset({"404", "index", "sitemap", "robots"})


@dataclass(frozen=True, slots=True)
class Result:
    """The pages of a site, if nothing stops them, and everything that was found."""

    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]

    def failed(self, *, strict: bool) -> bool:
        """Whether the site may not be published."""
        return any(strict or finding.severity is Severity.ERROR for finding in self.findings)


def build(
    folder: SiteFolder,
    today: Callable[[str | None], date],
    *,
    render: bool = True,
    progress: Progress = silent,
) -> Result:
    """Read, check and render a site. `today` is asked once, with the site's time zone."""
    settings, found = _read_settings(folder)
    if settings is None:
        return Result((), found)
    languages, faults = load_languages(folder, settings.languages)
    policies, findings = _read_policies(folder, settings, today(settings.timezone))
    findings = (*found, *faults, *findings)
    try:
        renderer = Renderer(settings, languages, folder.templates)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return Result((), findings)
        pages = tuple(_render(renderer, policies, progress))
    except TemplateFault as fault:
        return Result((), (*findings, *fault.findings))
    return Result(pages if render else (), findings)


def _render(renderer: Renderer, policies: Mapping[str, Policy], progress: Progress) -> Iterator[Page]:
    for done, (service, policy) in enumerate(policies.items(), start=1):
        yield from renderer.policy_pages(service, policy)
        progress(done, len(policies))
    yield from renderer.site_pages(policies)


def _read(folder: SiteFolder, path: str) -> tuple[Data, tuple[Diagnostic, ...]]:
    raw = folder.read(path)
    if raw is None:
        help = "a policy's file is called `policy.yaml`; create it, or rename the one that is there"
        return None, (Diagnostic("missing-file", f"there is no file {path}", Place(path), help),)
    text = decode(raw, path)
    return (None, (text,)) if isinstance(text, Diagnostic) else parse(text, path)


def _read_settings(folder: SiteFolder) -> tuple[SiteSettings | None, tuple[Diagnostic, ...]]:
    data, findings = _read(folder, SETTINGS)
    if findings and data is None:
        return None, findings
    loaded = load_settings(data, SETTINGS)
    findings = (*findings, *loaded.findings)
    broken = any(finding.severity is Severity.ERROR for finding in findings)
    # With the languages known, the policies can be read too: all findings of all files in one run.
    usable = loaded.value is not None and bool(loaded.value.languages)
    return (None if broken and not usable else loaded.value), findings


def _read_policies(
    folder: SiteFolder, settings: SiteSettings, today: date
) -> tuple[dict[str, Policy], tuple[Diagnostic, ...]]:
    policies: dict[str, Policy] = {}
    findings: list[Diagnostic] = []
    services = folder.services()
    if not services:
        help = "add a folder with a policy.yaml for each service"
        findings.append(Diagnostic("missing-file", "the site has no service", Place("content"), help))
    for service in services:
        path = policy_path(service)
        findings += _address_findings(service, services, settings, path)
        data, found = _read(folder, path)
        findings += found
        if data is None and found:
            continue
        loaded = load_policy(data, path, settings)
        findings += loaded.findings
        if loaded.value is not None:
            policies[service] = loaded.value
            findings += check(Case(loaded.value, Place(path), settings, today))
    return policies, tuple(findings)


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
