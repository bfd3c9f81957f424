"""A page written from right to left is laid out so, and breaks no rule that axe knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.arabic_site import build_arabic_site
from tests.browser.axe import violations
from tests.browser.chromium import DESKTOP, PHONE, Scheme, Screen, visit
from tests.site_server import ServedSite, serve

PAGES = ("ar/index.html", "ar/oasis/index.html", "en/oasis/index.html")


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The Arabic site on a static server."""
    build = build_arabic_site(tmp_path_factory.mktemp("arabic"))
    if build.failure is not None:
        pytest.fail(build.failure, pytrace=False)
    with serve(build.root) as site:
        yield site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(
    browser: Browser, arabic_site: ServedSite, page: str, screen: Screen, scheme: Scheme
) -> None:
    with visit(browser, arabic_site, page, screen, scheme) as seen:
        assert violations(seen.page) == []
        assert seen.problems == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
def test_the_page_is_the_mirror_of_its_english_twin(
    browser: Browser, arabic_site: ServedSite, screen: Screen
) -> None:
    edges = "() => [...document.querySelectorAll('h1, h2, h3')].map(each => each.getBoundingClientRect())"
    wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with visit(browser, arabic_site, "en/oasis/index.html", screen) as english:
        left = [box["left"] for box in english.page.evaluate(edges)]
    with visit(browser, arabic_site, "ar/oasis/index.html", screen) as arabic:
        right = [screen.width - box["right"] for box in arabic.page.evaluate(edges)]
        assert arabic.page.evaluate(wider) <= 0
    assert len(left) == len(right)
    scrollbar = 20
    assert [(a, b) for a, b in zip(left, right, strict=True) if abs(a - b) > scrollbar] == []
