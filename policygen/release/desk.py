"""What a release is made from: one service, read and rendered, and what the author asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from policygen.diagnostics import Diagnostic, Severity
from policygen.model.kinds import Day
from policygen.reading import Site, read_site
from policygen.releases.archive import Archive
from policygen.releases.record import Weight
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import timeline
from policygen.render import Renderer
from policygen.render.faults import TemplateFault
from policygen.site import SiteFolder


class Refused(Exception):
    """A release that can't be made: one line, what would help, and the findings that say why, if any."""

    def __init__(self, message: str, help: str | None = None, findings: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.message, self.help, self.findings = message, help, findings


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asks for."""

    date: Day | None = None
    effective: Day | None = None
    weight: Weight | None = None
    summary: Mapping[str, str] = field(default_factory=dict)
    reason: Mapping[str, str] = field(default_factory=dict)
    corrects: str | None = None
    checked: Collection[str] = ()
    amend: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """One service with everything that a release of it is made from."""

    site: Site
    renderer: Renderer
    service: Service
    findings: tuple[Diagnostic, ...]

    @property
    def archive(self) -> Archive:
        """Everything released so far."""
        return self.service.archive

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages of the site."""
        return tuple(language.tag for language in self.site.languages)


def open_desk(folder: SiteFolder, name: str | None, today: Callable[[str | None], date]) -> Desk:
    """Read what a release of a service needs; other services' findings don't matter to it."""
    site, findings = read_site(folder, today)
    if site is None:
        raise Refused("the site has findings that must be mended first", None, findings)
    name = name or only(folder.services())
    if name not in folder.services():
        known = ", ".join(folder.services()) or "none"
        raise Refused(f"there is no service `{name}`", f"the services are: {known}")
    others = tuple(f"content/{other}/" for other in folder.services() if other != name)
    found = tuple(finding for finding in findings if not finding.place.path.startswith(others))
    if any(finding.severity is Severity.ERROR for finding in found) or name not in site.services:
        raise Refused("the service has findings that must be mended first", None, found)
    stated = site.services[name]
    try:
        renderer = Renderer(site.settings, site.languages, folder.templates)
        articles = renderer.articles(stated.policy)
    except TemplateFault as fault:
        raise Refused(
            "the templates have findings that must be mended first", None, fault.findings
        ) from fault
    service = stand(name, articles, stated.archive, timeline(stated.archive.releases, site.today))
    return Desk(site, renderer, service, found)


def only(services: Sequence[str]) -> str:
    """The one service of a site that has one."""
    if len(services) != 1:
        raise Refused("which service?", f"name one of: {', '.join(services)}")
    return services[0]
