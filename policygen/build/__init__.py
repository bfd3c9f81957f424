"""A site folder to files and findings: each step in its order, nothing written.

Both front doors use it, the command line and the preview, so that what is previewed is what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from policygen.build.crew import Job, crew
from policygen.build.made import Files, Made, Past, Shelf, Sink, Story
from policygen.build.service import Workshop
from policygen.diagnostics import Diagnostic, Severity
from policygen.memory import Memory, digest
from policygen.model.kinds import Url
from policygen.reading import Site, Stated, address_findings, open_site, read_each
from policygen.releases.pages import site_feed
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import timeline
from policygen.releases.unreleased import said_in
from policygen.render import Page, Renderer
from policygen.render.faults import TemplateFault
from policygen.site import SiteFolder
from policygen.statics import static_files
from policygen.trace.seen import UNREADABLE, Seen, digest_of, still, tree, untouched

__all__ = ["Past", "Plan", "Progress", "Result", "Shelf", "build", "silent", "standing"]

Progress = Callable[[int, int], None]
"""Told how many services of how many are done."""
Waiting = Mapping[str, Callable[[Files], None]]
"""Services that somebody waits for, and who is told their files as soon as they are there."""
T = TypeVar("T")
_AROUND = ""
"""The name under which a trace keeps the pages around the services."""


def silent(done: int, of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much a build had to do: services that were read, files that were rendered."""

    read: int = 0
    rendered: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The files of a site, if nothing stops them, and everything that was found.

    `settled` are files that the last build made and that are still in their place. `root` is the path that
    the site is made to be served from, with its slashes. `pages` are the files with their bytes, if no
    sink took them. `made` and `seen` are what the next build wants to know.
    """

    findings: tuple[Diagnostic, ...]
    files: Files = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    root: str = "/"
    pages: tuple[Page, ...] = ()
    made: Mapping[str, Made] = field(default_factory=dict, repr=False)
    seen: Mapping[str, Seen] = field(default_factory=dict, repr=False)
    work: Work = Work()
    site: Site | None = field(default=None, repr=False)

    def failed(self, *, strict: bool) -> bool:
        """Whether the site may not be published."""
        return any(strict or finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a site is built.

    `drafts`: show today's texts where they differ from the released ones. `url`: the site's address, in place
    of the one in its settings. `jobs`: in how many processes. `past`: what the last build left. `memory`: of
    earlier builds in this process. `waiting`: for which services; they come first. `sink` takes the files, as
    they are made; without one the shelf does, and the result has them.
    """

    drafts: bool = False
    url: Url | None = None
    jobs: int = 1
    past: Past = field(default_factory=Past)
    memory: Memory | None = None
    waiting: Waiting = field(default_factory=dict)
    sink: Sink | None = None
    shelf: Shelf = field(default_factory=Shelf)
    progress: Progress = silent


def build(folder: SiteFolder, today: Callable[[str | None], date], plan: Plan | None = None) -> Result:
    """Read, check and render a site. `today` is asked once, with the site's time zone."""
    plan = plan or Plan()
    site, findings = open_site(folder, today, plan.memory)
    if site is None:
        return Result(findings)
    if plan.url is not None:
        settings = replace(site.settings, url=plan.url)
        site = replace(site, settings=settings, source=digest(site.source, plan.url))
    renderer, faults = _renderer(site, plan.memory)
    broken = any(finding.severity is Severity.ERROR for finding in (*findings, *faults))
    usable = None if broken else renderer
    around = digest(site.source, renderer.source if usable and renderer else None, str(plan.drafts))
    shelf = plan.shelf
    made = _Making(Workshop(site, usable, plan.drafts, around), plan, plan.sink or shelf)
    made.services()
    findings = (*findings, *faults, *made.findings())
    if usable is None or any(finding.severity is Severity.ERROR for finding in findings):
        return Result(_once(findings), work=made.work, site=site)
    try:
        findings = (*findings, *made.standing(), *made.around(usable))
    except TemplateFault as fault:
        return Result(_once((*findings, *fault.findings)), work=made.work, site=site)
    # Not after a build that stopped half way: once the mistake is mended, all the rest is as it was.
    if plan.memory:
        plan.memory.forget_unused()
    result = Result(_once(findings), made.files, made.settled, usable.addresses.path)
    pages = tuple(shelf.pages(made.files).items()) if plan.sink is None else ()
    return replace(result, pages=pages, made=made.made, seen=made.seen, work=made.work, site=site)


def _renderer(site: Site, memory: Memory | None) -> tuple[Renderer | None, tuple[Diagnostic, ...]]:
    """What renders the site, if its templates can be read, and what is wrong with them."""
    try:
        renderer = Renderer(site.settings, site.languages, site.folder.templates, memory or Memory())
    except TemplateFault as fault:
        return None, fault.findings
    return renderer, renderer.unused()


