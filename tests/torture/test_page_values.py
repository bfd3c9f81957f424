"""What a policy's values, Markdown, and older texts may not bring into a page; and what is told of them."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from policygen.checks import Case, check
from policygen.diagnostics import ENOUGH, Place
from policygen.loading import load_policy
from policygen.markdown import to_html
from policygen.releases.imported import article
from policygen.source import Data
from tests.browser.chromium import launch_chromium
from tests.full_policy import Full, Route
from tests.preview import preview, until
from tests.small_site import make_site, run
from tests.test_full_policy import settings
from tests.torture.conftest import Dose, Tally
from tests.torture.hostile import TRAP, armed, leaves, set_in
from tests.torture.watched import FELL, HOST, watched

_PATH = "content/full/policy.yaml"


# --- what is no free text takes no trap

_LINKS = (
    f"javascript:{FELL}(1)", f"JavaScript:{FELL}(1)", f"java\tscript:{FELL}(1)", f"\x01javascript:{FELL}(1)",
    "data:text/html,x", f" javascript:{FELL}(1)", "vbscript:x", "//evil.example", "https:evil.example",
    "https:///evil.example", "/page", "mailto:a@b.example", "https://user:word@example.com/",
    "https://example.com/ x", "https://example.com/\"x", "https://example.com/<x>", "file:///etc/passwd",
    "https://example.com/\n", "https://exa\u200bmple.com/", "https://e\u0455ample.com/", "https://[::1",
    "ftp://example.com/", "https://\\evil.example",
)  # fmt: skip
_MAILS = (
    "a@example.com?bcc=b@example.com", "a@example.com\nBcc: b@example.com", "a@example.com,b@example.com",
    "<a@example.com>", "a b@example.com", "javascript:x@example.com", "a%0Ab@example.com", "a&b@example.com",
    'a"b@example.com', "a@exa_mple.com", "a@example.com ", "a#b@example.com",
)  # fmt: skip
_PHONES = (
    "+84;ext=1", "javascript:1", "+84 1,2", "+84\n1", "tel:+84", "+84 28%20", "*123#", "+84 1\u2028",
    "١٢٣٤٥٦",
)  # fmt: skip
_NASTY = {"https://": _LINKS, "@": _MAILS, "+": _PHONES}


def test_what_is_no_free_text_takes_no_trap(tally: Tally) -> None:
    """Every value of the model is free to hold a trap, and is in the pages above, or refuses it."""
    data = Full(heading=True, wording=True).policy()
    closed: dict[str, list[Route]] = {}
    for (route, value), (_, sprung) in zip(leaves(data), leaves(set_in(data, armed)), strict=True):
        kind = next((kind for kind in _NASTY if isinstance(value, str) and kind in value), None)
        if kind or value == sprung:
            named = kind or next(str(step) for step in reversed(route) if isinstance(step, str))
            closed.setdefault(named, []).append(route)
    tried = 0
    for named, routes in closed.items():
        for nasty in _NASTY.get(named, (TRAP,)):
            for start in range(0, len(routes), ENOUGH // 4):  # no file is read on after so many errors
                some = routes[start : start + ENOUGH // 4]
                found = _findings(data, some, nasty)
                missed = [route for route in some if not any(route[: len(at)] == at for at in found if at)]
                assert missed == [], nasty
            tried += len(routes)
    assert tried > 800
    tally("Traps in values that are no free text, of every field", tried, "refused, each with a finding")


def _findings(data: Data, routes: Sequence[Route], nasty: str) -> set[Route]:
    """Where something is wrong with a policy that has this value in these places."""
    spoiled = copy.deepcopy(data)
    assert isinstance(spoiled, dict)
    for route in routes:
        around: Any = spoiled
        for step in route[:-1]:
            around = around[step]
        around[route[-1]] = nasty
    loaded = load_policy(spoiled, _PATH, settings())
    checked = check(Case(loaded.value, Place(_PATH), settings(), date(2026, 11, 21))) if loaded.value else ()
    return {finding.place.route for finding in (*loaded.findings, *checked)}


# --- Markdown and older texts

_PIECES = (
    "[", "](", "]: ", ")", "<", ">", "![", "*", "_", "`", "\n", "\n\n", "    ", "javascript:", f"{FELL}(1)",
    "&#106;avascript:", '"', "'", "&", "\\", "# ", "- ", "1. ", " onerror=", " onclick=", "<b>", "</b>",
    "<!--", "-->", "[x]: ", "[x]", "https:", "https://x.example/", ":", "&colon;", "<script>", "</script>",
    "<img src=x", "<svg/onload=", "<a href=", "data:text/html,", "java\tscript:", "&Tab;", "&NewLine;",
    "vbscript:", "\x02", "\x03", "\x02klzzwxh:0\x03", "\x02wzxhzdk:0\x03", "\x02amp\x03",
    "| a | b |\n|---|---|\n|", " = ", "{{", "<style>", "<!DOCTYPE", "<![CDATA[", "]]>", "<?x ?>",
    "<x@y.example>", "mailto:", "//", "\u2028", "%0a", "%3A", "x", " ", "<textarea>", "<title>", "<noscript>",
    "<math>", "<template>", "</p>", "<iframe srcdoc=", "<form action=", "<base href=",
    "<meta http-equiv=refresh content=0;", "<table><td>", "<select>", "<plaintext>", "\0",
)  # fmt: skip
_ACTS = (
    f"<script>{FELL}(1)</script>", f"<img src=x onerror={FELL}(1)>", f"<svg/onload={FELL}(1)>",
    f"[x](javascript:{FELL}(1))", f'[x](https://x.example/ "t" onclick={FELL}(1))',
    f"<a href='java\nscript:{FELL}(1)'>x</a>", f"[x][y]\n\n[y]: javascript:{FELL}(1)",
    f"<details open ontoggle={FELL}(1)>", f"<input autofocus onfocus={FELL}(1)>", f"<javascript:{FELL}(1)>",
    f"![x](x){{onerror={FELL}(1)}}",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={FELL}(1)&gt;'>",
    f"<noscript><p title='</noscript><img src=x onerror={FELL}(1)>'>",
    f"<svg><style><img src=x onerror={FELL}(1)></style>", "[x](&#1;javascript:a)",
)  # fmt: skip
_LOOK = """() => [
  sprung,
  [...new Set([...document.querySelectorAll('main *')].map(each => each.localName))],
  [...new Set([...document.querySelectorAll('main *')].flatMap(each => each.getAttributeNames()))],
  [...document.querySelectorAll('[href]')].map(each => each.href),
]"""
_ELEMENTS = frozenset(
    (
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "pre", "blockquote", "hr"),
        *("ol", "ul", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("a", "b", "bdi", "br", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup"),
    )
)
_ATTRIBUTES = frozenset(
    (
        *("href", "rel", "title", "lang", "dir", "scope", "colspan", "rowspan"),
        *("start", "value", "type", "reversed"),
    )
)


def _texts(count: int) -> Iterator[str]:
    yield from _ACTS
    choose = random.Random(5)  # noqa: S311 - attacks, not secrets
    for _ in range(count):
        pieces = choose.choices(_PIECES, k=choose.randrange(1, 14))
        yield "".join([*pieces, choose.choice(_ACTS) if choose.random() < 0.3 else "", "end"])


def _made(kind: str, text: str) -> str:
    if kind == "Markdown":
        return str(to_html(text))
    found = article(text.encode(), f"old{kind}")
    return found if isinstance(found, str) else ""


def test_no_text_of_an_author_acts_in_a_real_browser(dose: Dose, tally: Tally) -> None:
    """Many texts on a page without any policy."""
    texts, room = [*_texts(dose(300, 8_000))], 500
    pages, made = dict[str, bytes](), 0
    for kind in ("Markdown", ".html", ".md", ".txt"):
        for start in range(0, len(texts), room):
            many = [_made(kind, text) for text in texts[start : start + room]]
            made += len(many)
            body = "\n".join(f"<div>{each}</div>" for each in many)
            pages[f"{kind}{start}"] = f"<!DOCTYPE html><title>x</title><main>{body}</main>".encode()
    with launch_chromium() as browser, watched(browser, pages, bypass_csp=True) as seen:
        for name in pages:
            assert seen.visit(name) == [HOST + name]
            sprung, elements, attributes, links = seen.tab.evaluate(_LOOK)
            assert sprung == [], name
            assert {*elements} <= _ELEMENTS, name
            assert {*attributes} <= _ATTRIBUTES, name
            assert [link for link in links if not re.match("https?:|mailto:|tel:", link)] == [], name
        assert seen.problems == []
    tally("Texts of authors that would act", made, "in Chromium no script ran, and nothing was loaded")


# --- what the preview tells


def test_what_is_told_of_traps_springs_none(tmp_path: Path) -> None:
    """Keys, values, file names, messages and templates with traps, all wrong, and over the page."""
    stated = Full().policy()
    trap = TRAP.replace("\n", " ")
    spoiled: dict[str, Data] = {trap: trap, **{key: trap for key in stated if key != "format"}}
    files: dict[str, str | bytes] = {
        "content/full/policy.yaml": yaml.safe_dump(spoiled, allow_unicode=True, width=100_000),
        f"content/<svg onload={FELL}(1)>/policy.yaml": "format: 1\n",
        f"static/<img src=x onerror={FELL}(2)>.txt": "x",
        "templates/404.html": f"{{{{ '<script>{FELL}(3)</script>' | {FELL} }}}}",
        "locales/vi/LC_MESSAGES/policygen.po": f'msgid "<script>{FELL}(4)</script>"\nmsgstr "x',
    }
    with preview(make_site(tmp_path / "site-folder", files)) as running, launch_chromium() as browser:
        with watched(browser, {}, bypass_csp=True) as seen:
            seen.tab.unroute_all()
            seen.tab.goto(running.address)
            told = seen.tab.locator("#policygen-trouble")
            told.wait_for()
            sprung, elements, scripts = seen.tab.evaluate(_TOLD)
            text = told.locator("pre").text_content() or ""
        assert (sprung, elements, scripts) == ([], ["h1", "pre", "p"], ["/.policygen/livereload.js"])
        until(lambda: text.strip() in "".join(running.lines))
        assert f"<svg onload={FELL}(1)>" in text
        assert f"<img src=x onerror={FELL}(2)>" in text
        assert f"<script>{FELL}(1)</script>" in text


_TOLD = """() => [
  sprung,
  [...document.querySelectorAll('#policygen-trouble *')].map(each => each.localName),
  [...document.querySelectorAll('script')].map(each => new URL(each.src).pathname),
]"""


# --- what a host is told


def test_headers_of_recipes_allow_no_more_than_the_pages(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--yes", "--deploy", "netlify", today=None)
    assert done.returncode == 0, done.stderr
    assert run(tmp_path, "build", "--output", "out").returncode == 0
    headers = (tmp_path / "out/_headers").read_text(encoding="utf-8")
    (stated,) = re.findall(r"Content-Security-Policy: (.*)", headers)
    assert "unsafe" not in stated
    assert "default-src 'none'" in stated
    assert "script-src" not in stated
