"""What a release is made from: one service, read and rendered, and what the author asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from policygen.diagnostics import Diagnostic, Severity
from policygen.model.kinds import Day
from policygen.reading import Site, Stated, address_findings, open_site, read_service
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
    stated: Stated
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
    site, findings = open_site(folder, today)
    if site is None:
        raise Refused("the site has findings that must be mended first", None, findings)
    name = name or only(site.names)
    if name not in site.names:
        known = ", ".join(site.names) or "none"
        raise Refused(f"there is no service `{name}`", f"the services are: {known}")
    stated, read = read_service(site, name)
    former = {name: stated.policy.formerly or ()} if stated else {}
    others = tuple(f"content/{other}/" for other in site.names if other != name)
    addresses = (one for one in address_findings(site, former) if not one.place.path.startswith(others))
    found = (*findings, *read, *addresses)
    if stated is None or any(finding.severity is Severity.ERROR for finding in found):
        raise Refused("the service has findings that must be mended first", None, found)
    try:
        renderer = Renderer(site.settings, site.languages, folder.templates)
        articles = renderer.articles(stated.policy)
    except TemplateFault as fault:
        raise Refused(
            "the templates have findings that must be mended first", None, fault.findings
        ) from fault
    service = stand(name, articles, stated.archive, timeline(stated.archive.releases, site.today))
    return Desk(site, stated, renderer, service, found)


def only(services: Sequence[str]) -> str:
    """The one service of a site that has one."""
    if len(services) != 1:
        raise Refused("which service?", f"name one of: {', '.join(services)}")
    return services[0]
