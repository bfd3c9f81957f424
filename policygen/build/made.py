"""What became of a service in a build, kept for the next one.

The law: a build that knows the last one gives what a build that knows nothing gives, in bytes and in
findings. It holds as long as a key names every input by what it *is*, not by when it was written, and the
days say how long today makes no difference; tests/test_trace.py and tests/test_incremental.py edit, remove,
rename and restore at random and compare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

from policygen.diagnostics import Diagnostic
from policygen.memory import digest
from policygen.releases.views import View
from policygen.render import Listed
from policygen.render.article import Head
from policygen.trace.pickles import dumped, loaded
from policygen.trace.seen import Seen

Sink = Callable[[str, bytes], str]
"""Takes a finished file, by its path in the output folder, and returns its digest."""
Files = Mapping[str, str]
"""The digests of files by their paths in the output folder."""


@dataclass(frozen=True, slots=True)
class Text:
    """How today's text in one language stands to the newest release, and what it depends on."""

    key: str
    head: Head
    is_changed: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """The files of one language, and what they depend on."""

    key: str
    files: Files


@dataclass(frozen=True, slots=True)
class Story:
    """What the pages around a service's own say of it, and what they were made from."""

    listed: Listed | None = None
    views: tuple[View, ...] = ()
    former: tuple[str, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    printed: Mapping[str, Printed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a service (or of the pages around them all): its files, and what was found.

    `key` names everything it was made from but the day; `since` and `until` (not included) bound the days
    for which it holds. `findings` say what is wrong, `standing` how it stands to its releases. `told` names
    what the pages around it are told. `rendered` counts the files that had to be. `pickled` is its story,
    which most builds never open.
    """

    key: str
    since: date
    until: date
    files: Files
    findings: tuple[Diagnostic, ...]
    standing: tuple[Diagnostic, ...]
    told: str
    has_former: bool
    rendered: int
    pickled: bytes

    @classmethod
    def of(
        cls,
        key: str,
        days: tuple[date, date],
        files: Files,
        findings: tuple[Diagnostic, ...],
        story: Story,
        standing: tuple[Diagnostic, ...] = (),
        rendered: int = 0,
    ) -> Made:
        """Close its story."""
        told = digest(repr((story.listed, story.views, story.former)))
        return cls(key, *days, files, findings, standing, told, bool(story.former), rendered, dumped(story))

    def holds(self, key: str, today: date) -> bool:
        """Whether it would become the same again."""
        return self.key == key and self.since <= today < self.until

    def forgotten(self) -> Made:
        """The same, of which the next build can use nothing."""
        return replace(self, key="", pickled=dumped(replace(self.story, texts={}, printed={})))

    @property
    def story(self) -> Story:
        """Its story."""
        return loaded(self.pickled, Story)


@dataclass(slots=True)
class Past:
    """What the last build left, by the service; the pages around them stand under an empty name.

    `seen` are the files it read. `intact` tells whether files that it made are still as they were.
    """

    made: Mapping[str, Made] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    intact: Callable[[Files], bool] = lambda _: False


class Shelf:
    """Takes finished files into memory: where the pages of a preview are, and those that a test looks at."""

    def __init__(self, before: Mapping[str, bytes] | None = None) -> None:
        """`before` are the files of the last build, which stay as they are."""
        self._before = before or {}
        self._new: dict[str, bytes] = {}

    def __call__(self, path: str, content: bytes) -> str:
        """Take a file."""
        self._new[path] = content
        return digest(content)

    @property
    def made(self) -> Set[str]:
        """The files that it has taken."""
        return self._new.keys()

    def has(self, files: Files) -> bool:
        """Whether the last build left all of them."""
        return files.keys() <= self._before.keys()

    def pages(self, files: Files) -> dict[str, bytes]:
        """The bytes of files, new or of the last build."""
        return {path: self._new[path] if path in self._new else self._before[path] for path in files}
