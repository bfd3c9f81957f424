"""The pages of a service: its policy in force, every version, what changed between them, the redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from policygen.language import Language
from policygen.model import Policy
from policygen.releases.record import RECORD, Release
from policygen.releases.standing import Service
from policygen.releases.timeline import State, Version
from policygen.releases.views import View, feed_id, version_path, views
from policygen.render import Listed, Page, Renderer
from policygen.render.article import DATES, Head
from policygen.render.jsonld import page_data

if TYPE_CHECKING:
    from policygen.releases.visible import Block

FEED = "feed.xml"
MARKS = ("added", "removed", "end")
"""What is read out before and after changed words: messages in the context 'redline'."""
FEED_LENGTH = 50
"""How many versions the feed of a whole site has."""


@dataclass(frozen=True, slots=True)
class ServicePages:
    """The pages of a service, language by language, and what the pages around them say of it."""

    renderer: Renderer
    policy: Policy
    service: Service
    languages: tuple[InLanguage, ...]

    @classmethod
    def of(cls, renderer: Renderer, policy: Policy, service: Service, *, drafts: bool) -> ServicePages:
        """Nothing is rendered yet. `drafts`: show today's text where it differs from the released one."""
        told = (InLanguage(renderer, policy, service, language, drafts) for language in renderer.languages)
        return cls(renderer, policy, service, tuple(told))

    @property
    def views(self) -> tuple[View, ...]:
        """Its versions in the default language."""
        return self.languages[0].views

    def listed(self, today: date) -> Listed:
        """What the list of all says of it."""
        told = self.languages
        shown = next((one.shown.release for one in told if one.shown), None)
        return Listed(
            self.service.name, {one.language.tag: one.head for one in told},
            shown.date if shown else None, shown.recorded if shown else None,
            told[0].published, bool(told[0].views), _has_ended(self.policy, today),
        )  # fmt: skip

    def shared(self, pages: Sequence[Page]) -> Iterator[Page]:
        """The files that belong to no language, made from the pages of all of them."""
        pages = (*pages, *_records(self.service))
        yield from _records(self.service)
        for former in self.policy.formerly or ():
            yield from _former(self.renderer, self.service, former, pages)
        name = self.service.name
        yield _redirect(self.renderer, self.service, f"{name}/", f"{self.languages[0].language.tag}/{name}/")


def _has_ended(policy: Policy, today: date) -> bool:
    return policy.discontinued is not None and policy.discontinued <= today


def site_feed(renderer: Renderer, services: Iterable[tuple[Listed, Sequence[View]]]) -> Page:
    """The newest versions of all services, in the default language."""
    entries = [(listed, view) for listed, views in services for view in views]
    entries.sort(key=lambda entry: (entry[1].release.recorded, entry[1].id, entry[0].service), reverse=True)
    return renderer.page(FEED, "site-feed.xml", renderer.languages[0], entries=entries[:FEED_LENGTH])


def _records(service: Service) -> Iterator[Page]:
    """The published record of each release: its SHA-256 is the fingerprint that the pages show."""
    for release in service.archive.releases:
        record = service.archive.files[release.id][RECORD]
        yield f"{service.name}/{version_path(release.id)}{RECORD}", record


def _former(renderer: Renderer, service: Service, former: str, pages: Sequence[Page]) -> Iterator[Page]:
    """The addresses a service had under an earlier name: pages lead on, feeds and records stay."""
    yield _redirect(renderer, service, f"{former}/", f"{renderer.languages[0].tag}/{service.name}/")
    for path, content in pages:
        before, _, after = path.partition(f"{service.name}/")
        if after.endswith("index.html") or not after:
            folder = after.removesuffix("index.html")
            yield _redirect(
                renderer, service, f"{before}{former}/{folder}", f"{before}{service.name}/{folder}"
            )
        else:
            yield f"{before}{former}/{after}", content


def _redirect(renderer: Renderer, service: Service, page: str, target: str) -> Page:
    first = renderer.languages[0]
    tag = target.partition("/")[0]
    language = next((one for one in renderer.languages if one.tag == tag), first)
    name = service.heads[language.tag].name
    return renderer.page(page, "redirect.html", language, name=name, service=service.name, target=target)


