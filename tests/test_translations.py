"""What each translation was made from: the text beside it, or an older one that it still says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policygen.release import Order
from policygen.releases.reading import read_release
from policygen.releases.record import RECORD, Release
from tests.releasing import release_today
from tests.small_site import VI, make_site, result_of

BASE = """\
format: 1
service: {name: Music}
purposes: [analytics, {id: mine, label: {en: singing, vi: ca hát}}]
extra: [{id: coins, title: {en: Coins, vi: Xu}, text: {en: Worth *much*., vi: Quý}}]
"""
FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def released(folder: Path, text: str, day: date, order: Order | None = None) -> Release:
    """The release of a policy on a day."""
    make_site(folder, {"content/music/policy.yaml": text})
    record = read_release((release_today(folder, "music", day, order) / RECORD).read_bytes(), RECORD)
    assert isinstance(record, Release)
    return record


def changed(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("words", "made_from"),
    [
        ({"singing": "dancing", "ca hát": "nhảy múa"}, SECOND),
        ({"singing": "dancing"}, FIRST),
        ({"*much*": "little"}, FIRST),
        ({"en: Coins": "en: Gifts"}, FIRST),
        ({"ca hát": "hát"}, SECOND),
        ({"analytics": "support"}, SECOND),
        ({"singing": "dancing", "analytics": "support"}, FIRST),
        ({"*much*": "little", "analytics": "support"}, FIRST),
        ({"*much*": "little", "ca hát": "hát"}, FIRST),
    ],
    ids=str,
)
def test_a_translation_is_older_where_its_source_alone_has_changed(
    words: dict[str, str], made_from: date, tmp_path: Path
) -> None:
    first = released(tmp_path, BASE, FIRST)
    assert first.sources["vi"].release == first.id
    second = released(tmp_path, changed(BASE, words), SECOND)
    assert second.sources["vi"].release == f"{made_from}-1"
    assert second.sources["vi"].digest == (second if made_from == SECOND else first).files["en.html"]
    page = result_of(tmp_path, {"content/music/policy.yaml": changed(BASE, words)}).pages
    assert ("tiếng Anh mới hơn" in dict(page)[VI].decode()) == (made_from == FIRST)


def test_it_stays_older_until_it_is_changed_or_checked(tmp_path: Path) -> None:
    released(tmp_path, BASE, FIRST)
    behind = changed(BASE, {"*much*": "little"})
    released(tmp_path, behind, SECOND)
    third = released(tmp_path, changed(behind, {"analytics": "support"}), THIRD)
    assert third.sources["vi"].release == f"{FIRST}-1"
    mended = changed(behind, {"analytics": "support", "Quý": "Rẻ"})
    assert released(tmp_path, mended, date(2026, 11, 2)).sources["vi"].release == "2026-11-02-1"


def test_a_translation_that_was_checked_is_of_the_text_beside_it(tmp_path: Path) -> None:
    released(tmp_path, BASE, FIRST)
    second = released(tmp_path, changed(BASE, {"*much*": "a lot"}), SECOND, Order(checked=["vi"]))
    assert second.sources["vi"].release == second.id


def test_the_source_is_the_language_the_policy_was_first_written_in(tmp_path: Path) -> None:
    first = released(tmp_path, BASE + "language: vi\n", FIRST)
    second = released(tmp_path, changed(BASE, {"ca hát": "hát"}) + "language: vi\n", SECOND)
    assert {tag: source.release for tag, source in second.sources.items()} == {"en": first.id}
