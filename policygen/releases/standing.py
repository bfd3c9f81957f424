"""How today's text of a service stands to what was released: the same, changed, or never released.

Whatever caused a difference (facts, catalogue, template, a new policygen), it is one in the visible text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from policygen.releases.archive import Archive
from policygen.releases.record import Release, Source
from policygen.releases.timeline import Timeline, Version
from policygen.render.article import Article, Head

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Service:
    """A service on the day of a build: its text today, everything released, and how the two stand.

    `changed` are the languages whose text differs from the newest release, `missing` those it has no text in.
    """

    name: str
    articles: Mapping[str, Article]
    heads: Mapping[str, Head]
    archive: Archive
    timeline: Timeline
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    said: tuple[str, ...] = ()
    """What changed in the facts since then, in the default language."""

    def saying(self, said: Iterable[str]) -> Service:
        """The same, with what changed in the facts."""
        return replace(self, said=tuple(said))

    @property
    def newest(self) -> Release | None:
        """The release that today's text is compared with; None if there was none."""
        newest = self.timeline.newest
        return newest.release if newest else None

    @property
    def shown(self) -> Version | None:
        """The version on the service's own page: the one in force, or the one to come if it is the first."""
        return self.timeline.current or self.timeline.upcoming

    @property
    def is_released(self) -> bool:
        """Whether readers of every language get what was released."""
        return not self.changed and not self.missing

    @property
    def state(self) -> str:
        """How it stands, in words for its author."""
        newest = self.newest
        if newest is None:
            return "never released"
        if self.changed:
            return f"changed since {newest.id}"
        lacking = f", never released in {', '.join(self.missing)}" if self.missing else ""
        return f"released ({newest.id}){lacking}"

    @property
    def behind(self) -> tuple[tuple[str, Source], ...]:
        """The languages whose released text was made from an older source than the one beside it."""
        newest = self.newest
        sources = newest.sources.items() if newest else ()
        return tuple((tag, source) for tag, source in sources if newest and source.release != newest.id)

    def changes_shown(self) -> tuple[str, ...]:
        """What changed since the newest release: first the facts, then the first words in each language."""
        return (*self.said, *(f"{tag}: {_shown(old, new)}" for tag, old, new in self.changed_words()))

    def changed_words(self) -> tuple[tuple[str, str, str], ...]:
        """The first words that changed in each language: its tag, the words before, the words now."""
        if self.newest is None:
            return ()
        from policygen.releases.redline import changes_in_words
        from policygen.releases.visible import blocks

        return tuple(
            (tag, old, new)
            for tag in self.changed
            for old, new in changes_in_words(
                blocks(self.archive.text(self.newest, tag)), blocks(self.articles[tag].html), _SHOWN
            )
        )


def _shown(old: str, new: str) -> str:
    if not old or not new:
        return f"“{old or new}” is {'new' if new else 'gone'}"
    return f"“{old}” is now “{new}”"


def stand(
    name: str,
    articles: Mapping[str, Article],
    archive: Archive,
    timeline: Timeline,
    known: Mapping[str, tuple[Head, bool]] = MappingProxyType({}),
) -> Service:
    """Compare a service's text of today with its newest release.

    `known` are languages in which that was done before: what is said of the text, and whether it has changed.
    """
    newest = timeline.newest
    frozen = newest.release.heads if newest else {}
    missing = tuple(tag for tag in articles if tag not in frozen)
    heads = {tag: known[tag][0] if tag in known else articles[tag].head for tag in articles}

    def has_changed(tag: str) -> bool:
        if tag in known:
            return known[tag][1]
        if newest is None:
            return False
        from policygen.releases.visible import same

        return not same(articles[tag].html, archive.text(newest.release, tag))

    changed = tuple(tag for tag in articles if tag in frozen and has_changed(tag))
    return Service(name, articles, heads, archive, timeline, changed, missing)
