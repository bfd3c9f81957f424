"""No page breaks a rule of WCAG 2.2 AA that a machine can check: phone and desktop, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.chromium import DESKTOP, NARROW, PHONE, Scheme, Screen, visit
from tests.site_server import ServedSite

_SCREENS = (NARROW, PHONE, DESKTOP)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", _SCREENS, ids=lambda screen: screen.name)
def test_axe_finds_no_violation(
    browser: Browser, served_site: ServedSite, html_page: str, screen: Screen, scheme: Scheme
) -> None:
    with visit(browser, served_site, html_page, screen, scheme) as seen:
        assert violations(seen.page) == []


def test_both_schemes_are_really_shown(browser: Browser, served_site: ServedSite, policy_page: str) -> None:
    brightness = "() => getComputedStyle(document.body).color.match(/[0-9.]+/g).slice(0, 3).map(Number)"
    text = {}
    for scheme in ("light", "dark"):
        with visit(browser, served_site, policy_page, scheme=scheme) as seen:
            text[scheme] = sum(seen.page.evaluate(brightness))
    assert text["light"] < text["dark"], "the text of the dark scheme is not brighter"
