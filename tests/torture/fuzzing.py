"""Feeds mutants to the parts that read what people write, in a process of its own that may not have much.

    python -m tests.torture.fuzzing TARGET SEED COUNT

A mutant that makes new lines of policygen run becomes a seed: so the later ones get further than the first.
What falls is printed with its number, and the same call makes the same mutants again. Memory is limited from
outside (`ulimit -d`).
"""

from __future__ import annotations

import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NoReturn

import policygen
from policygen.build import Plan, build
from policygen.memory import Memory
from policygen.releases.imported import article
from policygen.releases.record import RECORD
from policygen.report import FORMATS, render
from policygen.site import SiteFolder
from policygen.source import locate
from tests.full_policy import Full
from tests.releasing import reseal
from tests.site_under_test import CHECKOUT, TODAY
from tests.small_site import POLICY, SETTINGS, make_site, released_site
from tests.torture.mutants import mutant

SECONDS = 2.0
"""Of computing, for one mutant."""
_PACKAGE = str(Path(policygen.__file__).parent)
_MOST_SEEDS = 200

_MEMORY = Memory()
"""Mutants are built one after the other as in a preview, which has to stay small, too."""

Feed = Callable[[Path, bytes], bool]
"""Gives bytes to a target, in a site's folder; tells whether a page, a text or a release came of them."""


class Hang(BaseException):
    """A mutant takes too long. No code that expects errors catches it."""


def _written(path: str) -> Feed:
    def feed(site: Path, mutated: bytes) -> bool:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(mutated)
        folder = SiteFolder(site)
        result = build(folder, lambda _: date.fromisoformat(TODAY), Plan(memory=_MEMORY))
        assert result.findings or result.pages, "neither a finding nor a page"
        for style in FORMATS:
            shown = render(result.findings, style, folder.text, locate)
            assert not set(shown) & _UNSEEN, f"{style} shows what nobody sees"
        return bool(result.pages)

    return feed


_UNSEEN = frozenset("\0\x07\x1b\x7f\x85\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2028")


def _sealed(name: str) -> Feed:
    """A file of a release, with a record that vouches for it: else nobody would read on."""

    def feed(site: Path, mutated: bytes) -> bool:
        record = site / _RELEASE / RECORD
        genuine = record.read_bytes()
        reseal(site / _RELEASE, {}, {name: mutated})
        try:
            return _written(f"{_RELEASE}/{name}")(site, mutated)
        finally:
            record.write_bytes(genuine)

    return feed


def _imported(ending: str) -> Feed:
    def feed(_site: Path, mutated: bytes) -> bool:
        return isinstance(article(mutated, f"old{ending}"), str)

    return feed


def _files(*patterns: str) -> list[bytes]:
    return [file.read_bytes() for pattern in patterns for file in sorted(CHECKOUT.glob(pattern))]


def _policies() -> list[bytes]:
    full = (Full(1), Full(2, "never", heading=True, wording=True))
    made = (json.dumps(each.policy(), ensure_ascii=False).encode() for each in full)
    return [*_files("content/*/policy.yaml"), *made]


def _settings() -> list[bytes]:
    more = (
        "shared:\n  recipients: [{id: host, is: service_provider, name: Host}]\nchanges: {notice_days: 30}\n"
    )
    return [
        *_files("content/site.yaml"),
        SETTINGS.encode(),
        (SETTINGS + more + "timezone: Asia/Ho_Chi_Minh\n").encode(),
    ]


def _catalogues() -> list[bytes]:
    ours = (CHECKOUT / "locales/vi/LC_MESSAGES/policygen.po").read_bytes()
    messages = ours.split(b"\n\n")
    plural = [message for message in messages if b"msgid_plural" in message]
    return [
        b"\n\n".join([messages[0], *messages[start : start + 12], *plural[:3]]) for start in range(1, 200, 20)
    ]


def _prose(site: Path, mutated: bytes) -> bool:
    """Markdown, written so that YAML reads it as it is."""
    text = json.dumps(mutated.decode("utf-8", "replace"), ensure_ascii=False).encode()
    extra = b"extra: [{id: x, title: {en: A, vi: B}, text: {en: %s, vi: c}}]\n" % text
    return _written("content/music/policy.yaml")(site, POLICY.encode() + extra)


def _markdown() -> list[bytes]:
    return [text.replace(b"    ", b"  ") for text in _files("docs/*.md", "docs/commands/*.md")]


