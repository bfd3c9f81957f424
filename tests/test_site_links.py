"""Every address that the built site names itself leads somewhere: links, anchors, heads, the sitemap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.page_source import page_source
from tests.site_under_test import CHECKOUT, is_policy, languages, services


@pytest.fixture(scope="session")
def address(built_site: Path) -> str:
    """The absolute address that the site is made for, as its front page states it."""
    canonical = page_source(built_site / "index.html").canonical
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


def address_of(page: str, site_address: str) -> str:
    """Where readers meet a page; the 404 page stands in for addresses of any depth."""
    if page == "404.html":
        return site_address + "some/missing/address/"
    return site_address + page.removesuffix("index.html")


def test_every_link_resolves(built_site: Path, html_page: str, address: str) -> None:
    page = page_source(built_site / html_page)
    named = [*page.links, *page.loads, *page.alternates.values(), page.canonical, page.redirect]
    here = address_of(html_page, address)
    elsewhere = [link for link in named if link is not None and not link.startswith("#")]
    dead = [dead_link(link, here, built_site, address) for link in elsewhere]
    assert [found for found in dead if found] == []


def test_every_anchor_of_a_page_resolves_on_it(built_site: Path, html_page: str) -> None:
    page = page_source(built_site / html_page)
    anchors = {unquote(link[1:]) for link in page.links if link.startswith("#")}
    assert anchors - set(page.ids) == set()


def test_ids_are_unique(built_site: Path, html_page: str) -> None:
    ids = page_source(built_site / html_page).ids
    assert sorted(ids) == sorted(set(ids))


def test_nothing_is_allowed_that_a_page_does_not_name(built_site: Path, html_page: str) -> None:
    policy = page_source(built_site / html_page).content_security_policy
    assert policy is not None
    directives = [part.strip() for part in policy.split(";")]
    assert "default-src 'none'" in directives
    assert "unsafe" not in policy


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
