"""A site folder to pages and findings: each step in its order, nothing written.

Both front doors use it, the command line and the preview, so that what is previewed is what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from policygen.diagnostics import Diagnostic, Severity
from policygen.reading import Site, read_site
from policygen.releases.pages import ServicePages, site_feed
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import timeline
from policygen.releases.unreleased import fact_changes, unreleased
from policygen.render import Page, Renderer
from policygen.render.faults import TemplateFault
from policygen.site import SiteFolder

Progress = Callable[[int, int], None]
"""Told how many services of how many are done."""


def silent(done: int, of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Result:
    """The pages of a site, if nothing stops them, how its services stand, and everything that was found."""

    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]
    services: tuple[Service, ...] = ()

    def failed(self, *, strict: bool) -> bool:
        """Whether the site may not be published."""
        return any(strict or finding.severity is Severity.ERROR for finding in self.findings)


def build(
    folder: SiteFolder,
    today: Callable[[str | None], date],
    *,
    render: bool = True,
    drafts: bool = False,
    progress: Progress = silent,
) -> Result:
    """Read, check and render a site. `today` is asked once, with the site's time zone.

    `drafts`: show today's texts where they differ from the released ones.
    """
    site, findings = read_site(folder, today)
    if site is None:
        return Result((), findings)
    try:
        renderer = Renderer(site.settings, site.languages, folder.templates)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return Result((), findings)
        result = _rendered(renderer, site, drafts, progress)
    except TemplateFault as fault:
        return Result((), (*findings, *fault.findings))
    pages = result.pages if render else ()
    return replace(result, pages=pages, findings=(*findings, *result.findings))


def _rendered(renderer: Renderer, site: Site, drafts: bool, progress: Progress) -> Result:
    told: list[ServicePages] = []
    services: list[Service] = []
    findings: list[Diagnostic] = []
    for done, (service, found) in enumerate(_standing(renderer, site), start=1):
        services.append(service)
        findings += found
        policy = site.services[service.name].policy
        told.append(ServicePages.of(renderer, policy, service, site.today, drafts=drafts))
        progress(done, len(site.services))
    pages = [page for one in told for page in one.pages]
    pages += renderer.site_pages(one.listed for one in told)
    pages.append(site_feed(renderer, told))
    return Result(tuple(pages), tuple(findings), tuple(services))


def _standing(renderer: Renderer, site: Site) -> Iterator[tuple[Service, tuple[Diagnostic, ...]]]:
    for name, stated in site.services.items():
        service = stand(
            name,
            renderer.articles(stated.policy),
            stated.archive,
            timeline(stated.archive.releases, site.today),
        )
        said = fact_changes(renderer, stated.policy, service) if service.changed else ()
        words = tuple(change.words[site.languages[0].tag] for change in said)
        service = replace(service, said=words)
        yield service, tuple(unreleased(site.settings, service, site.today))
