"""The instruments of this folder notice what they are there to notice, shown on one page that does it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.chromium import NARROW, visit
from tests.browser.test_keyboard import walk
from tests.browser.test_layout import OVERFLOW
from tests.site_server import ServedSite, serve

_BAD_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bad</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'unsafe-inline'">
<style>a { outline: none !important } .pale { color: #ccc; width: 900px }</style></head>
<body><main><h1>Bad</h1><p class="pale">Pale and wide</p><a href="/">Somewhere</a>
<img src="/missing.png"><img src="http://127.0.0.2:9/tracker.gif" alt=""></main>
<script>document.title = "blocked"</script></body></html>"""


@pytest.fixture
def bad_site(tmp_path: Path) -> Iterator[ServedSite]:
    """A site of one page with a mistake of every kind."""
    (tmp_path / "index.html").write_text(_BAD_PAGE, encoding="utf-8")
    with serve(tmp_path) as site:
        yield site


def test_a_visit_notes_what_goes_wrong(browser: Browser, bad_site: ServedSite) -> None:
    with visit(browser, bad_site, "index.html") as seen:
        seen.page.wait_for_load_state("networkidle")
        problems = "\n".join(seen.problems)
    assert "answer 404" in problems
    assert "Content Security Policy" in problems
    assert ("/missing.png", 404) in bad_site.answers


def test_axe_sees_pale_text_and_nameless_pictures(browser: Browser, bad_site: ServedSite) -> None:
    with visit(browser, bad_site, "index.html") as seen:
        found = {line.partition(":")[0] for line in violations(seen.page)}
    assert {"color-contrast", "image-alt"} <= found


def test_wide_text_is_seen_to_overflow(browser: Browser, bad_site: ServedSite) -> None:
    with visit(browser, bad_site, "index.html", NARROW) as seen:
        assert any("Pale and wide" in line for line in seen.page.evaluate(OVERFLOW, NARROW.width))


def test_an_invisible_focus_is_seen(browser: Browser, bad_site: ServedSite) -> None:
    with visit(browser, bad_site, "index.html") as seen:
        _, stops = walk(seen.page)
    assert [stop["has_ring"] for stop in stops] == [False]