def _once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Every finding once: one mistake in a template is found by every service."""
    return tuple(dict.fromkeys(findings))


@dataclass(slots=True)
class _Making:
    """A build on its way."""

    shop: Workshop
    plan: Plan
    sink: Sink
    made: dict[str, Made] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    rendered: int = 0
    read: int = 0

    @property
    def work(self) -> Work:
        return Work(self.read, self.rendered)

    def services(self) -> None:
        """Make every service, or keep what the last build made of it."""
        names = self.shop.site.names
        kept = {name for name in names if self._keep(name)}
        new = [name for name in names if name not in kept]
        done = len(kept)
        jobs = [
            Job(name, self.plan.past.made.get(name))
            for name in sorted(new, key=lambda name: name not in self.plan.waiting)
        ]
        for name, made, seen in crew(self._one, jobs, self.plan.jobs):
            done += 1
            self._take(name, made, seen)
            if tell := self.plan.waiting.get(name):
                tell(made.files)
            self.plan.progress(done, len(names))
        self.read = len(new)
        self.made = {name: self.made[name] for name in names}
        self.seen = {name: self.seen[name] for name in names}
        for name in names:
            self.files |= self.made[name].files
        self.settled = frozenset(path for name in kept for path in self.made[name].files)

    def _folder(self, name: str) -> str:
        return str(self.shop.site.folder.content / name)

    def _keep(self, name: str) -> bool:
        """Whether a service is what it was, and so are its files."""
        made, before = self.plan.past.made.get(name), self.plan.past.seen.get(name)
        if made is None or before is None:
            return False
        now = {path: entry for path, old in before.items() if (entry := still(path, old))}
        if len(now) < len(before):
            return False
        key = self.shop.key(digest_of(now, self._folder(name)))
        if not made.holds(key, self.shop.site.today) or not self.plan.past.intact(made.files):
            return False
        self.made[name], self.seen[name] = made, now
        return True

    def _one(self, job: Job) -> tuple[str, Made, Seen]:
        folder = self._folder(job.name)
        seen = _seen(folder, str(self.shop.site.folder.root))
        source = digest_of(seen, folder)
        past = job.past if job.past and self.plan.past.intact(job.past.files) else None
        made = self.shop.make(job.name, source, self.sink, past)
        if untouched(seen):
            return job.name, made, seen
        # It may be made from what somebody has written meanwhile, and taken back by now.
        return job.name, made.forgotten(), {folder: UNREADABLE}

    def _take(self, name: str, made: Made, seen: Seen) -> None:
        self.made[name], self.seen[name] = made, seen
        self.rendered += made.rendered

    def standing(self) -> Iterator[Diagnostic]:
        """How the services stand to their releases: no matter as long as something is wrong."""
        for made in self.made.values():
            yield from made.standing

    def findings(self) -> Iterator[Diagnostic]:
        """What is wrong in the services, and between them."""
        for made in self.made.values():
            yield from made.findings
        # Only a service that is named by another has to be asked.
        former = {name: made.story.former for name, made in self.made.items() if made.has_former}
        yield from address_findings(self.shop.site, former)

    def around(self, renderer: Renderer) -> tuple[Diagnostic, ...]:
        """The pages around the services, and the files that are published as they are."""
        site = self.shop.site
        key = self.shop.key(digest(*(made.told for made in self.made.values())))
        past = self.plan.past.made.get(_AROUND)
        if past and past.holds(key, site.today) and self.plan.past.intact(past.files):
            self.settled |= past.files.keys()
            made = past
        else:
            pages = tuple(_around(renderer, [made.story for made in self.made.values()]))
            files = {path: self.sink(path, content) for path, content in pages}
            made = Made.of(key, (date.min, date.max), files, (), Story())
            self.rendered += len(pages)
        self.made[_AROUND] = made
        self.files |= made.files
        if len(self.files) < sum(len(each.files) for each in self.made.values()):
            raise ValueError("two files of one path")
        static, found = static_files(site.folder, self.files, renderer.style_hash)
        self.files |= {path: self.sink(path, content) for path, content in static}
        return found


def _seen(folder: str, root: str) -> Seen:
    """What is there; where that can't be told, something that nothing will ever be again."""
    try:
        return tree(folder, root)
    except OSError:
        return {folder: UNREADABLE}


def _around(renderer: Renderer, stories: Sequence[Story]) -> Iterator[Page]:
    told = [(story.listed, story.views) for story in stories if story.listed]
    yield from renderer.site_pages(listed for listed, _ in told)
    yield site_feed(renderer, told)


def standing(
    folder: SiteFolder, today: Callable[[str | None], date], tell: Callable[[Service], T]
) -> tuple[tuple[T, ...], tuple[Diagnostic, ...]]:
    """What is told of how each service stands to what was released, and what was found in the site."""
    told: list[T] = []
    faults: list[Diagnostic] = []
    renderer: Renderer | None = None

    def see(site: Site, name: str, stated: Stated, is_sound: bool) -> None:
        nonlocal renderer
        if faults or not is_sound:
            return
        try:
            renderer = renderer or Renderer(site.settings, site.languages, folder.templates)
            told.append(tell(_standing(renderer, site, name, stated)))
        except TemplateFault as fault:
            faults.extend(fault.findings)

    _, findings = read_each(folder, today, see)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return (), findings
    return () if faults else tuple(told), (*findings, *faults)


def _standing(renderer: Renderer, site: Site, name: str, stated: Stated) -> Service:
    when = timeline(stated.archive.releases, site.today)
    service = stand(name, renderer.articles(stated.policy), stated.archive, when)
    return service.saying(said_in(renderer, stated.policy, service))
