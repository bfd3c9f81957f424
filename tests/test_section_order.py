"""The order of a page's sections: ours, the site's or the policy's, and where a section of its own stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policygen.checks import Case, check
from policygen.diagnostics import Place
from policygen.loading import load_policy, load_settings
from policygen.source import parse
from tests.page_source import page_source
from tests.site_under_test import is_policy
from tests.small_site import EN, RELEASED, SETTINGS, VI, pages, policy

_RECORD = "history"
"""The section below every policy's own, of its versions: it is the page's, not the policy's."""


def sections(page: str) -> list[str]:
    """The ids of a page's sections in their order."""
    return re.findall(r'<section class="section(?: record)?" aria-labelledby="([^"]+)"', page)


_SECTIONED = "recipients: none\nbreach: [{id: told, label: {en: We tell., vi: Chúng tôi báo.}}]\n"


def test_sections_stand_in_our_order_unless_the_site_or_the_policy_has_its_own(tmp_path: Path) -> None:
    assert sections(pages(tmp_path, policy(_SECTIONED))[EN]) == [
        "about", "purposes", "recipients", "breach", "contact", _RECORD,
    ]  # fmt: skip
    order = "sections: [contact, breach, recipients, purposes, about]\n"
    by_site = pages(tmp_path, {"content/site.yaml": SETTINGS + order, **policy(_SECTIONED)})
    assert sections(by_site[EN]) == ["contact", "breach", "recipients", "purposes", "about", _RECORD]
    own = _SECTIONED + "sections: [purposes, contact, breach, recipients, about]\n"
    assert sections(pages(tmp_path, policy(own))[VI])[:2] == ["purposes", "contact"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("before: recipients", ["about", "purposes", "coins", "recipients", "contact", _RECORD]),
        ("after: recipients", ["about", "purposes", "recipients", "coins", "contact", _RECORD]),
        ("after: retention", ["about", "purposes", "recipients", "coins", "contact", _RECORD]),
        ("before: scope", ["about", "coins", "purposes", "recipients", "contact", _RECORD]),
        ("after: contact", ["about", "purposes", "recipients", "contact", "coins", _RECORD]),
    ],
)
def test_a_section_of_the_policy_s_own_stands_where_it_says(
    place: str, expected: list[str], tmp_path: Path
) -> None:
    extra = (
        "recipients: none\nextra: "
        f"[{{id: coins, title: {{en: Coins, vi: Xu}}, text: {{en: Mint., vi: Đúc.}}, {place}}}]\n"
    )
    built = pages(tmp_path, policy(extra))
    assert sections(built[EN]) == sections(built[VI]) == expected
    assert '<a href="#coins">Coins</a>' in built[EN]


def test_two_sections_at_one_place_keep_their_order(tmp_path: Path) -> None:
    one = "{id: %s, title: {en: T, vi: T}, text: {en: x, vi: y}, after: purposes}"
    extra = f"extra: [{one % 'first'}, {one % 'second'}]\n"
    assert sections(pages(tmp_path, policy(extra))[EN])[1:4] == ["purposes", "first", "second"]


def test_no_address_of_a_page_is_left_to_a_section_of_the_policy_s_own(
    built_site: Path, site_pages: tuple[str, ...]
) -> None:
    taken = sorted(
        {id_ for page in site_pages if is_policy(page) for id_ in page_source(built_site / page).ids}
    )
    extra = "".join(f"  - {{id: {id_}, title: {{en: T, vi: T}}, text: {{en: x, vi: y}}}}\n" for id_ in taken)
    data, _ = parse(f"format: 1\nservice: {{name: Music}}\nextra:\n{extra}", "policy.yaml")
    settings = load_settings(parse(SETTINGS, "site.yaml")[0], "site.yaml").value
    assert settings is not None
    loaded = load_policy(data, "policy.yaml", settings)
    assert loaded.value is not None
    found = [*loaded.findings, *check(Case(loaded.value, Place("policy.yaml"), settings, RELEASED))]
    refused = {route[1] for finding in found if len(route := finding.place.route) > 1}
    own = ["coins"]  # a section of HARMONI's
    assert [id_ for index, id_ in enumerate(taken) if index not in refused] == own


def test_the_smallest_policy_is_a_page(tmp_path: Path) -> None:
    built = pages(tmp_path, {"content/music/policy.yaml": "format: 1\nservice: {name: Music}\n"})
    assert sections(built[EN]) == [_RECORD]
    assert "Privacy policy of <bdi>Music</bdi>" in built[EN]
