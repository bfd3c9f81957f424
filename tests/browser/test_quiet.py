"""Opening a page troubles nobody: no error, nothing blocked, nothing missing, nobody else asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import PHONE, visit
from tests.page_source import page_source
from tests.site_server import ServedSite


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_page_loads_without_error_or_foreign_request(
    browser: Browser, served_site: ServedSite, html_page: str, scripts: bool
) -> None:
    earlier = len(served_site.answers)
    with visit(browser, served_site, html_page, scripts=scripts) as seen:
        if scripts:
            seen.page.wait_for_load_state("networkidle")
        assert seen.problems == []
    assert [answer for answer in served_site.answers[earlier:] if answer[1] >= 400] == []


def test_a_page_reads_the_same_without_scripts(
    browser: Browser, served_site: ServedSite, html_page: str
) -> None:
    with visit(browser, served_site, html_page, PHONE) as seen:
        with_scripts = seen.page.locator("body").inner_text()
    with visit(browser, served_site, html_page, PHONE, scripts=False) as seen:
        assert seen.page.locator("body").inner_text() == with_scripts
    assert with_scripts.strip()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_redirect_leads_to_a_page_of_the_site(
    browser: Browser, served_site: ServedSite, site_pages: tuple[str, ...], scripts: bool
) -> None:
    redirects = [page for page in site_pages if page_source(served_site.root / page).redirect is not None]
    assert redirects, "no stable address redirects"
    for page in redirects:
        with visit(browser, served_site, page, scripts=scripts, follow=True) as seen:
            seen.page.wait_for_url(lambda url, page=page: url != served_site.address(page))  # type: ignore[misc] # untyped
            landed = seen.page.url.removeprefix(served_site.base) + "index.html"
            assert landed in site_pages
            assert landed.endswith("/" + page), f"{page} leads to another service"
            assert seen.problems == []


def test_a_missing_address_shows_a_page_that_leads_back(browser: Browser, served_site: ServedSite) -> None:
    with visit(browser, served_site, "404.html") as seen:
        answer = seen.page.goto(served_site.base + "no/such/policy/")
        assert answer is not None
        assert answer.status == 404
        seen.page.locator("main a[href]").first.click()
        seen.page.wait_for_load_state()
        assert seen.page.url.startswith(served_site.base)
        assert "no/such" not in seen.page.url
        assert seen.page.locator("h1").count() == 1
