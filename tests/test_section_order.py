"""The order of a page's sections: ours, the site's or the policy's, and where a section of its own stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.small_site import EN, SETTINGS, VI, pages, policy


def sections(page: str) -> list[str]:
    """The ids of a page's sections in their order."""
    return re.findall(r'<section class="section" aria-labelledby="([^"]+)"', page)


_SECTIONED = "recipients: none\nbreach: [{id: told, label: {en: We tell., vi: Chúng tôi báo.}}]\n"


def test_sections_stand_in_our_order_unless_the_site_or_the_policy_has_its_own(tmp_path: Path) -> None:
    assert sections(pages(tmp_path, policy(_SECTIONED))[EN]) == [
        "about", "purposes", "recipients", "breach", "contact", "history",
    ]  # fmt: skip
    order = "sections: [contact, breach, recipients, purposes, history, about]\n"
    by_site = pages(tmp_path, {"content/site.yaml": SETTINGS + order, **policy(_SECTIONED)})
    assert sections(by_site[EN]) == ["contact", "breach", "recipients", "purposes", "history", "about"]
    own = _SECTIONED + "sections: [history, contact, breach, recipients, purposes, about]\n"
    assert sections(pages(tmp_path, policy(own))[VI])[:2] == ["history", "contact"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("before: recipients", ["about", "purposes", "coins", "recipients", "contact", "history"]),
        ("after: recipients", ["about", "purposes", "recipients", "coins", "contact", "history"]),
        ("after: retention", ["about", "purposes", "recipients", "coins", "contact", "history"]),
        ("before: scope", ["about", "coins", "purposes", "recipients", "contact", "history"]),
        ("after: history", ["about", "purposes", "recipients", "contact", "history", "coins"]),
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


def test_the_smallest_policy_is_a_page(tmp_path: Path) -> None:
    built = pages(tmp_path, {"content/music/policy.yaml": "format: 1\nservice: {name: Music}\n"})
    assert sections(built[EN]) == []
    assert "Privacy policy of <bdi>Music</bdi>" in built[EN]
