"""Thirty releases over fifteen years: every version is kept, told and compared, under a new name too."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from policygen.build import Result, build
from policygen.release import Order
from policygen.releases.visible import blocks
from policygen.site import SiteFolder
from tests.page_tree import Element, tree
from tests.record_site import SETTINGS, Record
from tests.releasing import reseal
from tests.small_site import files_of, run

RELEASES = 30
FIRST, STEP = date(2011, 3, 1), timedelta(days=190)
COMING = date(2027, 6, 1)
BEFORE, AFTER = date(2027, 5, 31), COMING
POLICY = """\
format: 1
service: {name: Music}
contacts: [{id: support, email: help@music.example}]
data: [{id: account, items: [name, email]}]
retention: [{id: all, data: all, time: %d months}]
"""
TAGS = ("en", "vi")
ATOM, HTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site: half of its releases under another name, the last one to come."""
    record = Record(tmp_path_factory.mktemp("thirty"))
    record.write("site.yaml", SETTINGS % "en, vi")
    for number in range(1, RELEASES + 1):
        day = FIRST + number * STEP
        service = "songs" if number <= RELEASES // 2 else "music"
        if number == RELEASES // 2 + 1:
            (record.root / "content/songs").rename(record.root / "content/music")
        record.states(service, POLICY % number + ("formerly: [songs]\n" if service == "music" else ""))
        order = Order(day, COMING) if number == RELEASES else Order(day)
        record.release(service, day, order)
    return record.root


def built(folder: Path, day: date) -> Result:
    result = build(SiteFolder(folder), lambda _: day)
    assert result.findings == ()
    return result


@pytest.fixture(scope="module")
def site(folder: Path) -> dict[str, str]:
    """Its pages on the day before the last release takes effect."""
    return {path: content.decode() for path, content in built(folder, BEFORE).pages}


def versions(site: dict[str, str], tag: str) -> list[str]:
    """The ids of the versions in a history page, in its order."""
    page = tree(site[f"{tag}/music/history/index.html"])
    return [
        item.attributes["id"].removeprefix("version-") for item in page.find("li") if "id" in item.attributes
    ]


def main(page: str) -> Element:
    return next(iter(tree(page).find("main")))


@pytest.mark.parametrize("tag", TAGS)
def test_the_history_lists_every_version_the_newest_first(site: dict[str, str], tag: str) -> None:
    days = [FIRST + number * STEP for number in range(RELEASES, 0, -1)]
    assert versions(site, tag) == [f"{day}-1" for day in days]


@pytest.mark.parametrize("tag", TAGS)
def test_each_version_says_word_for_word_what_was_released(
    site: dict[str, str], folder: Path, tag: str
) -> None:
    for id in versions(site, tag):
        frozen = (folder / f"content/music/releases/{id}/{tag}.html").read_text(encoding="utf-8")
        before, _, after = frozen.partition("<!--dates-->")
        page = site[f"{tag}/music/history/{id}/index.html"]
        assert before in page
        assert after.rstrip() in page


@pytest.mark.parametrize("tag", TAGS)
def test_each_redline_shows_the_one_change_from_the_version_before(site: dict[str, str], tag: str) -> None:
    ids = versions(site, tag)[::-1]
    assert f"{tag}/music/history/{ids[0]}/changes/index.html" not in site
    for number, id in enumerate(ids[1:], start=2):
        page = main(site[f"{tag}/music/history/{id}/changes/index.html"])
        for mark, months in (("ins", number), ("del", number - 1)):
            told = {re.sub(r"\[[^]]*\]|\s", "", found.text()) for found in page.find(mark)}
            assert f"{months}" in "".join(sorted(told)), (id, mark, told)


def test_an_old_version_shows_all_that_changed_from_it_to_today(site: dict[str, str]) -> None:
    oldest, current = versions(site, "en")[-1], versions(site, "en")[1]
    page = main(site[f"en/music/history/{oldest}/index.html"])
    for number in range(2, RELEASES):
        assert f"kept {number} months instead of {number - 1}" in page.text()
    compared = main(site[f"en/music/history/{oldest}/since/index.html"])
    assert {"29"} <= {re.sub(r"\[[^]]*\]|\D", "", found.text()) for found in compared.find("ins")}
    assert (
        f'href="../../../../../en/music/history/{current}/"'
        in site[f"en/music/history/{oldest}/since/index.html"]
    )


