"""No value becomes markup: a trap in everything that can be stated, and every file read by a real parser.

The site of traps is built twice, the second time with letters in place of all signs (see hostile.py). Both
must be made of the same elements, and say the same but for those signs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from policygen.releases.record import Json
from tests.browser.chromium import launch_chromium
from tests.page_source import source_of
from tests.page_tree import Element, squeezed, tree
from tests.torture.conftest import Dose, Tally
from tests.torture.hostile import (
    Spring,
    armed,
    everything,
    harmless,
    leaves,
    make_hostile,
    with_catalogue,
)
from tests.torture.published_twins import Twins, published
from tests.torture.watched import FELL, HOST, Watched, watched

_FIRST = "en/full/history/2026-01-01-1/index.html"
_SCHEMES = re.compile(r"(https?://|mailto:|tel:|#|\.{1,2}/|[a-z0-9./-]+$|/it's&`\{\{7}}\$/|/itxsxxxx7xxx/)")
_DIGEST = re.compile(r"[0-9a-f]{64}|urn:uuid:[0-9a-f-]{36}")
"""What is made of the words."""
_MAIL = r"\S+@example\.com$"
_PLACES = frozenset({"href", "src", "action", "formaction", "data", "poster", "cite", "background", "srcset"})


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[Spring, Path]:
    """Both sites with traps in all facts, texts of releases and settings."""
    springs: tuple[Spring, ...] = (armed, harmless)
    return {spring: make_hostile(tmp_path_factory.mktemp("sources"), spring) for spring in springs}


@pytest.fixture(scope="module")
def facts(sites: dict[Spring, Path], tmp_path_factory: pytest.TempPathFactory) -> Twins:
    """What they publish."""
    built = [published(site, tmp_path_factory.mktemp("facts")) for site in sites.values()]
    return Twins(*built)


@pytest.fixture(scope="module")
def messages(sites: dict[Spring, Path], tmp_path_factory: pytest.TempPathFactory, dose: Dose) -> Twins:
    """The harmless site, with traps in all messages of its catalogue."""
    folder = tmp_path_factory.mktemp("messages")
    copies = {spring: Path(shutil.copytree(sites[harmless], folder / spring.__name__)) for spring in sites}
    built = [
        published(with_catalogue(site, spring, dose(1, 5)), site / "made") for spring, site in copies.items()
    ]
    return Twins(*built)


@pytest.fixture(scope="module", params=["facts", "messages"])
def twins(request: pytest.FixtureRequest) -> Twins:
    """Either pair."""
    found: Twins = request.getfixturevalue(request.param)
    assert found.armed.keys() == found.harmless.keys()
    return found


# --- the same elements, the same words


def _shape(element: Element) -> tuple[object, ...]:
    """An element, its attributes and its own words, all signs left out."""
    attributes = tuple((name, _plain(value)) for name, value in sorted(element.attributes.items()))
    own = "".join(child for child in element.children if isinstance(child, str))
    # A picture's lines end in a hyphen where they part a word, and signs part it where letters don't.
    own = own.removesuffix("-") if element.tag == "tspan" else own
    return element.tag, attributes, "" if element.tag in {"script", "style"} else _plain(own)


def _kind(element: Element) -> tuple[object, ...]:
    return element.tag, tuple(sorted(element.attributes))


def _plain(text: str) -> str:
    return squeezed(harmless(_DIGEST.sub("", text)))


_REDLINES = ("/changes/index.html", "/draft/index.html", "/since/index.html")
"""Pages where signs part words: which words count as changed differs, and with it how many elements."""


def test_the_pages_are_made_of_the_same_elements(
    twins: Twins, tally: Tally, request: pytest.FixtureRequest
) -> None:
    pages = 0
    for name, one, other in twins.pages():
        pages += 1
        if name.endswith(_REDLINES):
            assert {*map(_kind, one.walk())} <= {*map(_kind, other.walk()), *_FOLDED}, name
        else:
            shapes = [[*map(_shape, page.walk())] for page in (one, other)]
            for mine, its in zip(*shapes, strict=False):
                assert mine == its, name
            assert len(shapes[0]) == len(shapes[1]), name
    assert pages > 40
    where = {"facts": "value of YAML", "messages": "message of a catalogue"}[
        request.node.callspec.params["twins"]
    ]
    tally(f"Pages with a trap in every {where}", pages, "no element and no attribute more than without")


_FOLDED = {("details", ()), ("summary", ())}


def test_feeds_and_maps_are_made_of_the_same_elements(twins: Twins) -> None:
    feeds = 0
    for name, one, other in twins.texts(".xml"):
        feeds += 1
        shapes = [
            [
                (
                    each.tag,
                    [(key, _plain(value)) for key, value in each.attrib.items()],
                    _plain(each.text or ""),
                )
                for each in ET.fromstring(text.encode()).iter()
            ]
            for text in (one, other)
        ]
        assert shapes[0] == shapes[1], name
    assert feeds >= 5


def _same(one: Json, other: Json) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(part, other[key]) for key, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def test_data_for_search_engines_says_the_same(twins: Twins) -> None:
    found = 0
    for name, *pages in twins.pages():
        blocks = [[_script(each) for each in page.find("script")] for page in pages]
        assert len(blocks[0]) == len(blocks[1]) <= 1, name
        for mine, its in zip(*blocks, strict=True):
            found += 1
            assert _same(json.loads(mine), json.loads(its)), name
            # Nothing of it can be the end of its element, or of a line of JavaScript.
            assert not {*"<>&\u2028\u2029"} & {*mine}, name
    assert found > 10


def _script(element: Element) -> str:
    assert element.attributes == {"type": "application/ld+json"}
    return "".join(child for child in element.children if isinstance(child, str))


def test_plain_texts_say_the_same_and_begin_with_the_same_line(twins: Twins) -> None:
    for name, one, other in twins.texts(".txt"):
        assert _plain(one) == _plain(other), name
        assert _plain(one.splitlines()[0]) == _plain(other.splitlines()[0]), name


def test_no_element_can_act(twins: Twins) -> None:
    for name, page, _ in twins.pages():
        for element in page.walk():
            assert element.tag not in {
                "iframe",
                "object",
                "embed",
                "img",
                "base",
                "form",
                "input",
                "video",
            }, name
            for key, value in element.attributes.items():
                assert not key.startswith("on"), (name, key)
                assert key not in _PLACES or _SCHEMES.match(value), (name, value)
                # An e-mail has its looks in its elements, because mail programs leave style sheets out.
                assert key != "style" or FELL not in value, (name, value)


# --- what is stated comes through exactly


def _stated(kind: str) -> set[str]:
    """Every value of a kind that the trapped policy holds at first."""
    return {str(value) for _, value in leaves(everything(armed)) if re.match(kind, str(value))}


@pytest.fixture(scope="module")
def page(facts: Twins) -> str:
    """The page of the first state."""
    return facts.armed[_FIRST].decode()


def test_addresses_links_and_numbers_come_through_exactly(page: str, tally: Tally) -> None:
    links, words = set(source_of(page).links), tree(page).text()
    mails, urls, phones = _stated(_MAIL), _stated("https:"), _stated(r"\+")
    assert min(map(len, (mails, urls, phones))) > 0
    for mail in mails:
        assert f"mailto:{mail}" in links
        assert mail in words
    for url in urls:
        assert url in links
        assert url in words
    for phone in phones:
        assert "tel:" + re.sub(r"[^+0-9-]", "", phone) in links
        assert phone in words
    (data,) = (json.loads(_script(each)) for each in tree(page).find("script"))
    points = data["publisher"]["contactPoint"]
    assert {point["email"] for point in points} <= mails
    assert {point["telephone"] for point in points} <= phones
    assert {point["url"] for point in points} <= urls
    tally("E-mail addresses, links and phone numbers with every sign they may have",
          len(mails | urls | phones), "came through exactly")  # fmt: skip


def test_words_come_through_exactly(page: str) -> None:
    shown, stated = tree(page).text().casefold(), _stated(r"text\d+en|name\d+x")
    assert {word for word in stated if squeezed(word).casefold() not in shown} == set()
    assert len(stated) > 250


# --- in a real browser

_LOOK = """() => [
  sprung,
  [...document.querySelectorAll('*')].map(each => each.localName),
  [...document.querySelectorAll('[href]')].map(each => new URL(each.href, location).protocol),
]"""
_LINKS = "[...document.querySelectorAll('a')].map(each => [each.protocol, each.pathname, each.href])"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, closed before another module's tests."""
    with launch_chromium() as chromium:
        yield chromium


