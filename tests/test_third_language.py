"""Adding a language is one catalogue and the free texts: Arabic, from right to left, with six plurals.

The catalogue is written by the test itself from locales/messages.pot, so it is never stale; see
tests/arabic_site.py for which of its words are Arabic and which only look so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygen.language import Language, read_catalogue
from tests.arabic_site import CATALOGUE, PLURALS, SITE, build_arabic_site, spelt
from tests.html_checker import html_findings
from tests.page_source import page_source
from tests.page_tree import Element, page_tree, sections
from tests.site_under_test import pages_below

ADDRESS = "https://arabic.example/policies/"
FINGERPRINT = re.compile(r"^[0-9a-f]{64}$")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {"Oasis", "Oasis Maps Ltd.", "Nile Hosting", "privacy@oasis.example", "+20 2 1234 5678"}


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    build = build_arabic_site(tmp_path_factory.mktemp("arabic"))
    if build.failure is not None:
        pytest.fail(build.failure, pytrace=False)
    return build.root


@pytest.fixture
def policy(arabic_site: Path) -> Element:
    """The Arabic policy."""
    return page_tree(arabic_site / "ar/oasis/index.html")


def spoken(element: Element) -> Iterator[tuple[str, Element]]:
    """Every text on a page that is the page's own, with the element it stands in."""
    for each in element.walk():
        if each.tag in {"script", "style"} or "languages" in each.attributes.get("class", ""):
            continue
        inside_switcher = any("languages" in parent.attributes.get("class", "") for parent in each.lineage())
        for child in each.children:
            if isinstance(child, str) and child.strip() and not inside_switcher:
                yield child.strip(), each


def is_isolated(element: Element) -> bool:
    """Whether an element's text keeps its own direction and leaves its surroundings theirs."""
    return any(
        each.tag == "bdi" or "dir" in each.attributes for each in element.lineage() if each.tag != "html"
    )


def rows(policy: Element, section: str) -> dict[str, str]:
    """The cards of a section: what each is called, and the text of its first row's value."""
    cards = [card for card in sections(policy)[section].find("div", class_="card") if card.find("dd")]
    return {card.find("h3")[0].text(): card.find("dd")[0].text() for card in cards}


def test_the_site_has_no_code_and_no_template_of_its_own() -> None:
    files = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file()}
    assert files == {"content/site.yaml", "content/oasis/policy.yaml"}


def test_the_page_is_written_from_right_to_left(policy: Element) -> None:
    assert policy.find("html")[0].attributes == {"lang": "ar", "dir": "rtl"}


def test_its_english_twin_is_not(arabic_site: Path) -> None:
    page = page_source(arabic_site / "en/oasis/index.html")
    assert (page.language, page.direction) == ("en", "ltr")
    assert page.alternates == {
        "en": f"{ADDRESS}en/oasis/",
        "ar": f"{ADDRESS}ar/oasis/",
        "x-default": f"{ADDRESS}en/oasis/",
    }


def test_durations_take_the_plural_form_of_their_number(policy: Element) -> None:
    assert list(rows(policy, "retention").values()) == [
        *("يوم واحد", "يومان", "3 أيام", "11 يومًا", "100 يوم"),
        *("شهر واحد", "شهران", "3 أشهر", "11 شهرًا", "100 شهر"),
    ]


def test_the_sixth_form_is_that_of_no_days(arabic_site: Path) -> None:
    catalogue, findings = read_catalogue(
        "ar", (arabic_site.parent / "sources" / CATALOGUE).read_text(encoding="utf-8"), "policygen.po"
    )
    assert findings == ()
    language = Language.of("ar", catalogue)
    numbers = (0, 1, 2, 3, 11, 100)
    assert (
        tuple(language.plural("{n} month", "{n} months", n, "duration") for n in numbers)
        == PLURALS["{n} month"]
    )


def test_lists_are_joined_as_in_arabic(policy: Element) -> None:
    assert rows(policy, "contact") != {}
    recipients = sections(policy)["recipients"].text()
    assert "تحصيل المدفوعات وتقديم الدعم وحفظ النسخ" in recipients
    assert "," not in "".join(text for text, _ in spoken(sections(policy)["recipients"]))


def test_dates_are_arabic(policy: Element) -> None:
    stamps = {time.attributes["datetime"]: time.text() for time in policy.find("time")}
    assert stamps == {"2026-11-03": "3 نوفمبر 2026", "2026-11-21": "21 نوفمبر 2026"}


def test_no_english_is_left(arabic_site: Path) -> None:
    for page in sorted((arabic_site / "ar").rglob("*.html")):
        left = [text for text, _ in spoken(page_tree(page)) if LATIN.search(_nameless(text))]
        assert left == ["policygen"], page


def test_the_history_counts_and_dates_in_arabic(policy: Element, arabic_site: Path) -> None:
    assert PLURALS["All versions ({n})"][2] in sections(policy)["history"].text()
    history = page_tree(arabic_site / "ar/oasis/history/index.html").text()
    assert "3 نوفمبر 2026" in history
    assert "17 فبراير 2026" in history


def test_a_comparison_shows_what_is_new_in_arabic(arabic_site: Path) -> None:
    page = page_tree(arabic_site / "ar/oasis/history/2026-11-21-1/changes/index.html")
    (added,) = [each.text() for each in page.find("ins") if "شهر واحد" in each.text()]
    assert spelt("Time for processing: ") in added


def _nameless(text: str) -> str:
    text = FINGERPRINT.sub("", text)
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def test_names_numbers_and_addresses_keep_their_own_direction(policy: Element) -> None:
    shown = [(text, each) for text, each in spoken(policy) if each.tag not in {"title", "tspan"}]
    assert {text for text, _ in shown} >= NAMES
    named = [(text, each) for text, each in shown if any(name in text for name in NAMES)]
    assert [text for text, each in named if not is_isolated(each)] == []


def test_every_page_is_valid_html(arabic_site: Path) -> None:
    assert len(pages_below(arabic_site)) == 17
    assert html_findings(arabic_site) == []


def test_spelling_keeps_placeholders_and_no_other_latin_letter() -> None:
    assert spelt("How: {channels}.").endswith(": {channels}.")
    assert not LATIN.search(spelt("How: {channels}.").replace("{channels}", ""))
