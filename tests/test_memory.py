"""A build that remembers gives what a build that knows nothing gives, whatever was edited in between."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from policygen.build import Result, build
from policygen.memory import Memory, digest
from policygen.release import Order
from policygen.site import SiteFolder
from tests.releasing import release_today
from tests.small_site import EN, POLICY, RELEASED, SETTINGS, VI, files_of, make_site, released_site

_SITE = "content/site.yaml"
_MUSIC, _FILM, _SONG = (f"content/{name}/policy.yaml" for name in ("music", "film", "song"))
_RELEASE = f"content/music/releases/{RELEASED}-1"
_WORDS = "locales/vi/LC_MESSAGES/policygen.po"
_PURPOSES, _LAYOUT = "templates/sections/purposes.html", "templates/layout.html"
_FILM_POLICY = POLICY.replace("Music", "Film")
_PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "%s"\nmsgstr "%s"\n'
_FRAME = "<!DOCTYPE html>\n<title>x</title>\n<main>{%% block main %%}{%% endblock %%}</main>%s{{ site.url }}"

# What each file can be; None: it isn't there.
_RIGHT: Mapping[str, tuple[str | None, ...]] = {
    _SITE: (
        SETTINGS,
        SETTINGS.replace("Policies", "Rules"),
        SETTINGS.replace("policies.example/", "policies.example/rules/"),
        SETTINGS.replace("[en, vi]", "[vi, en]"),
        SETTINGS + "reader: customer\n",
        SETTINGS + "timezone: Asia/Ho_Chi_Minh\nchanges: {notice_days: 30}\n",
    ),
    _MUSIC: (POLICY, POLICY + "recipients: none\n", POLICY + "formerly: [melody]\n"),
    _FILM: (None, POLICY, _FILM_POLICY, _FILM_POLICY + "formerly: [cinema]\n"),
    _SONG: (None, POLICY, _FILM_POLICY),
    _WORDS: (
        None,
        _PO % ("Contact", "Gọi"),
        _PO % ("Contact", "Viết"),
        _PO % ("All versions", "Cũ"),
    ),
    _PURPOSES: (None, "<p>one</p>", "<p>two {{ policy.service.name }}</p>"),
    _LAYOUT: (None, _FRAME % "one", _FRAME % "two"),
}
_WRONG: Mapping[str, tuple[str | None, ...]] = {
    _SITE: (SETTINGS + "colour: red\n", SETTINGS.replace("[en, vi]", "[vi]"), "]", None),
    _MUSIC: (POLICY + "a: b\n", POLICY + "formerly: [film]\n", None),
    _FILM: ("format: 2\n", _FILM_POLICY + "formerly: [music]\n"),
    _WORDS: (_PO % ("All {x}", "{y}"), "msgid"),
    _PURPOSES: ("{{ nothing }}", "{% if %}"),
    f"{_RELEASE}/en.html": ("<p>forged</p>", None),
    "templates/unused.html": ("{% endif %}",),
}
_DAYS = tuple(date(2026, 11, day) for day in (1, 3, 12, 21))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site with a version in force, and one that comes into force on one of the days."""
    folder = make_site(released_site(tmp_path), {_MUSIC: POLICY + "recipients: none\n"})
    release_today(folder, "music", date(2026, 11, 2), Order(effective=date(2026, 11, 12)))
    return folder


def _put(file: Path, text: str | None) -> None:
    file.unlink(missing_ok=True)
    if text is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


def _build(folder: Path, day: date, drafts: bool, memory: Memory | None = None) -> Result:
    return build(SiteFolder(folder), lambda _: day, drafts=drafts, memory=memory)


@pytest.mark.parametrize("seed", range(6))
def test_a_build_that_remembers_gives_what_a_clean_one_gives(seed: int, folder: Path) -> None:
    choose = random.Random(seed)  # noqa: S311 - a history, not a secret
    memory, drafts, day, wrong = Memory(), True, _DAYS[-1], dict[str, str | None]()
    released, away = folder / "content/music/releases/2026-11-02-1", folder / "not-released"
    for step in range(16):
        for path, text in wrong.items():
            _put(folder / path, text)
        wrong = {}
        what = choose.choices(["edit", "edits", "mistake", "release", "day"], [4, 1, 2, 2, 4])[0]
        # Most edits are of one file; a branch that is switched to changes many.
        for path in choose.sample(sorted(_RIGHT), {"edit": 1, "edits": 3}.get(what, 0)):
            _put(folder / path, choose.choice(_RIGHT[path]))
        if what == "mistake":
            path = choose.choice(sorted(_WRONG))
            wrong = {path: _text(folder / path)}
            _put(folder / path, choose.choice(_WRONG[path]))
        elif what == "release":
            here, there = (released, away) if released.exists() else (away, released)
            here.rename(there)
        elif what == "day":
            day, drafts = choose.choice(_DAYS), choose.random() < 0.5
        assert _build(folder, day, drafts, memory) == _build(folder, day, drafts), f"step {step}"


