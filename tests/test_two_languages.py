"""Both languages carry the same sections, items, links, numbers, dates, data and picture; neither leaks.

Pages are compared block by block, so that a fact that one language lacks shows where it is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.page_source import page_source
from tests.page_tree import Element, blocks, page_tree, sections, squeezed, tree
from tests.site_under_test import CHECKOUT, Build

SERVICES = ("diijam", "harmix", "harmoni", "mix", "spotifinfo")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ENGLISH_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
VIETNAMESE_DATE = re.compile(r"\b[Nn]gày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ENGLISH_READER = re.compile(r"\b(you|your|yours|yourself|customers?)\b", re.IGNORECASE)
OWN_FOLDER = re.compile(r"/(?:en|vi)/")
PLACEHOLDER = re.compile(r"\{\w+\}")
SPOKEN = {"name", "contactType", "inLanguage"}

Pair = tuple[Element, Element]


@pytest.fixture(params=SERVICES)
def pair(built_site: Path, request: pytest.FixtureRequest) -> Pair:
    """A policy in English and in Vietnamese."""
    english, vietnamese = (
        page_tree(built_site / language / str(request.param) / "index.html") for language in ("en", "vi")
    )
    return english, vietnamese


PAST = ("film/", "film/history/", "film/history/2026-02-01-1/", "film/history/2026-03-01-1/")
"""Pages of the site with a past. Comparisons of texts are as different as the words of two languages."""


@pytest.fixture(params=(*(f"{service}/{page}" for service in SERVICES for page in ("", "history/")), *PAST))
def page_pair(built_site: Path, record_site: Path, request: pytest.FixtureRequest) -> Pair:
    """A policy or a page of its versions in English and in Vietnamese."""
    root = record_site if request.param in PAST else built_site
    english, vietnamese = (page_tree(root / tag / str(request.param) / "index.html") for tag in ("en", "vi"))
    return english, vietnamese


def dates(text: str) -> list[str]:
    """The dates written out in a text, as ISO."""
    english = [(year, MONTHS.index(month) + 1, day) for day, month, year in ENGLISH_DATE.findall(text)]
    vietnamese = [(year, month, day) for day, month, year in VIETNAMESE_DATE.findall(text)]
    return [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in english + vietnamese]


def numbers(text: str) -> list[str]:
    """The numbers of a text that are no part of a date, in no order: word order is the language's own."""
    return sorted(NUMBER.findall(VIETNAMESE_DATE.sub("", ENGLISH_DATE.sub("", text))))


def differences(pair: Pair, seen: Callable[[str], list[str]]) -> list[str]:
    """Where what is seen in a block is not the same in both languages."""
    english, vietnamese = (blocks(page.find("main")[0]) for page in pair)
    return [
        f"{one.own_text()!r}: {seen(one.own_text())} ≠ {other.own_text()!r}: {seen(other.own_text())}"
        for one, other in zip(english, vietnamese, strict=True)
        if seen(one.own_text()) != seen(other.own_text())
    ]


def texts(element: Element) -> Iterator[str]:
    """Every text node below, white space squeezed; styles and data aside."""
    for each in element.walk():
        if each.tag not in {"style", "script"}:
            for child in each.children:
                if isinstance(child, str) and child.strip():
                    yield squeezed(child)


def without_switcher(page: Element) -> list[str]:
    """The text nodes of a page outside the language switcher, where languages carry their own names."""
    switcher = {id(each) for nav in page.find("nav", class_="languages") for each in nav.walk()}
    kept = [each for each in page.walk() if id(each) not in switcher and each.tag not in {"style", "script"}]
    return [squeezed(child) for each in kept for child in each.children if isinstance(child, str)]