def _visited(site: Twins, seen: Watched, folder: str = "") -> Iterator[tuple[str, Element]]:
    """Every page in a tab, but for those that lead on at once."""
    for name, page, _ in site.pages():
        if name.startswith(folder) and not page.find("meta", http_equiv="refresh"):
            assert seen.visit(name) == [HOST + name]
            yield name, page


def test_a_trap_that_nothing_takes_out_is_noticed(browser: Browser) -> None:
    page = f"<script>{FELL}(1)</script><svg onload={FELL}(2)></svg><img src=x>".encode()
    with watched(browser, {"page": page}, bypass_csp=True) as seen:
        asked = seen.visit("page")
        assert seen.tab.evaluate("sprung") == [1, 2]
        assert asked == [f"{HOST}page", f"{HOST}x"]


def test_no_trap_springs_in_a_real_browser(facts: Twins, browser: Browser, tally: Tally) -> None:
    """Not even where nothing forbids scripts: what is tried is the page, not its policy."""
    looked = 0
    with watched(browser, facts.armed, bypass_csp=True) as seen:
        for name, page in _visited(facts, seen):
            looked += 1
            sprung, elements, schemes = seen.tab.evaluate(_LOOK)
            assert sprung == [], name
            assert {*schemes} <= {"http:", "https:", "mailto:", "tel:"}, name
            own = [each.tag for each in page.walk()][1:]
            assert elements == (own if own[0] == "html" else ["html", "head", "body", *own]), name
        assert len(seen.asked) == 1
    assert looked > 40
    tally("Trapped pages in Chromium without a security policy", looked, "no script ran, nothing was loaded")


