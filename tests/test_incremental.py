"""A build that remembers gives what a build that knows nothing gives, whatever was edited in between."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from policygen.build import Past, Plan, Result, Shelf, build
from policygen.catalogues import load_languages
from policygen.diagnostics import Diagnostic
from policygen.memory import Memory, digest
from policygen.site import SiteFolder
from tests.history_of_edits import (
    DAYS,
    FILM,
    FILM_POLICY,
    MUSIC,
    PO,
    RIGHT,
    SITE,
    WORDS,
    WRONG,
    History,
    put,
    text_of,
    worked_on,
)
from tests.small_site import EN, POLICY, RELEASED, SETTINGS, VI, files_of, make_site, released_site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return worked_on(tmp_path)


@dataclass(slots=True)
class _Preview:
    """Remembers the builds before, as a preview does."""

    memory: Memory = field(default_factory=Memory)
    past: Past = field(default_factory=Past)
    pages: dict[str, bytes] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)

    def build(self, folder: Path, day: date, drafts: bool) -> Result:
        """One more build."""
        shelf = self.shelf = Shelf(self.pages)
        past = replace(self.past, intact=shelf.has)
        result = build(
            SiteFolder(folder), lambda _: day, Plan(drafts=drafts, memory=self.memory, past=past, shelf=shelf)
        )
        if result.made:
            self.past, self.pages = Past(result.made, result.seen), dict(result.pages)
        return result


_Built = tuple[tuple[Diagnostic, ...], dict[str, bytes], str]


def _build(folder: Path, day: date, drafts: bool, preview: _Preview | None = None) -> _Built:
    """What a build finds, its pages, and the path of its root."""
    result = (preview or _Preview()).build(folder, day, drafts)
    return result.findings, dict(result.pages), result.root


@pytest.mark.parametrize("seed", range(6))
def test_a_preview_that_remembers_gives_what_a_clean_build_gives(seed: int, folder: Path) -> None:
    history, preview = History(folder, random.Random(seed)), _Preview()  # noqa: S311 - no secret
    for step in range(16):
        history.step()
        now = (folder, history.day, history.drafts)
        assert _build(*now, preview) == _build(*now), f"step {step}"


@pytest.mark.parametrize("path", sorted({*RIGHT, *WRONG}))
def test_an_edit_and_its_taking_back_are_both_seen(path: str, folder: Path) -> None:
    make_site(folder, {FILM: FILM_POLICY})
    memory, day = _Preview(), DAYS[-1]
    before, clean = text_of(folder / path), _build(folder, day, True, memory)
    for text in (*RIGHT.get(path, ()), *WRONG.get(path, ())):
        put(folder / path, text)
        assert _build(folder, day, True, memory) == _build(folder, day, True), text
        put(folder / path, before)
        assert _build(folder, day, True, memory) == clean, text


def test_another_day_is_seen(folder: Path) -> None:
    memory = _Preview()
    for day in (*DAYS, *reversed(DAYS)):
        assert _build(folder, day, True, memory) == _build(folder, day, True), day


def test_a_renamed_service_is_seen(folder: Path) -> None:
    memory, day = _Preview(), DAYS[-1]
    (folder / "content/music").rename(folder / "content/melody")
    for more in ("", "formerly: [music]\n", "formerly: [film]\n", ""):
        make_site(folder, {"content/melody/policy.yaml": POLICY + more})
        assert _build(folder, day, True, memory) == _build(folder, day, True), more


@pytest.mark.parametrize(("states", "fails"), [(RIGHT, False), (WRONG, True)], ids=["right", "wrong"])
def test_the_states_of_files_are_what_they_are_taken_for(
    states: Mapping[str, tuple[str | None, ...]], fails: bool, folder: Path
) -> None:
    make_site(folder, {FILM: FILM_POLICY})
    memory = _Preview()
    for path, texts in states.items():
        right = text_of(folder / path)
        for text in texts:
            put(folder / path, text)
            assert memory.build(folder, DAYS[-1], True).failed(strict=False) == fails, (path, text)
        put(folder / path, right)


@pytest.fixture
def two_services(tmp_path: Path) -> Path:
    return make_site(released_site(tmp_path), {FILM: FILM_POLICY})


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        (MUSIC, POLICY + "recipients: none\n", {"en/film/index.html", "vi/film/index.html"}),
        (FILM, POLICY, {EN, VI, f"en/music/history/{RELEASED}-1/index.html", "music/index.html"}),
        (SITE, SETTINGS, {EN, VI, "en/film/index.html", "music/index.html"}),
        ("content/film/notes.txt", "mine", {EN, VI, "music/index.html"}),
    ],
)
def test_a_page_of_what_has_not_changed_is_not_made_again(
    path: str, text: str, kept: set[str], two_services: Path
) -> None:
    memory, day = _Preview(), date(2026, 11, 21)
    before = _build(two_services, day, True, memory)[1]
    make_site(two_services, {path: text})
    after = _build(two_services, day, True, memory)[1]
    assert {page for page in kept if after[page] is not before[page]} == set()


_ALL = ("en/film", "vi/film", "film", "en/music", "vi/music", "music", "")


@pytest.mark.parametrize(
    ("path", "text", "read", "rendered"),
    [
        ("README.md", "mine", 0, set()),
        # In a preview, the list of all says that the page shows a draft.
        (MUSIC, POLICY + "recipients: none\n", 1, {"en/music", "vi/music", "music", ""}),
        (FILM, FILM_POLICY + "recipients: none\n", 1, {"en/film", "vi/film", "film"}),
        (WORDS, PO % ("Contact", "Gọi"), 2, {"vi/film", "vi/music", "film", "music", ""}),
        (SITE, SETTINGS + "reader: customer\n", 2, {*_ALL}),
    ],
)  # fmt: skip
def test_a_build_does_what_an_edit_asks_for_and_no_more(
    path: str, text: str, read: int, rendered: set[str], two_services: Path
) -> None:
    preview, day = _Preview(), date(2026, 11, 21)
    preview.build(two_services, day, True)
    make_site(two_services, {path: text})
    result = preview.build(two_services, day, True)
    assert result.work.read == read
    made = preview.shelf.made
    assert {_belongs_to(page) for page in made} == rendered
    assert result.work.rendered == len(made)


def _belongs_to(page: str) -> str:
    """The service, and the language if it has one, that a page belongs to; nothing for those around."""
    parts = page.split("/")
    end = next((index for index, part in enumerate(parts[:2], 1) if part in {"film", "music"}), 0)
    return "/".join(parts[:end])


def test_a_mistake_and_its_correction_forget_nothing(two_services: Path) -> None:
    memory, day = _Preview(), date(2026, 11, 21)
    before = _build(two_services, day, True, memory)[1]
    after: dict[str, bytes] = {}
    for text in (POLICY + "a: b\n", "{", POLICY):
        make_site(two_services, {MUSIC: text})
        after = _build(two_services, day, True, memory)[1]
    assert after[EN] is before[EN]


def test_what_somebody_waits_for_comes_first_and_is_the_same(two_services: Path) -> None:
    shown: list[tuple[int, tuple[str, ...]]] = []
    done: list[int] = []
    plan = Plan(
        progress=lambda number, _: done.append(number),
        waiting={
            "music": lambda files: shown.append((len(done), tuple(files))),
            "no-service": lambda files: shown.append((-1, tuple(files))),
        },
    )
    result = build(SiteFolder(two_services), lambda _: date(2026, 11, 21), plan)
    ((before, early),) = shown
    assert before == 0
    assert EN in early
    assert {*early} <= result.files.keys()
    assert [*result.made] == ["film", "music", ""]


def test_a_build_writes_nothing(two_services: Path) -> None:
    before = files_of(two_services)
    _build(two_services, date(2026, 11, 21), True, _Preview())
    assert files_of(two_services) == before


def test_memory_keeps_what_the_last_build_used_and_no_more() -> None:
    memory, made = Memory(), iter(range(9))
    assert [memory.recall((key,), lambda: next(made)) for key in "abab"] == [0, 1, 0, 1]
    memory.forget_unused()
    assert memory.recall(("a",), lambda: next(made)) == 0
    memory.forget_unused()
    assert [memory.recall((key,), lambda: next(made)) for key in "ab"] == [0, 2]


def test_a_language_is_the_same_one_from_build_to_build(tmp_path: Path) -> None:
    """What is kept by language would be made anew with each save, and the old of it never be freed."""
    folder, memory = SiteFolder(make_site(tmp_path)), Memory()
    languages, _ = load_languages(folder, ["en", "vi"], memory)
    memory.forget_unused()
    again, _ = load_languages(folder, ["en", "vi"], memory)
    assert [*map(id, again)] == [*map(id, languages)]


def test_what_could_not_be_made_is_tried_again() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.recall(("a",), lambda: 1 // 0)
    assert memory.recall(("a",), lambda: 1) == 1


def test_a_digest_tells_apart_what_is_different() -> None:
    parts: list[tuple[bytes | str | None, ...]] = [
        (), (None,), ("",), (b"",), ("None",), (b"a", b"b"), (b"ab",), (b"", b"ab"), ("a", "b"), ("\udc80",),
        ("bytes 1 ",), (b"bytes 1 ",),
    ]  # fmt: skip
    assert len({digest(*each) for each in parts}) == len(parts)