@pytest.mark.parametrize("path", sorted({*_RIGHT, *_WRONG}))
def test_an_edit_and_its_taking_back_are_both_seen(path: str, folder: Path) -> None:
    make_site(folder, {_FILM: _FILM_POLICY})
    memory, day = Memory(), _DAYS[-1]
    before, clean = _text(folder / path), _build(folder, day, True, memory)
    for text in (*_RIGHT.get(path, ()), *_WRONG.get(path, ())):
        _put(folder / path, text)
        assert _build(folder, day, True, memory) == _build(folder, day, True), text
        _put(folder / path, before)
        assert _build(folder, day, True, memory) == clean, text


def test_another_day_is_seen(folder: Path) -> None:
    memory = Memory()
    for day in (*_DAYS, *reversed(_DAYS)):
        assert _build(folder, day, True, memory) == _build(folder, day, True), day


def test_a_renamed_service_is_seen(folder: Path) -> None:
    memory, day = Memory(), _DAYS[-1]
    (folder / "content/music").rename(folder / "content/melody")
    for more in ("", "formerly: [music]\n", "formerly: [film]\n", ""):
        make_site(folder, {"content/melody/policy.yaml": POLICY + more})
        assert _build(folder, day, True, memory) == _build(folder, day, True), more


@pytest.mark.parametrize(("states", "fails"), [(_RIGHT, False), (_WRONG, True)], ids=["right", "wrong"])
def test_the_states_of_files_are_what_they_are_taken_for(
    states: Mapping[str, tuple[str | None, ...]], fails: bool, folder: Path
) -> None:
    make_site(folder, {_FILM: _FILM_POLICY})
    memory = Memory()
    for path, texts in states.items():
        right = _text(folder / path)
        for text in texts:
            _put(folder / path, text)
            assert _build(folder, _DAYS[-1], True, memory).failed(strict=False) == fails, (path, text)
        _put(folder / path, right)


@pytest.fixture
def two_services(tmp_path: Path) -> Path:
    return make_site(released_site(tmp_path), {_FILM: _FILM_POLICY})


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        (_MUSIC, POLICY + "recipients: none\n", {"en/film/index.html", "vi/film/index.html"}),
        (_FILM, POLICY, {EN, VI, f"en/music/history/{RELEASED}-1/index.html", "music/index.html"}),
        (_SITE, SETTINGS, {EN, VI, "en/film/index.html", "music/index.html"}),
        ("content/film/notes.txt", "mine", {EN, VI, "en/film/index.html"}),
    ],
)
def test_a_page_of_what_has_not_changed_is_not_made_again(
    path: str, text: str, kept: set[str], two_services: Path
) -> None:
    memory, day = Memory(), date(2026, 11, 21)
    before = dict(_build(two_services, day, True, memory).pages)
    make_site(two_services, {path: text})
    after = dict(_build(two_services, day, True, memory).pages)
    assert {page for page in kept if after[page] is not before[page]} == set()


def test_a_mistake_and_its_correction_forget_nothing(two_services: Path) -> None:
    memory, day = Memory(), date(2026, 11, 21)
    before = dict(_build(two_services, day, True, memory).pages)
    after: dict[str, bytes] = {}
    for text in (POLICY + "a: b\n", "{", POLICY):
        make_site(two_services, {_MUSIC: text})
        after = dict(_build(two_services, day, True, memory).pages)
    assert after[EN] is before[EN]


def test_what_somebody_waits_for_comes_first_and_is_the_same(two_services: Path) -> None:
    shown: list[tuple[int, dict[str, bytes]]] = []
    done: list[int] = []
    result = build(
        SiteFolder(two_services),
        lambda _: date(2026, 11, 21),
        progress=lambda number, _: done.append(number),
        waiting={
            "music": lambda pages: shown.append((len(done), dict(pages))),
            "no-service": lambda pages: shown.append((-1, dict(pages))),
        },
    )
    ((before, early),) = shown
    assert before == 0
    assert EN in early
    assert early.items() <= dict(result.pages).items()
    assert [service.name for service in result.services] == ["film", "music"]


def test_a_build_writes_nothing(two_services: Path) -> None:
    before = files_of(two_services)
    _build(two_services, date(2026, 11, 21), True, Memory())
    assert files_of(two_services) == before


def test_memory_keeps_what_the_last_build_used_and_no_more() -> None:
    memory, made = Memory(), iter(range(9))
    assert [memory.recall((key,), lambda: next(made)) for key in "abab"] == [0, 1, 0, 1]
    memory.forget_unused()
    assert memory.recall(("a",), lambda: next(made)) == 0
    memory.forget_unused()
    assert [memory.recall((key,), lambda: next(made)) for key in "ab"] == [0, 2]


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
