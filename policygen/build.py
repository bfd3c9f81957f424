"""A site folder to pages and findings: each step in its order, nothing written.

Both front doors use it, the command line and the preview, so that what is previewed is what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from policygen.diagnostics import Diagnostic, Severity
from policygen.language import Language
from policygen.memory import Memory, digest
from policygen.model.kinds import Url
from policygen.reading import Site, Stated, read_site
from policygen.releases.pages import ServicePages, site_feed
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import timeline
from policygen.releases.unreleased import fact_changes, unreleased
from policygen.render import Page, Renderer
from policygen.render.article import Article
from policygen.render.faults import TemplateFault
from policygen.site import SiteFolder
from policygen.statics import static_files

Progress = Callable[[int, int], None]
"""Told how many services of how many are done."""
Waiting = Mapping[str, Callable[[Sequence[Page]], None]]
"""Services that somebody waits for, and who is told their pages as soon as they are there."""
_Made = tuple[Service, tuple[Diagnostic, ...], ServicePages]


def silent(done: int, of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Result:
    """The pages of a site, if nothing stops them, how its services stand, and everything that was found.

    `root` is the path that the site is made to be served from, with its slashes.
    """

    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]
    services: tuple[Service, ...] = ()
    root: str = "/"

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
    url: Url | None = None,
    memory: Memory | None = None,
    waiting: Waiting | None = None,
) -> Result:
    """Read, check and render a site. `today` is asked once, with the site's time zone.

    `drafts`: show today's texts where they differ from the released ones. `url`: the site's address, in place
    of the one in its settings. `memory`: of earlier builds, whatever they were asked for; what hasn't changed
    since is taken from there. `waiting`: for which services; they come first.
    """
    memory = memory or Memory()
    site, findings = read_site(folder, today, memory)
    if site is None:
        return Result((), findings)
    if url is not None:
        settings = replace(site.settings, url=url)
        site = replace(site, settings=settings, source=digest(site.source, url))
    try:
        renderer = Renderer(site.settings, site.languages, folder.templates, memory)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return Result((), findings)
        made = _made(renderer, site, drafts, progress, waiting or {})
        result = _gathered(renderer, made)
        files, found = static_files(folder, [path for path, _ in result.pages], renderer.style_hash)
    except TemplateFault as fault:
        return Result((), (*findings, *fault.findings))
    # Not after a build that stopped half way: once the mistake is mended, all the rest is as it was.
    memory.forget_unused()
    pages = (*result.pages, *files) if render else ()
    return replace(result, pages=pages, findings=(*findings, *result.findings, *found))


def _made(
    renderer: Renderer, site: Site, drafts: bool, progress: Progress, waiting: Waiting
) -> tuple[_Made, ...]:
    words = (language.source for language in site.languages)
    around = digest(site.source, str(site.today), renderer.source, *words)
    made: dict[str, _Made] = {}
    for done, name in enumerate(sorted(site.services, key=lambda name: name not in waiting), start=1):
        stated = site.services[name]
        key = ("service", name, stated.source, stated.released, around, drafts)
        make = partial(_service, renderer, site, name, stated, drafts)
        made[name] = renderer.memory.recall(key, make)
        if name in waiting:
            waiting[name](made[name][2].pages)
        progress(done, len(site.services))
    return tuple(made[name] for name in site.services)


def _gathered(renderer: Renderer, made: Sequence[_Made]) -> Result:
    told = [pages for _, _, pages in made]
    pages = [page for one in told for page in one.pages]
    pages += renderer.site_pages(one.listed for one in told)
    pages.append(site_feed(renderer, told))
    findings = tuple(finding for _, found, _ in made for finding in found)
    return Result(tuple(pages), findings, tuple(service for service, _, _ in made), renderer.addresses.path)


def _service(renderer: Renderer, site: Site, name: str, stated: Stated, drafts: bool) -> _Made:
    policy, archive = stated.policy, stated.archive
    articles = {language.tag: _article(renderer, site, stated, language) for language in site.languages}
    service = stand(name, articles, archive, timeline(archive.releases, site.today))
    said = fact_changes(renderer, policy, service) if service.changed else ()
    service = replace(service, said=tuple(change.words[site.languages[0].tag] for change in said))
    findings = tuple(unreleased(site.settings, service, site.today))
    return service, findings, ServicePages.of(renderer, policy, service, site.today, drafts=drafts)


def _article(renderer: Renderer, site: Site, stated: Stated, language: Language) -> Article:
    """A text, which depends on less than the pages around it: another language's words are nothing to it."""
    key = ("article", language.tag, language.source, stated.source, site.source, renderer.source)
    return renderer.memory.recall(key, lambda: renderer.article(stated.policy, language))
