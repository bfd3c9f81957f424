"""Writing with the preview open in a real browser: nothing is reloaded by hand, and nothing is lost."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESKTOP
from tests.preview import PATIENCE, Preview, has_ipv6, preview, until
from tests.site_server import serve
from tests.small_site import POLICY, make_site, release_all

_MUSIC = "content/music/policy.yaml"
_LONG = POLICY + "extra: [{id: coins, title: {en: Coins, vi: Xu}, text: {en: TEXT, vi: TEXT}}]\n".replace(
    "TEXT", "A sentence on coins. " * 400
)
_WORDS = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "At a glance"\nmsgstr "{}"\n'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return release_all(make_site(tmp_path / "site-folder"))


@contextmanager
def _tab(browser: Browser, running: Preview, page: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of the preview, and every error that it met."""
    context = browser.new_context(viewport={"width": DESKTOP.width, "height": DESKTOP.height})
    context.set_default_timeout(PATIENCE * 1000)
    try:
        tab, problems = context.new_page(), list[str]()
        tab.on(
            "console", lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None
        )
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.goto(running.address + page)
        yield tab, problems
    finally:
        context.close()


def _wait(tab: Page, words: str) -> None:
    """Wait until the page has these words; nobody reloads it."""
    tab.wait_for_selector(f"html:has-text({words!r})", state="attached")


@pytest.mark.parametrize(
    ("path", "text", "page", "words"),
    [
        (_MUSIC, POLICY.replace("Music", "Melody"), "en/music/", "Melody"),
        ("locales/vi/LC_MESSAGES/policygen.po", _WORDS.format("Đọc nhanh"), "vi/music/", "Đọc nhanh"),
        ("templates/sections/purposes.html", "<p>Written by hand</p>", "en/music/", "Written by hand"),
        ("content/film/policy.yaml", POLICY.replace("Music", "Film"), "en/", "Film"),
    ],
    ids=["policy", "catalogue", "template", "new service"],
)
def test_an_edit_appears_by_itself(
    path: str, text: str, page: str, words: str, browser: Browser, site: Path
) -> None:
    with preview(site) as running, _tab(browser, running, page) as (tab, problems):
        assert words not in tab.content()
        running.save(path, text)
        _wait(tab, words)
        assert problems == []


def test_the_page_stays_where_it_is(browser: Browser, site: Path) -> None:
    with (
        preview(make_site(site, {_MUSIC: _LONG})) as running,
        _tab(browser, running, "en/music/") as (tab, _),
    ):
        tab.evaluate("scrollTo(0, 700)")
        for number in range(3):
            running.save(_MUSIC, _LONG.replace("Music", f"Melody {number}."))
            _wait(tab, f"Melody {number}.")
            until(lambda: tab.evaluate("scrollY") == 700)


def test_a_mistake_is_told_over_the_page_and_the_page_comes_back_where_it_was(
    browser: Browser, site: Path
) -> None:
    with (
        preview(make_site(site, {_MUSIC: _LONG})) as running,
        _tab(browser, running, "en/music/") as (tab, problems),
    ):
        tab.evaluate("scrollTo(0, 700)")
        running.save(_MUSIC, _LONG + "'<img src=x onerror=alert(1)>': red\n")
        told = tab.locator("#policygen-trouble")
        told.wait_for()
        assert "error[unknown-key]" in told.inner_text()
        assert "<img src=x onerror=alert(1)>" in told.inner_text()
        assert tab.locator("#policygen-trouble img").count() == 0
        until(lambda: running.says("error[unknown-key]"))
        assert told.locator("pre").inner_text().strip() in "".join(running.lines)
        # Nothing of the page shows through, and nothing of it can be reached.
        assert tab.evaluate("document.elementFromPoint(400, 300).closest('#policygen-trouble') !== null")
        assert not tab.locator("h1").nth(0).is_visible()
        running.save(_MUSIC, _LONG.replace("Music", "Melody"))
        _wait(tab, "Melody")
        assert told.count() == 0
        until(lambda: tab.evaluate("scrollY") == 700)
        assert problems == []


