"""A policy can be read and left with the keyboard alone, and every stop on the way can be seen."""

from __future__ import annotations

from typing import TypedDict, cast

from playwright.sync_api import Browser, Page

from tests.browser.chromium import visit
from tests.site_server import ServedSite
from tests.site_under_test import languages

_STOPS = """() => [
  ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
  .map((e, index) => { e.dataset.stop = index; return e.outerHTML.slice(0, 120); })"""

_FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getClientRects()[0];
  const [x, y] = box ? [box.left + box.width / 2, box.top + box.height / 2] : [-1, -1];
  const top = document.elementFromPoint(x, y);
  const own = top !== null && (top === e || e.contains(top) || top.contains(e));
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  return {
    stop: e.dataset.stop === undefined ? null : Number(e.dataset.stop),
    html: e.outerHTML.slice(0, 120),
    href: e.getAttribute('href') || '',
    hreflang: e.hreflang || '',
    in_contents: e.closest('nav') !== null && (e.getAttribute('href') || '').startsWith('#'),
    has_ring: outlined || style.boxShadow !== 'none',
    in_sight: own && box.width > 1 && box.height > 1,
  };
}"""

_IS_AT_OR_AFTER = """(id) => {
  const target = document.getElementById(id), here = document.activeElement;
  return Boolean(target.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


class Stop(TypedDict):
    """What holds the focus: its place among all stops and whether a reader can see it."""

    stop: int | None
    html: str
    href: str
    hreflang: str
    in_contents: bool
    has_ring: bool
    in_sight: bool


def press_tab(page: Page) -> Stop:
    """Press Tab once and say where that leads."""
    page.keyboard.press("Tab")
    return cast("Stop", page.evaluate(_FOCUSED))


def walk(page: Page) -> tuple[list[str], list[Stop]]:
    """Press Tab until every stop is reached; a few times more, since scrolled boxes are stops."""
    expected = cast("list[str]", page.evaluate(_STOPS))
    stops: list[Stop] = []
    while len({stop["stop"] for stop in stops} - {None}) < len(expected) and len(stops) < len(expected) + 10:
        stops.append(press_tab(page))
    return expected, stops


def test_tab_reaches_everything_in_reading_order_and_shows_where_it_is(
    browser: Browser, served_site: ServedSite, html_page: str
) -> None:
    with visit(browser, served_site, html_page) as seen:
        expected, stops = walk(seen.page)
    reached = [stop["stop"] for stop in stops if stop["stop"] is not None]
    assert reached == list(range(len(expected))), expected
    assert [stop["html"] for stop in stops if not stop["has_ring"]] == []
    assert [stop["html"] for stop in stops if not stop["in_sight"]] == []


def test_the_first_stop_skips_to_the_policy(
    browser: Browser, served_site: ServedSite, policy_page: str
) -> None:
    with visit(browser, served_site, policy_page) as seen:
        first = press_tab(seen.page)
        assert first["href"].startswith("#"), first["html"]
        assert first["in_sight"]
        seen.page.keyboard.press("Enter")
        press_tab(seen.page)
        target = first["href"].removeprefix("#")
        assert seen.page.locator(f"main[id='{target}'], main [id='{target}']").count() == 1
        assert seen.page.evaluate(_IS_AT_OR_AFTER, target), "the next stop is still before the policy"


def test_tab_reaches_the_language_switcher_then_the_contents(
    browser: Browser, served_site: ServedSite, policy_page: str, site_pages: tuple[str, ...]
) -> None:
    with visit(browser, served_site, policy_page) as seen:
        _, stops = walk(seen.page)
    own = policy_page.partition("/")[0]
    switchers = [stop for stop in stops if stop["hreflang"] and not stop["in_contents"]]
    assert {stop["hreflang"] for stop in switchers} | {own} == set(languages(site_pages))
    contents = [stop for stop in stops if stop["in_contents"]]
    assert len(contents) >= 2
    assert stops.index(switchers[0]) < stops.index(contents[0])


def test_enter_on_the_switcher_stays_on_this_policy(
    browser: Browser, served_site: ServedSite, policy_page: str, site_pages: tuple[str, ...]
) -> None:
    own, _, rest = policy_page.partition("/")
    others = [language for language in languages(site_pages) if language != own]
    assert others, "the site speaks one language only"
    for language in others:
        with visit(browser, served_site, policy_page) as seen:
            seen.page.locator(f"a[hreflang='{language}']").first.press("Enter")
            seen.page.wait_for_url(served_site.address(f"{language}/{rest}") + "**")
            assert seen.page.locator("html").get_attribute("lang") == language
            assert seen.problems == []