RELEASED = frozenset({"record", "facts", "changes", "released"})
_RELEASE = "content/music/releases/2026-11-01-1"
TARGETS: Mapping[str, tuple[Feed, Callable[[], list[bytes]]]] = {
    "policy": (_written("content/music/policy.yaml"), _policies),
    "settings": (_written("content/site.yaml"), _settings),
    "catalogue": (_written("locales/vi/LC_MESSAGES/policygen.po"), _catalogues),
    "markdown": (_prose, _markdown),
    "section": (_written("templates/sections/purposes.html"), lambda: _files("templates/sections/*.html")),
    "page": (
        _written("templates/policy.html"),
        lambda: _files("templates/*.html", "templates/policy/*.html"),
    ),
    "style": (_written("templates/style.css"), lambda: _files("templates/*.css")),
    "record": (_written(f"{_RELEASE}/release.json"), lambda: _of_release("release.json")),
    "facts": (_sealed("facts.json"), lambda: _of_release("facts.json")),
    "changes": (_sealed("changes.json"), lambda: _of_release("changes.json")),
    "released": (_sealed("en.html"), lambda: _of_release("en.html")),
    "old page": (_imported(".html"), lambda: [*_files("templates/*.html"), *_of_release("en.html")]),
    "old text": (_imported(".md"), _markdown),
}


def _of_release(name: str) -> list[bytes]:
    return [(released_site(Path(tempfile.mkdtemp(dir=_SCRATCH[0]))) / _RELEASE / name).read_bytes()]


_SCRATCH: list[str] = []


class Reached:
    """The lines of policygen that have run."""

    def __init__(self) -> None:
        self._lines: set[tuple[CodeType, int]] = set()

    def grows(self, run: Callable[[], bool]) -> tuple[bool, bool]:
        """What a run says, and whether it got where none has been."""
        before = len(self._lines)
        sys.settrace(self._enter)
        try:
            said = run()
        finally:
            sys.settrace(None)
        return said, len(self._lines) > before

    def __len__(self) -> int:
        """How many."""
        return len(self._lines)

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> Any:
        return self._line if frame.f_code.co_filename.startswith(_PACKAGE) else None

    def _line(self, frame: FrameType, _event: str, _argument: object) -> Any:
        self._lines.add((frame.f_code, frame.f_lineno))
        return self._line


def _too_long(_signal: int, _frame: object) -> NoReturn:
    raise Hang(f"more than {SECONDS} s")


def fuzz(target: str, seed: int, count: int) -> Iterator[dict[str, Any]]:
    """What falls, and at the end what was done."""
    feed, seeds = TARGETS[target]
    corpus: Sequence[bytes] = seeds()
    chance, reached = random.Random(f"{target} {seed}"), Reached()  # noqa: S311 - the same mutants in every run
    made, slowest = 0, 0.0
    site = Path(tempfile.mkdtemp(dir=_SCRATCH[0]))
    (released_site if target in RELEASED else make_site)(site)
    for number in range(count):
        mutated = mutant(chance, corpus)
        # Lines are counted for one mutant in four: counting takes three times as long as all the rest.
        is_guided = number % 4 == 0
        began = time.process_time()
        try:
            said, is_new = _fed(partial(feed, site, mutated), reached if is_guided else None)
        except (Exception, Hang) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            where = "".join(traceback.format_exception(error))[-1500:]
            yield {
                "number": number,
                "error": repr(error)[:300],
                "where": where,
                "mutant": repr(mutated[:3000]),
            }
            continue
        made += said
        slowest = max(slowest, 0.0 if is_guided else time.process_time() - began)
        if is_new and len(corpus) < _MOST_SEEDS:
            corpus = [*corpus, mutated]
    yield {"tried": count, "made": made, "lines": len(reached), "seeds": len(corpus), "slowest": slowest}


def _fed(run: Callable[[], bool], reached: Reached | None) -> tuple[bool, bool]:
    """What a run says, and whether it got where none has been. Raises Hang if it takes too long."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS * (1 if reached is None else 6))
    try:
        return (run(), False) if reached is None else reached.grows(run)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    """Print what falls, a line of JSON each."""
    target, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGPROF, _too_long)
    with tempfile.TemporaryDirectory(prefix="policygen-fuzz-") as scratch:
        _SCRATCH.append(scratch)
        for said in fuzz(target, seed, count):
            print(json.dumps(said), flush=True)  # noqa: T201 - this is what it is called for


if __name__ == "__main__":
    main()
