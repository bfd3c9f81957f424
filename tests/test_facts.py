"""Nothing is lost: every fact of the published policies stands on the English and on the Vietnamese page.

The facts of `tests/facts/<service>.csv` were found by a reader of the published policies who had not seen the
pages. A second one then looked up where each page says the fact, checked that it says the same with the same
force, and noted the text and its section. `A … B` asks for A and, in the same card or list item, B: a right
that is there with another right's time limit is not there.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.page_tree import Element, blocks, page_tree, sections, tree
from tests.site_under_test import CHECKOUT

TABLES = CHECKOUT / "tests/facts"
SERVICES = ("diijam", "harmix", "harmoni", "mix", "spotifinfo")
LANGUAGES = ("en", "vi")
HOLDERS = frozenset({"div", "li", "section", "td", "tr"})
LATER = " … "
# How many facts an independent reader found in each published policy; a fact can take several rows.
FACTS_FOUND = {"diijam": 64, "harmix": 133, "harmoni": 255, "mix": 138, "spotifinfo": 127}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, and what each language must show for it in which section."""

    fact: str
    shown: dict[str, str]
    section: str


def read_facts(service: str) -> list[Fact]:
    """The facts of a service's table."""
    with (TABLES / f"{service}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Fact(row["fact"], {tag: row[tag] for tag in LANGUAGES}, row["section"])
            for row in csv.DictReader(file)
        ]


def places(page: Element) -> dict[str, list[Element]]:
    """The blocks of each section, of the top of the page (`title`) and of its closing line (`imprint`)."""
    found = {name: blocks(section) for name, section in sections(page).items()}
    top = [*page.find("header", class_="title"), *page.find("dl", class_="dates")]
    found["title"] = [block for part in top for block in blocks(part)]
    found["imprint"] = [block for part in page.find("p", class_="imprint") for block in blocks(part)]
    return found


def shows(within: list[Element], text: str) -> bool:
    """Whether the blocks show a text: each of its parts a whole block, a later one below the one before."""
    return _continues(within, None, text.split(LATER))


def _continues(within: list[Element], before: Element | None, parts: list[str]) -> bool:
    if not parts:
        return True
    return any(
        block.own_text() == parts[0]
        and (before is None or _holder(before) in block.lineage())
        and _continues(within[number + 1 :], block, parts[1:])
        for number, block in enumerate(within)
    )


def _holder(block: Element) -> Element:
    """What a block introduces: a list item its own content, any other block what stands beside it."""
    around = block.lineage() if block.tag == "li" else block.lineage()[1:]
    return next(each for each in around if each.tag in HOLDERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_every_fact_stands_in_its_section(built_site: Path, service: str, language: str) -> None:
    found = places(page_tree(built_site / language / service / "index.html"))
    lost = [
        f"#{fact.section}: {fact.shown[language]}  ({fact.fact})"
        for fact in read_facts(service)
        if not shows(found.get(fact.section, []), fact.shown[language])
    ]
    assert lost == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_table_holds_every_fact_that_was_found(service: str) -> None:
    facts = read_facts(service)
    assert all(
        fact.fact.endswith((".", ".)", '."')) and fact.section and all(fact.shown.values()) for fact in facts
    )
    assert len({fact.fact for fact in facts}) >= FACTS_FOUND[service]
    assert max(Counter((fact.fact, fact.section, fact.shown["en"]) for fact in facts).values()) == 1


@pytest.mark.parametrize("service", SERVICES)
def test_no_section_of_a_policy_is_without_facts(built_site: Path, service: str) -> None:
    told = {fact.section for fact in read_facts(service)} | {"at-a-glance", "history"}
    assert set(sections(page_tree(built_site / "en" / service / "index.html"))) <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_harmoni_pairs_no_purpose_with_any_data(built_site: Path, language: str) -> None:
    """Its published table lost the link between the two, so a pair on the page would be invented."""
    found = sections(page_tree(built_site / language / "harmoni/index.html"))
    purposes = [item for item in found["purposes"].find("li") if "id" in item.attributes]
    assert len(purposes) > 30
    assert [item.text() for item in purposes if item.text() != item.own_text()] == []
    told = {block.own_text().casefold() for block in blocks(found["data"])}
    assert [item.text() for item in purposes if item.text().casefold() in told] == []


def test_a_lost_or_misplaced_fact_is_noticed() -> None:
    page = tree(
        '<section aria-labelledby="rights"><h2>Rights</h2><p>You can:</p><ul>'
        "<li>See your data<p>Within 30 days.</p></li><li>Delete it<p>Free of charge.</p></li></ul></section>"
    )
    rights = places(page)["rights"]
    assert shows(rights, "You can: … See your data … Within 30 days.")
    assert shows(rights, "You can: … Delete it … Free of charge.")
    assert not shows(rights, "Delete it … Within 30 days.")
    assert not shows(rights, "See your data … Free of charge.")
    assert not shows(rights, "Within 30 days. … See your data")
    assert not shows(rights, "See your")
    assert not shows(rights, "Correct your data")
