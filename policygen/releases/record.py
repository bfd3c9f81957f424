"""One release: the record that is kept of a text on the day it was frozen.

A release is a folder of plain files, `content/<service>/releases/<recorded>-<n>/`:

```
release.json    dates, summary, what each language's text was made from, the digest of every other file,
                and the fingerprint of the release before: this is what ties them into a chain
changes.json    what changed since the release before, in words, in each language
facts.json      the facts, normalised, every label resolved
<lang>.html     the text as rendered, without the frame of the page around it
```
The fingerprint of a release is the SHA-256 of its release.json.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policygen.model.kinds import Day
from policygen.render.article import Head

RECORD = "release.json"
CHANGES = "changes.json"
FACTS = "facts.json"
FORMAT = 1

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
Words = Mapping[str, str]
"""The same in each language, by its tag."""


class Kind(StrEnum):
    """What a record does."""

    RELEASE = "release"
    IMPORT = "import"
    """Archives a text older than policygen as it was: it has no facts."""
    WITHDRAWAL = "withdrawal"
    """Takes back an earlier release: it has no text."""


class Weight(StrEnum):
    """How much a change matters to a reader."""

    MATERIAL = "material"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words. `kind` is a key of the table in `weights`; the words are whole sentences."""

    kind: str
    weight: Weight
    words: Words


@dataclass(frozen=True, slots=True)
class Source:
    """The text a translation was made from: its language, the release it stood in, that file's digest."""

    language: str
    release: str
    digest: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a release.json says. `id` is the name of its folder, `fingerprint` the SHA-256 of the file."""

    service: str
    kind: Kind
    recorded: Day
    number: int
    date: Day | None = None
    """The date the company states; None where it states none."""
    effective: Day | None = None
    """The day it takes effect, where that is stated."""
    weight: Weight | None = None
    """None for the first release, which changes nothing."""
    base: str | None = None
    """The id of the release that its changes are told against: the last that stood when it was made."""
    summary: Words = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    """The languages it has a text in."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The translated languages, and what each was translated from."""
    previous: str | None = None
    """The fingerprint of the release before; None for the first."""
    corrects: str | None = None
    withdraws: str | None = None
    """The id of the earlier release that this one corrects or takes back."""
    reason: Words = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    """The digest of every file of the folder but release.json."""
    generator: str = ""
    fingerprint: str = ""

    @property
    def id(self) -> str:
        """The name of its folder, and its lasting address."""
        return f"{self.recorded}-{self.number}"


def digest(content: bytes) -> str:
    """A file's SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_json(data: Json) -> bytes:
    """Data as a file that diffs well: one value a line, letters as they are."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def text_file(language: str) -> str:
    """The name of a language's text."""
    return f"{language}.html"