def untranslated_messages() -> list[re.Pattern[str]]:
    """The English of every message that has a Vietnamese of its own, as patterns of a whole text."""
    with (CHECKOUT / "locales/vi/LC_MESSAGES/policygen.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    found = []
    for message in catalogue:
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        ours = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        found += [
            _pattern(original)
            for original in originals
            if original
            and original.casefold() != ours.casefold()
            and re.search(r"[a-z]{2}", _words(original))
        ]
    return found


def _words(message: str) -> str:
    return PLACEHOLDER.sub(" ", message)


def _pattern(message: str) -> re.Pattern[str]:
    parts = (re.escape(squeezed(part)) for part in PLACEHOLDER.split(message))
    return re.compile(r"\s*.+?\s*".join(parts), re.IGNORECASE)


def is_vietnamese(text: str) -> bool:
    """Whether a letter of a text carries a mark that only Vietnamese gives it in our two languages."""
    marks = {
        "\N{COMBINING HORN}",
        "\N{COMBINING BREVE}",
        "\N{COMBINING HOOK ABOVE}",
        "\N{COMBINING DOT BELOW}",
    }
    marks |= {
        "\N{COMBINING ACUTE ACCENT}",
        "\N{COMBINING GRAVE ACCENT}",
        "\N{COMBINING TILDE}",
        "\N{COMBINING CIRCUMFLEX ACCENT}",
    }
    return any(each in marks or each in "đĐ" for each in unicodedata.normalize("NFD", text))


def test_sections_are_the_same_in_the_same_order(pair: Pair) -> None:
    english, vietnamese = (list(sections(page)) for page in pair)
    assert english == vietnamese
    assert len(english) > 5


def test_ids_are_the_same_in_the_same_order(pair: Pair) -> None:
    english, vietnamese = (
        [each.attributes["id"] for each in page.walk() if "id" in each.attributes] for page in pair
    )
    assert english == vietnamese


def test_every_section_has_the_same_headings_items_rows_and_paragraphs(pair: Pair) -> None:
    english, vietnamese = (sections(page) for page in pair)
    for name, section in english.items():
        ours, theirs = blocks(section), blocks(vietnamese[name])
        assert [each.tag for each in ours] == [each.tag for each in theirs], name
        kinds = [
            Counter(each.tag for each in part.walk() if each.tag != "tspan")
            for part in (section, vietnamese[name])
        ]
        assert kinds[0]["li"] + kinds[0]["p"] + kinds[0]["dd"] + kinds[0]["tr"] > 0, name
        if name != "at-a-glance":
            assert kinds[0] == kinds[1], name


def test_links_are_the_same(page_pair: Pair) -> None:
    english, vietnamese = (
        [OWN_FOLDER.sub("/", link.attributes["href"]) for link in page.find("main")[0].find("a")]
        for page in page_pair
    )
    assert english == vietnamese
    assert english


def test_email_addresses_stand_in_the_same_places(page_pair: Pair) -> None:
    assert differences(page_pair, EMAIL.findall) == []


def test_numbers_are_the_same_in_every_block(page_pair: Pair) -> None:
    assert differences(page_pair, numbers) == []


def test_dates_are_the_same_in_every_block(page_pair: Pair) -> None:
    assert differences(page_pair, dates) == []
    assert any(dates(block.own_text()) for block in blocks(page_pair[0].find("main")[0]))


def test_machine_dates_are_the_same(page_pair: Pair) -> None:
    english, vietnamese = ([time.attributes["datetime"] for time in page.find("time")] for page in page_pair)
    assert english == vietnamese


def test_linked_data_is_the_same_apart_from_language(pair: Pair) -> None:
    english, vietnamese = (
        _neutral(json.loads("".join(map(str, page.find("script")[0].children)))) for page in pair
    )
    assert english == vietnamese


def _neutral(data: object) -> object:
    """Linked data without the words of its language."""
    if isinstance(data, dict):
        return {
            key: "" if key in SPOKEN and "@id" not in data else _neutral(value) for key, value in data.items()
        }
    if isinstance(data, list):
        return [_neutral(each) for each in data]
    return re.sub(r"example/(en|vi)/", "example/", data) if isinstance(data, str) else data


def test_company_names_in_linked_data_are_the_same(pair: Pair) -> None:
    english, vietnamese = (
        json.loads("".join(map(str, page.find("script")[0].children)))["publisher"]["name"] for page in pair
    )
    assert english == vietnamese


def test_the_picture_has_the_same_boxes_and_items(pair: Pair) -> None:
    english, vietnamese = (page.find("figure", class_="flow")[0] for page in pair)
    counted = [
        {name: len(figure.find(tag, class_=name)) for tag, name in _PARTS} | {"items": len(figure.find("li"))}
        for figure in (english, vietnamese)
    ]
    assert counted[0] == counted[1]
    assert counted[0]["box"] > 0
    assert counted[0]["service"] == 1


_PARTS = (
    ("rect", "box"),
    ("rect", "service"),
    ("text", "head"),
    ("circle", "dot"),
    ("path", "wire"),
    ("path", "tip"),
)


def test_vietnamese_is_composed_unicode(any_site: Build) -> None:
    for page in sorted((any_site.root / "vi").rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), page


def test_no_english_message_is_left_on_a_vietnamese_page(any_site: Build) -> None:
    english = untranslated_messages()
    assert len(english) > 500
    for page in sorted((any_site.root / "vi").rglob("*.html")):
        left = [text for text in texts(page_tree(page)) for message in english if message.fullmatch(text)]
        assert left == [], page


def test_no_vietnamese_page_calls_its_reader_you(any_site: Build) -> None:
    for page in sorted((any_site.root / "vi").rglob("*.html")):
        assert [text for text in texts(page_tree(page)) if ENGLISH_READER.search(text)] == [], page


def test_no_english_page_speaks_vietnamese(any_site: Build) -> None:
    for page in sorted((any_site.root / "en").rglob("*.html")):
        if page_source(page).redirect is None:  # a choice of languages by their own names
            assert [text for text in without_switcher(page_tree(page)) if is_vietnamese(text)] == [], page


def test_the_comparison_notices_what_is_lost() -> None:
    english = tree("<main><p>Within 30 days, by 4 May 2023: a@b.example</p></main>")
    vietnamese = tree("<main><p>Trong 3 ngày, trước ngày 5 tháng 4 năm 2023</p></main>")
    assert len(differences((english, vietnamese), numbers)) == 1
    assert len(differences((english, vietnamese), dates)) == 1
    assert len(differences((english, vietnamese), EMAIL.findall)) == 1
    assert numbers("Within 30 days of 4 May 2023") == numbers("Trong 30 ngày kể từ ngày 4 tháng 5 năm 2023")


def test_a_leftover_message_is_noticed() -> None:
    messages = untranslated_messages()
    for left in ("What we collect", "How: qua email.", "Email Address"):
        assert any(message.fullmatch(left) for message in messages), left
    assert is_vietnamese("bạn")
    assert not is_vietnamese("© “you” – 100%")