def test_a_version_to_come_takes_the_place_of_the_current_one_on_its_day(
    folder: Path, site: dict[str, str]
) -> None:
    after = {path: content.decode() for path, content in built(folder, AFTER).pages}
    for tag in TAGS:
        page = f"{tag}/music/index.html"
        newest = versions(site, tag)[0]
        texts = [" ".join(block.text for block in blocks(pages[page])) for pages in (site, after)]
        assert f"history/{newest}/" in site[page]
        assert [f"{RELEASES - 1} " in texts[0], f"{RELEASES} " in texts[1]] == [True, True]
        assert "30 months" not in texts[0]
        assert "30 tháng" not in texts[0]
        assert 'rel="successor-version"' in site[page]
        assert 'rel="successor-version"' not in after[page]


def test_every_address_of_the_earlier_name_leads_to_todays(site: dict[str, str]) -> None:
    below = [
        path.split("/", 2)[2] for path in site if path.startswith("en/music/") and path.endswith(".html")
    ]
    assert len(below) > 3 * (RELEASES - 2)
    for path in below:
        redirect = site[f"en/songs/{path}"]
        target = f"en/music/{path.removesuffix('index.html')}"
        root = "../" * (f"en/songs/{path}".count("/"))
        assert f'content="0; url={root}{target}"' in redirect
    assert site["en/songs/feed.xml"] == site["en/music/feed.xml"]


def test_a_site_is_the_same_bytes_on_any_day_that_is_given_the_same(folder: Path, tmp_path: Path) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        output = tmp_path / zone.replace("/", "-")
        done = run(folder, "build", "--output", str(output), environment={"TZ": zone}, today=str(BEFORE))
        assert done.returncode == 0, done.stderr
    one, other = (files_of(output) for output in sorted(tmp_path.iterdir()))
    assert one == other


# --- Atom, by RFC 4287


FEEDS = ("en/music/feed.xml", "vi/music/feed.xml", "feed.xml")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_the_standard_asks_for_and_nothing_else(site: dict[str, str], path: str) -> None:
    feed = ET.fromstring(site[path])
    assert feed.tag == ATOM + "feed"
    counts = Counter(child.tag.removeprefix(ATOM) for child in feed)
    assert (counts["id"], counts["title"], counts["updated"], counts["author"]) == (1, 1, 1, 1)
    assert set(counts) <= {"id", "title", "updated", "author", "link", "entry"}
    relations = Counter(link.get("rel") for link in feed.findall(ATOM + "link"))
    assert relations == {"alternate": 1, "self": 1}
    assert [link.get("href") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"] == [
        f"https://records.example/kept/{path}"
    ]
    assert counts["entry"] == RELEASES


@pytest.mark.parametrize("path", FEEDS)
def test_each_entry_has_a_name_of_its_own_a_moment_and_the_changes(site: dict[str, str], path: str) -> None:
    feed = ET.fromstring(site[path])
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id") or "" for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id) for id in ids)
    moments = [entry.findtext(ATOM + "updated") or "" for entry in entries]
    assert all(_MOMENT.fullmatch(moment) for moment in moments)
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(ATOM + "updated") == moments[0]
    for entry in entries:
        counts = Counter(child.tag.removeprefix(ATOM) for child in entry)
        assert (counts["id"], counts["title"], counts["updated"], counts["content"]) == (1, 1, 1, 1)
        (content,) = entry.findall(ATOM + "content")
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [HTML + "div"]
        assert all(child.tag.startswith(HTML) for child in content.iter() if child is not content)
        assert (entry.findtext(ATOM + "title") or "").strip()


def test_feeds_of_two_languages_name_their_entries_differently(site: dict[str, str]) -> None:
    ids = [set(re.findall("<id>(.*?)</id>", site[path])) for path in FEEDS[:2]]
    assert not ids[0] & ids[1]


# --- what an older or a newer policygen wrote


def test_a_version_is_shown_whatever_became_of_the_format_of_its_facts(tmp_path: Path) -> None:
    record = Record(tmp_path)
    record.write("site.yaml", SETTINGS % "en, vi")
    for number in (1, 2):
        record.states("music", POLICY % number)
        record.release("music", FIRST + number * STEP)
    strange = b'{"format": 99, "entries": [7, {"kind": "cookies"}, {"says": {"time": ["x"]}}]}\n'
    for folder in sorted((tmp_path / "content/music/releases").iterdir()):
        reseal(folder, {}, {"facts.json": strange})
    pages = {path: content.decode() for path, content in built(tmp_path, BEFORE).pages}
    for id in versions(pages, "en"):
        assert f"en/music/history/{id}/index.html" in pages
    assert "kept 2 months instead of 1 month" in pages["en/music/index.html"]
    record.states("music", POLICY % 3)
    record.release("music", BEFORE)