def test_a_site_that_was_broken_from_the_start_appears_once_it_is_mended(
    browser: Browser, site: Path
) -> None:
    with preview(make_site(site, {_MUSIC: "]"})) as running, _tab(browser, running, "en/music/") as (tab, _):
        _wait(tab, "error[yaml-syntax]")
        running.save(_MUSIC, POLICY)
        tab.locator("#policygen-trouble").wait_for(state="detached")
        _wait(tab, "Music")


def test_of_fifty_saves_in_a_row_each_is_shown(browser: Browser, site: Path) -> None:
    with preview(site) as running, _tab(browser, running, "en/music/") as (tab, _):
        for number in range(50):
            running.save(_MUSIC, POLICY.replace("Music", f"Music {number}."))
            _wait(tab, f"Music {number}.")


@pytest.mark.parametrize("seed", range(3))
def test_of_fifty_saves_without_a_pause_the_last_is_shown(seed: int, browser: Browser, site: Path) -> None:
    """Whenever a save falls: while it is built, while the page reloads, before the page listens again."""
    choose = random.Random(seed)  # noqa: S311 - a history, not a secret
    with preview(site) as running, _tab(browser, running, "en/music/") as (tab, _):
        for number in range(50):
            running.save(_MUSIC, POLICY.replace("Music", f"Music {number}."))
            time.sleep(choose.choice([0, 0.01, 0.05, 0.1]))
        _wait(tab, "Music 49.")


def test_a_draft_leads_to_what_it_changes_and_that_page_is_kept_up_to_date(
    browser: Browser, site: Path
) -> None:
    with preview(site) as running, _tab(browser, running, "en/music/") as (tab, problems):
        running.save(_MUSIC, POLICY.replace("Music", "Melody"))
        tab.get_by_role("link", name="What the draft changes").click()
        tab.locator("ins", has_text="Melody").first.wait_for()
        running.save(_MUSIC, POLICY.replace("Music", "Harmony"))
        tab.locator("ins", has_text="Harmony").first.wait_for()
        assert problems == []


def test_a_script_that_could_not_run_on_the_published_page_does_not_run_here(
    browser: Browser, site: Path
) -> None:
    script = "<script>document.title = 'ran'</script><script src='/own.js'></script>"
    make_site(site, {"templates/sections/purposes.html": script, "static/own.js": "document.title = 'ran'"})
    with preview(site) as running, _tab(browser, running, "en/music/") as (tab, problems):
        assert tab.title() != "ran"
        assert len(problems) == 2
        assert all("Content Security Policy" in problem for problem in problems)


def test_a_preview_that_is_started_again_is_found_again(browser: Browser, site: Path) -> None:
    with preview(site) as first, _tab(browser, first, "en/music/") as (tab, _):
        assert first.end() == 0
        make_site(site, {_MUSIC: POLICY.replace("Music", "Melody")})
        with preview(site, port=first.port):
            _wait(tab, "Melody")


def test_every_address_of_this_machine_is_kept_up_to_date(browser: Browser, site: Path) -> None:
    with preview(site) as running:
        for number, host in enumerate(["localhost", "127.0.0.1", *(["[::1]"] if has_ipv6() else [])]):
            running.address = f"http://{host}:{running.port}/"
            with _tab(browser, running, "en/music/") as (tab, problems):
                running.save(_MUSIC, POLICY.replace("Music", f"Music {number}."))
                _wait(tab, f"Music {number}.")
                assert problems == []


_STRANGER = """<!DOCTYPE html><title>stranger</title><script>
const heard = [];
const socket = new WebSocket("ws://127.0.0.1:PORT/livereload");
socket.onopen = () => heard.push("opened");
socket.onclose = () => { heard.push("closed"); document.title = heard.join(); };
fetch("http://127.0.0.1:PORT/en/music/").then(() => heard.push("read"), () => heard.push("refused"));
</script>"""


def test_a_stranger_s_page_in_the_same_browser_learns_nothing(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger"
    with preview(site) as running:
        page = _STRANGER.replace("PORT", str(running.port))
        with serve(make_site(stranger, {"index.html": page})) as served:
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(served.base)
            until(lambda: "closed" in tab.title())
            until(lambda: len(tab.evaluate("heard")) == 2)
            assert sorted(tab.evaluate("heard")) == ["closed", "refused"]
            context.close()
