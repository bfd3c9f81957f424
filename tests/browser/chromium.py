"""Debian's Chromium as a reader's browser, and a visit to a page that notes everything that goes wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, Route, sync_playwright

from tests.page_source import page_source
from tests.site_server import ServedSite

Scheme = Literal["light", "dark"]

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REFRESH = re.compile(rb"<meta[^>]*http-equiv=[\"']?refresh[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a page is shown on: the width of its layout in CSS pixels and how many pixels each of them has.

    Zooming a browser halves the layout width and doubles the pixel ratio; a page can't tell the two apart, so
    a 1280 pixel window at 200 % is a screen of 640 by 360 at ratio 2.
    """

    name: str
    width: int
    height: int
    ratio: float = 1
    mobile: bool = False


NARROW = Screen("narrow-320", 320, 640, ratio=2, mobile=True)
PHONE = Screen("phone-390", 390, 844, ratio=3, mobile=True)
DESKTOP = Screen("desktop-1280", 1280, 720)
ZOOMED = Screen("desktop-1280-zoomed-200%", 640, 360, ratio=2)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page in a tab of its own, and what went wrong in it so far."""

    page: Page
    problems: list[str]


def _watch(page: Page, origin: str) -> list[str]:
    """Note every console error or warning, exception, failed request and request that leaves the origin."""
    problems: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # Violations of the content security policy arrive here too, as errors.
        if message.type in {"error", "warning"}:
            problems.append(f"console {message.type}: {message.text}")

    def follow(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != origin:
            problems.append(f"request left the site: {request.url}")

    def receive(response: Response) -> None:
        if response.status >= 400:
            problems.append(f"answer {response.status}: {response.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: problems.append(f"exception: {error}"))
    page.on("request", follow)
    page.on("requestfailed", lambda request: problems.append(f"failed request: {request.url}"))
    page.on("response", receive)
    return problems


@contextmanager
def launch_chromium(*more: str) -> Iterator[Browser]:
    """One headless Chromium, with more arguments, for as long as the block runs."""
    executable = shutil.which("chromium")
    if executable is None:
        raise FileNotFoundError("no chromium on the PATH: run `make debian`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*_ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(
    browser: Browser,
    site: ServedSite,
    page: str,
    screen: Screen = DESKTOP,
    scheme: Scheme = "light",
    *,
    scripts: bool = True,
    follow: bool = False,
) -> Iterator[Visit]:
    """Open a page of the site in a fresh profile.

    A page that redirects is opened without its redirect, as a reader sees it whose browser asks first;
    `follow` takes the redirect.
    """
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.ratio,
        is_mobile=screen.mobile,
        has_touch=screen.mobile,
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(15_000)
    try:
        tab = context.new_page()
        if not follow and page_source(site.root / page).redirect is not None:
            tab.route(site.address(page), _without_redirect)
        seen = Visit(tab, _watch(tab, site.origin))
        tab.goto(site.address(page), wait_until="load")
        yield seen
    finally:
        context.close()


def _without_redirect(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=_REFRESH.sub(b"", answer.body()))
