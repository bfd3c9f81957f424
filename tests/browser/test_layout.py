"""Pages fit the screen: no sideways scrolling at 320 pixels or at 200 %, and every section on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import NARROW, ZOOMED, Screen, visit
from tests.site_server import ServedSite

OVERFLOW = """(width) => {
  const root = document.documentElement;
  const hides = [root, document.body].some(e => /hidden|clip/.test(getComputedStyle(e).overflowX));
  if (root.scrollWidth <= width && !hides) return [];
  const all = [...document.body.querySelectorAll('*')];
  const wide = all.filter(e => e.getBoundingClientRect().right > width + 1);
  const names = wide.map(e => `${e.tagName} ${e.className} "${e.textContent.trim().slice(0, 40)}"`);
  return [`${root.scrollWidth} of ${width} px${hides ? ', overflow hidden' : ''}`, ...names.slice(0, 10)];
}"""

LINES_OF_NAME = """() => {
  const name = document.createRange();
  name.selectNodeContents(document.querySelector('h1 bdi'));
  return name.getClientRects().length;
}"""

_PRINTED = """() => {
  const shade = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const [red, green, blue] = shade(getComputedStyle(document.body).color);
  const sheets = [document.documentElement, document.body];
  const grounds = sheets.map(e => shade(getComputedStyle(e).backgroundColor));
  return {
    text: red + green + blue,
    ground: grounds.map(([r, g, b, alpha]) => alpha === 0 ? 765 : r + g + b),
    lost: [...document.querySelectorAll('section[id]')].filter(e => e.offsetHeight === 0).map(e => e.id),
  };
}"""


@pytest.mark.parametrize("screen", [NARROW, ZOOMED], ids=lambda screen: screen.name)
def test_nothing_scrolls_sideways(
    browser: Browser, served_site: ServedSite, html_page: str, screen: Screen
) -> None:
    with visit(browser, served_site, html_page, screen) as seen:
        assert seen.page.evaluate(OVERFLOW, screen.width) == []


def test_the_name_of_a_service_stands_on_one_line_of_a_phone(
    browser: Browser, served_site: ServedSite, policy_page: str
) -> None:
    """One is `spotifinfo.neutrixs.my.id`, which has no space to break it at."""
    with visit(browser, served_site, policy_page, NARROW) as seen:
        assert seen.page.evaluate(LINES_OF_NAME) == 1


def test_paper_shows_every_section_dark_on_white(
    browser: Browser, served_site: ServedSite, policy_page: str
) -> None:
    with visit(browser, served_site, policy_page, scheme="dark") as seen:
        seen.page.emulate_media(media="print")
        printed = seen.page.evaluate(_PRINTED)
        paper = seen.page.pdf(format="A4")
    assert printed["lost"] == []
    assert printed["text"] < 300, "the text is printed pale"
    assert min(printed["ground"]) > 700, "the ground is printed dark"
    assert paper.startswith(b"%PDF")
    assert re.search(rb"/Type\s*/Page\b", paper)