def test_trapped_pages_break_no_policy_of_their_own(facts: Twins, browser: Browser) -> None:
    with watched(browser, facts.armed, bypass_csp=False) as seen:
        for name, _ in _visited(facts, seen, "en/"):
            assert seen.problems == [], name


def test_a_browser_reads_the_same_addresses(facts: Twins, browser: Browser) -> None:
    with watched(browser, facts.armed, bypass_csp=False) as seen:
        seen.visit(_FIRST)
        links = seen.tab.evaluate(_LINKS)
        urls = seen.tab.evaluate("urls => urls.map(url => new URL(url).href)", sorted(_stated("https:")))
    assert {unquote(path) for scheme, path, _ in links if scheme == "mailto:"} == _stated(_MAIL)
    assert {*urls} <= {href for _, _, href in links}


# --- what pages allow


def test_pages_allow_one_style_sheet_and_nothing_else(twins: Twins) -> None:
    for name, page, _ in twins.pages():
        if name.startswith("notices/"):
            continue
        (policy,) = page.find("meta", http_equiv="Content-Security-Policy")
        (style,) = page.find("style")
        digest = base64.b64encode(
            hashlib.sha256("".join(map(str, style.children)).encode()).digest()
        ).decode()
        assert dict(part.split(None, 1) for part in policy.attributes["content"].split(";")) == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }, name
        assert all("style" not in element.attributes for element in page.walk()), name
