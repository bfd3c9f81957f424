"""One service from its folder to its files, in one pass; of what was made before, only what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from policygen.build.made import Files, Made, Printed, Sink, Story, Text
from policygen.diagnostics import Diagnostic, Severity
from policygen.memory import digest, recall
from policygen.reading import Site, Stated, read_service
from policygen.releases.pages import ServicePages
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import timeline
from policygen.releases.unreleased import said_in, unreleased
from policygen.render import Page, Renderer
from policygen.render.article import Article
from policygen.render.faults import TemplateFault


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every service is made with. Without a renderer services are read and checked, not rendered.

    `around` names the state of all of it but the words of the languages.
    """

    site: Site
    renderer: Renderer | None
    drafts: bool
    around: str

    def key(self, source: str) -> str:
        """A name for everything that a service is made from, but the day; `source` names its own files."""
        return digest(self.around, source, *(language.source for language in self.site.languages))

    def make(self, name: str, source: str, sink: Sink, past: Made | None = None) -> Made:
        """Read, check and render a service; languages that nothing has changed for stay as in its `past`."""
        stated, found = read_service(self.site, name)
        days = _days(self.site, stated)
        broken = any(finding.severity is Severity.ERROR for finding in found)
        if self.renderer is None or stated is None or broken:
            former = stated.policy.formerly or () if stated else ()
            return Made.of(self.key(source), days, {}, found, Story(former=former))
        before = past.story if past and past.since <= self.site.today < past.until else Story()
        work = _Work(self, self.renderer, name, stated, digest(self.around, source), before)
        try:
            files, standing, story = work.done(sink)
        except TemplateFault as fault:
            return Made.of(self.key(source), days, {}, (*found, *fault.findings), Story())
        return Made.of(self.key(source), days, files, found, story, standing, work.rendered)


def _days(site: Site, stated: Stated | None) -> tuple[date, date]:
    """The days, the second not included, between which today makes no difference."""
    turns = set(_turns(site, stated)) if stated else set()
    return (
        max((day for day in turns if day <= site.today), default=date.min),
        min((day for day in turns if day > site.today), default=date.max),
    )


def _turns(site: Site, stated: Stated) -> Iterator[date]:
    """Every day from which something is different: a version begins, or a service ends."""
    if stated.policy.discontinued:
        yield stated.policy.discontinued
    rules = site.settings.changes
    for release in stated.archive.releases:
        yield from (day for day in (release.date, release.effective) if day)
        yield release.recorded
        if rules and rules.notice_days is not None:
            yield release.recorded + timedelta(days=rules.notice_days)


class _Articles(Mapping[str, Article]):
    """Today's text in each language, rendered when it is asked for."""

    def __init__(self, make: Mapping[str, Callable[[], Article]]) -> None:
        self._make = make
        self._made: dict[str, Article] = {}

    def __getitem__(self, tag: str) -> Article:
        if tag not in self._made:
            self._made[tag] = self._make[tag]()
        return self._made[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)


@dataclass(slots=True)
class _Work:
    """A service on its way. `around` names everything it depends on but the words of the languages."""

    shop: Workshop
    renderer: Renderer
    name: str
    stated: Stated
    around: str
    before: Story
    files: dict[str, str] = field(default_factory=dict)
    rendered: int = 0

    def done(self, sink: Sink) -> tuple[Files, tuple[Diagnostic, ...], Story]:
        """Its files, how it stands to its releases, and its story."""
        service = self._stand()
        told = ServicePages.of(self.renderer, self.stated.policy, service, drafts=self.shop.drafts)
        printed = self._print(told, sink)
        former = self.stated.policy.formerly or ()
        story = Story(told.listed(self.shop.site.today), told.views, former, self._texts(service), printed)
        standing = tuple(unreleased(self.shop.site.settings, service, self.shop.site.today))
        return self.files, standing, story

    def _text_key(self, tag: str) -> str:
        words = next(language.source for language in self.renderer.languages if language.tag == tag)
        return digest(self.around, tag, words)

    def _stand(self) -> Service:
        site, archive = self.shop.site, self.stated.archive
        articles = _Articles({one.tag: partial(self._article, one.tag) for one in self.renderer.languages})
        known = {
            tag: (text.head, text.is_changed)
            for tag, text in self.before.texts.items()
            if tag in articles and text.key == self._text_key(tag)
        }
        when = timeline(archive.releases, site.today)
        service = stand(self.name, articles, archive, when, known)
        return service.saying(said_in(self.renderer, self.stated.policy, service))

    def _article(self, tag: str) -> Article:
        language = next(one for one in self.renderer.languages if one.tag == tag)
        memory = self.shop.site.memory
        # A text depends on less than the pages around it: neither on releases nor on drafts.
        source = (
            (language.source, self.stated.source, self.shop.site.source, self.renderer.source)
            if memory
            else ()
        )
        return recall(
            memory, ("article", tag, *source), lambda: self.renderer.article(self.stated.policy, language)
        )

    def _texts(self, service: Service) -> dict[str, Text]:
        return {
            tag: Text(self._text_key(tag), head, tag in service.changed, tag in service.missing)
            for tag, head in service.heads.items()
        }

    def _print(self, told: ServicePages, sink: Sink) -> dict[str, Printed]:
        """Render what is new. A page knows of other languages which of them show what was released."""
        states = repr((told.service.changed, told.service.missing))
        printed: dict[str, Printed] = {}
        pages: list[Page] = []
        for one in told.languages:
            tag = one.language.tag
            key = digest(self._text_key(tag), states)
            kept = self.before.printed.get(tag)
            # The addresses of former names repeat the pages of all languages.
            if kept is None or kept.key != key or told.policy.formerly:
                mine = tuple(one.pages())
                pages += mine
                kept = Printed(key, {path: sink(path, content) for path, content in mine})
            printed[tag] = kept
            self.files |= kept.files
        shared = tuple(told.shared(pages))
        self.files |= {path: sink(path, content) for path, content in shared}
        self.rendered = len(pages) + len(shared)
        return printed
