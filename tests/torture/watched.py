"""A tab of a real browser that notes which traps were sprung, and all that its pages ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Route

FELL = "fell"
"""The function that every trap calls."""
HOST = "http://site.example/"
_NOTE = f"""
window.sprung = [];
window.{FELL} = trap => sprung.push(trap);
window.alert = window.confirm = window.prompt = {FELL};
"""


@dataclass(slots=True)
class Watched:
    """A tab, the files that it can ask for, and what it asked for and complained of."""

    tab: Page
    files: Mapping[str, bytes]
    asked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def visit(self, name: str) -> list[str]:
        """Open a page, and return all that was asked for."""
        self.asked.clear()
        self.tab.goto(HOST + name)
        return [*self.asked]

    def answer(self, route: Route) -> None:
        """Answer from the files."""
        url = route.request.url
        self.asked.append(url)
        body = self.files.get(unquote(urlsplit(url).path)[1:]) if url.startswith(HOST) else None
        route.fulfill(
            status=404 if body is None else 200, body=body or b"", content_type="text/html; charset=utf-8"
        )


@contextmanager
def watched(browser: Browser, files: Mapping[str, bytes], *, bypass_csp: bool) -> Iterator[Watched]:
    """A tab in a fresh profile; with `bypass_csp` no security policy of a page stands in a trap's way."""
    context = browser.new_context(bypass_csp=bypass_csp)
    context.set_default_timeout(30_000)
    try:
        tab = context.new_page()
        seen = Watched(tab, files)
        tab.add_init_script(_NOTE)
        tab.route("**/*", lambda route: seen.answer(route))  # noqa: PLW0108 - it writes into a method's object
        tab.on("console", lambda said: seen.problems.append(said.text))
        tab.on("pageerror", lambda error: seen.problems.append(str(error)))
        yield seen
    finally:
        context.close()
