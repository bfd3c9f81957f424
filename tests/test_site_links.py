"""Every address that the built site names itself leads somewhere: links, anchors, heads, the sitemap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.page_source import page_source
from tests.site_under_test import (
    CHECKOUT,
    Build,
    BuiltPage,
    is_policy,
    is_version,
    languages,
    pages_below,
    services,
)


@pytest.fixture(scope="session")
def address(built_site: Path) -> str:
    """The absolute address that the checkout's site is made for."""
    return address_for(built_site)


def address_for(root: Path) -> str:
    """The absolute address that a site is made for, as its front page states it."""
    canonical = page_source(root / "index.html").canonical
    assert canonical is not None, "the front page has no canonical address"
    assert canonical.endswith("/")
    return canonical


def dead_link(link: str, from_address: str, root: Path, site_address: str) -> str | None:
    """What is wrong with a link of the site, or None; links to elsewhere are not ours to judge."""
    target, fragment = urldefrag(urljoin(from_address, link))
    if urlsplit(target)[:2] != urlsplit(site_address)[:2]:
        return None
    if not target.startswith(site_address):
        return f"{link} leads out of the site"
    path = root / unquote(urlsplit(target).path.removeprefix(urlsplit(site_address).path))
    file = path / "index.html" if target.endswith("/") else path
    if not file.is_file():
        return f"{link} leads to no file"
    if fragment and unquote(fragment) not in page_source(file).ids:
        return f"{link} leads to no element"
    return None


def file_at(target: str, root: Path, site_address: str) -> Path:
    """The file of a page, by its absolute address."""
    return root / target.removeprefix(site_address) / "index.html"


def address_of(page: str, site_address: str) -> str:
    """Where readers meet a page; the 404 page stands in for addresses of any depth."""
    if page == "404.html":
        return site_address + "some/missing/address/"
    return site_address + page.removesuffix("index.html")


def test_every_link_resolves(any_page: BuiltPage) -> None:
    page, address = page_source(any_page.file), address_for(any_page.root)
    named = [*page.links, *page.loads, *page.alternates.values(), page.canonical, page.redirect]
    named += [target for targets in page.relations.values() for target in targets]
    here = address_of(any_page.page, address)
    elsewhere = [link for link in named if link is not None and not link.startswith("#")]
    dead = [dead_link(link, here, any_page.root, address) for link in elsewhere]
    assert [found for found in dead if found] == []


def test_every_anchor_of_a_page_resolves_on_it(any_page: BuiltPage) -> None:
    page = page_source(any_page.file)
    anchors = {unquote(link[1:]) for link in page.links if link.startswith("#")}
    assert anchors - set(page.ids) == set()


def test_ids_are_unique(any_page: BuiltPage) -> None:
    ids = page_source(any_page.file).ids
    assert sorted(ids) == sorted(set(ids))


def test_every_service_has_a_page_in_every_language(built_site: Path, site_pages: tuple[str, ...]) -> None:
    written = {policy.parent.name for policy in (CHECKOUT / "content").glob("*/policy.yaml")}
    assert set(services(site_pages)) == written
    for language in languages(site_pages):
        index = page_source(built_site / language / "index.html")
        listed = {link.rstrip("/").rpartition("/")[2] for link in index.links}
        for service in written:
            assert f"{language}/{service}/index.html" in site_pages
            assert f"{service}/index.html" in site_pages
            assert service in listed


def test_a_policy_says_its_language(built_site: Path, policy_page: str) -> None:
    assert page_source(built_site / policy_page).language == policy_page.partition("/")[0]


def test_alternates_are_absolute_and_reciprocal(
    built_site: Path, site_pages: tuple[str, ...], policy_page: str, address: str
) -> None:
    page = page_source(built_site / policy_page)
    own = address_of(policy_page, address)
    assert page.canonical == own
    assert set(page.alternates) == {*languages(site_pages), "x-default"}
    assert page.alternates[policy_page.partition("/")[0]] == own
    for language in languages(site_pages):
        twin = f"{language}/{policy_page.partition('/')[2]}"
        assert page_source(built_site / twin).alternates == page.alternates


def test_language_versions_of_a_page_name_each_other(any_site: Build) -> None:
    address = address_for(any_site.root)
    for name in any_site.pages():
        versions = page_source(any_site.root / name).alternates
        for language in versions.keys() - {"x-default"}:
            twin = page_source(file_at(versions[language], any_site.root, address))
            assert (twin.language, twin.robots) == (language, None)
            assert twin.alternates == versions
        assert not versions or {versions["x-default"]} <= {versions[min(versions)], address}


def test_the_next_version_of_a_policy_names_the_one_before(record_site: Path) -> None:
    address = address_for(record_site)
    followed = 0
    for name in filter(is_version, pages_below(record_site)):
        page, here = page_source(record_site / name), address_of(name, address)
        for link in page.relations.get("successor-version", ()):
            successor = urljoin(here, link)
            assert is_version(successor.removeprefix(address) + "index.html")
            twin = page_source(file_at(successor, record_site, address))
            assert twin.language != page.language or here in (
                urljoin(successor, before) for before in twin.relations["predecessor-version"]
            )
            followed += 1
    assert followed > 10


def test_the_feeds_name_pages_of_the_site(any_site: Build) -> None:
    address = address_for(any_site.root)
    feeds = sorted(any_site.root.rglob("feed.xml"))
    assert feeds
    for feed in feeds:
        root = ET.parse(feed).getroot()
        links = [link.get("href", "") for link in root.findall(".//{*}link")]
        assert [found for link in links if (found := dead_link(link, address, any_site.root, address))] == []
        assert len([link for link in root.findall("{*}link") if link.get("rel") == "self"]) == 1
        ids = [node.text for node in root.findall(".//{*}id")]
        assert len(ids) == len(set(ids)) > 1


def test_the_sitemap_and_robots_name_files_of_the_site(
    built_site: Path, site_pages: tuple[str, ...], address: str
) -> None:
    tree = ET.parse(built_site / "sitemap.xml")
    places = {node.text or "" for node in tree.findall(".//{*}loc")}
    named = places | {node.get("href", "") for node in tree.findall(".//{*}link")}
    robots = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    named |= {line.partition(":")[2].strip() for line in robots if line.lower().startswith("sitemap:")}
    assert all(name.startswith(address) for name in named), named
    assert [found for name in named if (found := dead_link(name, address, built_site, address))] == []
    assert {address_of(page, address) for page in site_pages if is_policy(page)} <= places
    assert address + "sitemap.xml" in named