@dataclass(slots=True)
class InLanguage:
    """The pages of a service in one language."""

    renderer: Renderer
    policy: Policy
    service: Service
    language: Language
    drafts: bool
    views: tuple[View, ...] = field(init=False)
    shown: View | None = field(init=False)
    """The released version that the service's page shows; None if it shows a draft."""
    head: Head = field(init=False)
    _frozen_shown: Release | None = field(init=False, repr=False)
    _blocks: dict[str, tuple[Block, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        tag = self.language.tag
        self.views = views(self.service.archive, self.service.timeline, tag)
        shown = self._shown_in(tag)
        self.shown = self._view(shown.id) if shown else None
        # Today's rendering of a released text is as good as the frozen one, and has today's markup.
        is_today = shown is self.service.timeline.newest and tag not in self.service.changed
        self._frozen_shown = self.shown.release if self.shown and not is_today else None
        self.head = self._frozen_shown.heads[tag] if self._frozen_shown else self.service.heads[tag]

    @property
    def html(self) -> str:
        """The text on the service's page."""
        if self._frozen_shown:
            return self.service.archive.text(self._frozen_shown, self.language.tag)
        return self.service.articles[self.language.tag].html

    def pages(self) -> Iterator[Page]:
        """Render every page."""
        tag = self.language.tag
        yield self._text_page("", "policy.html", self.html, self.head, self.shown)
        if not self.views:
            return
        yield self._page("history/", "history.html")
        first = self.service.archive.releases[0]
        yield self._page(FEED, FEED, feed_id=feed_id(first, "versions", self.language.tag))
        for view in self.views:
            if tag in view.languages:
                yield from self._version(view)
        newest = self.service.newest
        if newest and self._has_draft(tag):
            from policygen.releases.visible import blocks

            old, now = self._frozen(newest.id), blocks(self.html)
            yield self._redline("draft/", "draft", self._view(newest.id), old, now)

    def _version(self, view: View) -> Iterator[Page]:
        tag, archive = self.language.tag, self.service.archive
        html, head = archive.text(view.release, tag), view.release.heads[tag]
        yield self._text_page(view.path, "version.html", html, head, view)
        before = self._before(view)
        if before and tag in before.languages:
            old, new = self._frozen(before.id), self._frozen(view.id)
            yield self._redline(f"{view.path}changes/", "changes", view, old, new)
        if self.shown and self._has("since", view, tag):
            old, new = self._frozen(view.id), self._frozen(self.shown.id)
            yield self._redline(f"{view.path}since/", "since", view, old, new)

    def _text_page(self, path: str, template: str, html: str, head: Head, view: View | None) -> Page:
        opening, _, rest = html.partition(DATES)
        address = self.renderer.addresses.absolute(f"{self.language.tag}/{self.service.name}/{path}")
        return self._page(
            path,
            template,
            view,
            head,
            # What was frozen was rendered and escaped by us, and its digest has been checked.
            opening=Markup(opening),  # noqa: S704
            rest=Markup(rest),  # noqa: S704
            jsonld=page_data(head, self.language.tag, address, view.dated if view else None),
        )

    def _redline(
        self, path: str, kind: Literal["changes", "since", "draft"], view: View, old: tuple[Block, ...],
        new: tuple[Block, ...],
    ) -> Page:  # fmt: skip
        from policygen.releases.redline import Marks, redline

        said = self.renderer.site_voice(self.language).say_as
        added, removed, end = (said("redline", word) for word in MARKS)
        marks = Marks(f"[{added}] ", f"[{removed}] ", f" [{end}]")
        tags = [language.tag for language in self.renderer.languages if self._has(kind, view, language.tag)]
        passages = redline(old, new, marks)
        return self._page(path, "redline.html", view, kind=kind, passages=passages, tags=tags)

    def _page(
        self, path: str, template: str, view: View | None = None, head: Head | None = None, **more: object
    ) -> Page:
        head, timeline = head or self.head, self.service.timeline
        context: dict[str, object] = {
            "service": self.service.name,
            "alternates": f"{self.service.name}/{path}",
            "head": head,
            "title": head.title,
            "view": view,
            "views": self.views,
            "shown": self.shown,
            "published": self.published,
            "upcoming": self._view(timeline.upcoming.id) if timeline.upcoming else None,
            "before": self._before(view) if view else None,
            "after": self._after(view) if view else None,
            "since": self._since(view) if view else (),
            "has_changes": lambda view: self._has("changes", view, self.language.tag),
            "has_draft": self._has_draft(self.language.tag),
            "named": self._named,
            "has_since": view is not None and self._has("since", view, self.language.tag),
            "discontinued": self.policy.discontinued,
            **more,
        }
        page = f"{self.language.tag}/{self.service.name}/{path}"
        return self.renderer.page(page, template, self.language, name=head.name, **context)

    # --- versions beside each other

    def _view(self, id: str) -> View:
        return next(view for view in self.views if view.id == id)

    def _before(self, view: View) -> View | None:
        """The version it is compared with: the one its changes were told against, or an archived text."""
        if view.release.base:
            return self._view(view.release.base)
        index = self.views.index(view) + 1
        return self.views[index] if index < len(self.views) else None

    def _after(self, view: View) -> View | None:
        """The version that is compared with it, the last one if there are several."""
        return next((other for other in self.views if self._before(other) is view), None)

    def _shown_in(self, tag: str) -> Version | None:
        """The released version on the service's page in a language; None if that shows a draft."""
        shown = self.service.shown
        hidden = self.drafts and tag in (*self.service.changed, *self.service.missing)
        return None if hidden or shown is None or tag not in shown.release.heads else shown

    @property
    def published(self) -> tuple[str, ...]:
        """The languages in which the service's page shows a released version."""
        return tuple(one.tag for one in self.renderer.languages if self._shown_in(one.tag))

    def _has(self, kind: Literal["changes", "since", "draft"], view: View, tag: str) -> bool:
        """Whether there is a redline of a version in a language: there has to be a text on either side."""
        if kind == "draft":
            return self._has_draft(tag)
        if kind == "since":
            return tag in view.languages and view.state is State.PAST and self._shown_in(tag) is not None
        before = self._before(view)
        return before is not None and tag in view.languages and tag in before.languages

    def _has_draft(self, tag: str) -> bool:
        """Whether the page shows a draft that there is a released text to compare with."""
        newest = self.service.newest
        return newest is not None and tag in newest.heads and self._shown_in(tag) is None

    def _named(self, tags: Sequence[str]) -> Markup:
        """The names of languages as a list."""
        return self.language.join([self.language.language_name(tag) or tag for tag in tags])

    def _since(self, view: View) -> tuple[View, ...]:
        """The versions that led from a past one to the one that is shown, the newest first."""
        led: list[View] = []
        later = self.shown if view.state is State.PAST else None
        while later and later is not view:
            led.append(later)
            later = self._before(later)
        return tuple(led) if later else ()

    def _frozen(self, id: str) -> tuple[Block, ...]:
        if id not in self._blocks:
            from policygen.releases.visible import blocks

            release = self._view(id).release
            self._blocks[id] = blocks(self.service.archive.text(release, self.language.tag))
        return self._blocks[id]
