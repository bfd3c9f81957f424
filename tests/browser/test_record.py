"""The pages of a public record: histories, past and coming versions, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.chromium import DESKTOP, NARROW, Scheme, Screen, visit
from tests.browser.test_layout import OVERFLOW
from tests.site_server import ServedSite, serve

MUSIC = "music/history/2024-01-10-1"
PAGES = (
    "en/index.html", "vi/music/index.html", "en/film/index.html", "en/music/history/index.html",
    "vi/music/history/index.html", f"en/{MUSIC}/index.html",
    "en/music/history/2024-06-01-1/changes/index.html",
    "vi/music/history/2024-06-01-1/changes/index.html", "vi/music/history/2024-06-01-1/since/index.html",
    "en/music/history/2025-02-01-1/index.html", "en/music/history/2026-11-10-1/index.html",
    "vi/film/history/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def served_record(record_site: Path) -> Iterator[ServedSite]:
    """The site with a past on a static server of loopback."""
    with serve(record_site) as site:
        yield site


@pytest.mark.parametrize(
    ("screen", "scheme"), [(NARROW, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_record_is_accessible_and_fits(
    browser: Browser, served_record: ServedSite, page: str, screen: Screen, scheme: Scheme
) -> None:
    with visit(browser, served_record, page, screen, scheme) as seen:
        assert violations(seen.page) == []
        assert seen.page.evaluate(OVERFLOW, screen.width) == []
        assert seen.problems == []


SPOKEN = {
    "en": ("[added] … [end]", "[removed] … [end]"),
    "vi": ("[được thêm] … [hết]", "[bị bỏ] … [hết]"),
}
_MARKED = """() => [...document.querySelectorAll('ins, del')].map(e => {
  const style = getComputedStyle(e);
  const spoken = [...e.querySelectorAll('.visually-hidden')].map(s => s.textContent.trim());
  return [e.tagName, style.textDecorationLine, spoken.join(' … '), e.innerText.length > 0];
})"""


@pytest.mark.parametrize("tag", ["en", "vi"])
def test_what_was_added_and_removed_is_told_without_colour(
    browser: Browser, served_record: ServedSite, tag: str
) -> None:
    with visit(browser, served_record, f"{tag}/music/history/2024-06-01-1/changes/index.html") as seen:
        marked = seen.page.evaluate(_MARKED)
    assert marked
    lines = {"INS": "underline", "DEL": "line-through"}
    assert all(line == lines[name] for name, line, _, _ in marked)
    spoken = {(name, said) for name, _, said, _ in marked}
    assert spoken <= {("INS", SPOKEN[tag][0]), ("DEL", SPOKEN[tag][1])}


def test_an_unchanged_part_opens_without_scripts(browser: Browser, served_record: ServedSite) -> None:
    path = "en/music/history/2024-06-01-1/since/index.html"
    with visit(browser, served_record, path, scripts=False) as seen:
        folds = seen.page.locator("details")
        assert folds.count() > 0
        folds.first.locator("summary").click()
        assert folds.first.locator("p").first.is_visible()
