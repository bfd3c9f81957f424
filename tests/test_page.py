"""What every built page promises to browsers, search engines and app stores, beside its text.

The expected dates, addresses and contacts stand here as the sources state them, not as templates print them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from policygen.render.article import DATES
from tests.page_source import page_source
from tests.page_tree import Element, page_tree, sections
from tests.site_under_test import CHECKOUT, TODAY, Build, BuiltPage, is_policy, is_redline, is_version
from tests.test_site_links import address_for, address_of

ADDRESS = "https://policies.example/"
LANGUAGES = ("en", "vi")
DEFAULT = "en"
SERVICES = ("diijam", "harmix", "harmoni", "mix", "spotifinfo")
DATED = {"spotifinfo": "2023-04-30"}
DELETES_ACCOUNTS = {"harmoni"}
EMAILS = {
    "harmix": "taopikhidayat468@gmail.com",
    "harmoni": "support@harmonicalling.com",
    "spotifinfo": "spotifinfo@neutrixs.my.id",
}
WRITTEN = {
    "en": {"2023-04-30": "30 April 2023", TODAY: "21 November 2026"},
    "vi": {"2023-04-30": "ngày 30 tháng 4 năm 2023", TODAY: "ngày 21 tháng 11 năm 2026"},
}
UNSTATED = {"en": "Not stated in the policy", "vi": "Chính sách không nêu"}
LARGEST = 100_000
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def language_and_service(page: str) -> tuple[str, str]:
    """The two folders that a policy stands in."""
    language, service, _ = page.split("/")
    return language, service


def only(elements: list[Element]) -> Element:
    """The one element of a list; more or none is a failure."""
    assert len(elements) == 1, [each.attributes for each in elements]
    return elements[0]


def meta(page: Element, name: str) -> str:
    """The content of the page's one `meta` of a name."""
    return only(page.find("meta", name=name)).attributes["content"]


def alternates(path: str) -> dict[str, str]:
    """The language versions of a page below a language folder."""
    versions = {language: f"{ADDRESS}{language}/{path}" for language in LANGUAGES}
    return versions | {"x-default": versions[DEFAULT] if path else ADDRESS}


def json_ld(page: Element) -> dict[str, object]:
    """The page's one block of linked data."""
    script = only(page.find("script"))
    assert script.attributes == {"type": "application/ld+json"}
    data = json.loads("".join(child for child in script.children if isinstance(child, str)))
    assert isinstance(data, dict)
    return data


def strip(page: Element) -> dict[str, tuple[str, str | None]]:
    """The dates below the title: the text and the machine's date by their name."""
    rows = only(page.find("dl", class_="dates")).find("div")
    found = {}
    for row in rows:
        times = row.find("time")
        stamp = times[0].attributes["datetime"] if times else None
        found[row.find("dt")[0].text()] = (row.find("dd")[0].text(), stamp)
    return found


def strings(value: object) -> Iterator[str]:
    """Every string inside JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_the_ten_policies_are_built(site_pages: tuple[str, ...]) -> None:
    expected = {f"{language}/{service}/index.html" for language in LANGUAGES for service in SERVICES}
    assert {page for page in site_pages if is_policy(page)} == expected


def test_a_page_says_its_language_and_direction(any_page: BuiltPage) -> None:
    html = only(page_tree(any_page.file).find("html"))
    folder = any_page.page.partition("/")[0]
    assert html.attributes == {"lang": folder if folder in LANGUAGES else DEFAULT, "dir": "ltr"}


def test_a_page_has_one_heading_and_a_title(any_page: BuiltPage) -> None:
    page = page_tree(any_page.file)
    assert only(page.find("h1")).text()
    assert only(page.find("title")).text()


def test_a_page_is_for_search_engines_or_says_that_it_is_not(any_page: BuiltPage) -> None:
    page, own = page_source(any_page.file), address_of(any_page.page, address_for(any_page.root))
    if page.redirect is not None:
        assert page.canonical == urljoin(own, page.redirect)
    elif page.robots is None:
        assert not is_version(any_page.page)
        assert not is_redline(any_page.page)
        assert page.canonical == own
        assert own in page.alternates.values()
    else:
        assert page.robots == "noindex"
        assert page.canonical in {own, None}
        assert page.alternates == {}


def test_a_page_loads_nothing(any_page: BuiltPage) -> None:
    assert page_source(any_page.file).loads == []


def test_a_policy_names_itself_and_its_versions(built_site: Path, policy_page: str) -> None:
    page = page_source(built_site / policy_page)
    language, service = language_and_service(policy_page)
    assert page.canonical == f"{ADDRESS}{language}/{service}/"
    assert page.alternates == alternates(f"{service}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_names_itself_and_its_versions(built_site: Path, language: str) -> None:
    page = page_source(built_site / language / "index.html")
    assert page.canonical == f"{ADDRESS}{language}/"
    assert page.alternates == alternates("")


def test_titles_and_descriptions_tell_the_policies_apart(
    built_site: Path, site_pages: tuple[str, ...]
) -> None:
    policies = [page_tree(built_site / page) for page in site_pages if is_policy(page)]
    titles = [only(page.find("title")).text() for page in policies]
    descriptions = [meta(page, "description") for page in policies]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)
    assert all(10 < len(title) <= 90 for title in titles), titles
    assert all(50 < len(description) <= 200 for description in descriptions), descriptions


def test_a_policys_title_and_heading_name_its_service(built_site: Path, policy_page: str) -> None:
    page = page_tree(built_site / policy_page)
    service = only(page.find("h1")).find("bdi")[0].text()
    assert service.lower().startswith(language_and_service(policy_page)[1])
    assert service in only(page.find("title")).text()


def test_linked_data_describes_the_page(built_site: Path, policy_page: str) -> None:
    language, service = language_and_service(policy_page)
    page = page_tree(built_site / policy_page)
    data = json_ld(page)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "WebPage"
    assert data["name"] == only(page.find("h1")).text()
    assert data["url"] == f"{ADDRESS}{language}/{service}/"
    assert data["inLanguage"] == language
    assert data["dateModified"] == DATED.get(service, TODAY)


def test_linked_data_holds_every_way_to_contact_the_company(built_site: Path, policy_page: str) -> None:
    data = json_ld(page_tree(built_site / policy_page))
    publisher = data["publisher"]
    assert isinstance(publisher, dict)
    points = publisher.get("contactPoint", [])
    email = EMAILS.get(language_and_service(policy_page)[1])
    assert [point["email"] for point in points] == ([email] if email else [])
    assert all(point["@type"] == "ContactPoint" and point["contactType"] for point in points)
    assert all(text.strip() for text in strings(data))


def test_the_security_policy_allows_this_pages_style_and_nothing_else(
    any_page: BuiltPage,
) -> None:
    page = page_tree(any_page.file)
    style = only(page.find("style"))
    text = "".join(child for child in style.children if isinstance(child, str))
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    policy = page_source(any_page.file).content_security_policy or ""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"] == f"'sha256-{digest}'"
    assert set(directives) <= {"default-src", "style-src", "base-uri", "form-action", "img-src"}
    assert "unsafe" not in policy


def test_a_page_runs_and_styles_nothing_inline(any_page: BuiltPage) -> None:
    for element in page_tree(any_page.file).walk():
        assert "style" not in element.attributes, element.attributes
        assert not [name for name in element.attributes if name.startswith("on")], element.attributes
        assert element.tag not in {"iframe", "object", "embed", "form", "base"}
        assert element.tag != "script" or element.attributes == {"type": "application/ld+json"}


def test_a_page_is_small(any_page: BuiltPage) -> None:
    assert any_page.file.stat().st_size < LARGEST


def test_ids_are_addresses_that_can_be_typed(built_site: Path, policy_page: str) -> None:
    page = page_source(built_site / policy_page)
    assert [each for each in page.ids if not re.fullmatch(r"[a-z][a-z0-9_-]*", each)] == []
    tree = page_tree(built_site / policy_page)
    assert all("id" in heading.attributes for heading in tree.find("h2"))
    assert all(section in page.ids for section in sections(tree))


def test_the_contents_list_names_every_section_in_order(built_site: Path, policy_page: str) -> None:
    page = page_tree(built_site / policy_page)
    contents = only(page.find("nav", class_="contents"))
    listed = [(link.attributes["href"], link.text()) for link in contents.find("a")]
    headings = [(f"#{id_}", section.find("h2")[0].text()) for id_, section in sections(page).items()]
    assert [heading for heading in headings if heading[0] not in {"#at-a-glance", "#history"}] == listed
    assert headings[-1][0] == "#history"


def test_account_deletion_has_its_lasting_anchor(built_site: Path, policy_page: str) -> None:
    service = language_and_service(policy_page)[1]
    assert ("delete-account" in page_source(built_site / policy_page).ids) == (service in DELETES_ACCOUNTS)


def test_the_dates_below_the_title_are_the_companys_own_or_said_to_be_unstated(
    built_site: Path, policy_page: str
) -> None:
    language, service = language_and_service(policy_page)
    updated, effective, recorded, version = strip(page_tree(built_site / policy_page)).values()
    stated = (WRITTEN[language][DATED[service]], DATED[service]) if service in DATED else None
    assert updated == (stated or (UNSTATED[language], None))
    assert effective == (UNSTATED[language], None)
    assert recorded == (WRITTEN[language][TODAY], TODAY)
    assert version[0].split()[0] == "1"


def test_a_policy_names_its_version_by_its_fingerprint(built_site: Path, policy_page: str) -> None:
    language, service = language_and_service(policy_page)
    (folder,) = (CHECKOUT / "content" / service / "releases").iterdir()
    record = (folder / "release.json").read_bytes()
    shown = only(page_tree(built_site / policy_page).find("p", class_="fingerprint"))
    assert only(shown.find("code")).text() == hashlib.sha256(record).hexdigest()
    published = f"{service}/history/{folder.name}/release.json"
    assert only(shown.find("a")).attributes["href"] == f"../../{published}"
    assert (built_site / published).read_bytes() == record
    links = page_source(built_site / policy_page).links
    assert f"../../{language}/{service}/history/" in links
    assert f"../../{language}/{service}/history/{folder.name}/" in links


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_the_history_shows_the_first_version(built_site: Path, service: str, language: str) -> None:
    page = page_tree(built_site / language / service / "history/index.html")
    text = only(only(page.find("ol", class_="versions")).find("li", class_="card"))
    stamps = [time.attributes["datetime"] for time in text.find("time")]
    assert stamps == ([DATED[service], TODAY] if service in DATED else [TODAY])
    assert WRITTEN[language][DATED.get(service, TODAY)] in only(text.find("h2")).text()


def test_a_version_is_published_word_for_word(any_site: Build) -> None:
    versions = [page for page in any_site.pages() if is_version(page)]
    assert versions
    for page in versions:
        if page_source(any_site.root / page).redirect is None:
            language, service, _, id_, _ = page.split("/")
            text = any_site.sources / "content" / service / "releases" / id_ / f"{language}.html"
            shown = (any_site.root / page).read_text(encoding="utf-8")
            for part in text.read_text(encoding="utf-8").split(DATES):
                assert part.strip() in shown


def test_the_language_switcher_stays_on_the_policy(built_site: Path, policy_page: str) -> None:
    language, service = language_and_service(policy_page)
    links = only(page_tree(built_site / policy_page).find("nav", class_="languages")).find("a")
    assert [link.attributes["href"] for link in links] == [f"../../{tag}/{service}/" for tag in LANGUAGES]
    assert [link.attributes["lang"] for link in links] == list(LANGUAGES)
    assert [link.text() for link in links] == ["English", "Tiếng Việt"]
    current = [link.attributes["lang"] for link in links if "aria-current" in link.attributes]
    assert current == [language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_shows_every_service_with_its_dates(built_site: Path, language: str) -> None:
    main = only(page_tree(built_site / language / "index.html").find("main"))
    links = [link.attributes["href"].strip("./").rpartition("/")[2] for link in main.find("a")]
    assert sorted(links) == sorted(SERVICES)
    stamps = sorted(time.attributes["datetime"] for time in main.find("time"))
    assert set(stamps) == {TODAY, *DATED.values()}


def test_the_front_page_offers_every_language_without_a_script(built_site: Path) -> None:
    page = page_source(built_site / "index.html")
    assert page.redirect is None
    offered = {link.removeprefix("./").rstrip("/") for link in page.links}
    assert set(LANGUAGES) <= offered
    assert page.canonical == ADDRESS
    assert page.alternates == alternates("")


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_own_address_leads_to_the_default_language(built_site: Path, service: str) -> None:
    page = page_source(built_site / service / "index.html")
    assert page.redirect == f"../{DEFAULT}/{service}/"
    assert page.canonical == f"{ADDRESS}{DEFAULT}/{service}/"
    assert [f"../{language}/{service}/" in page.links for language in LANGUAGES] == [True, True]


def test_the_404_page_speaks_every_language(built_site: Path) -> None:
    page = page_tree(built_site / "404.html")
    texts = [each for each in page.find("section") if "lang" in each.attributes]
    assert [each.attributes["lang"] for each in texts] == list(LANGUAGES)
    assert len({each.text() for each in texts}) == len(LANGUAGES)
    links = [[link.attributes["href"] for link in each.find("a")] for each in texts]
    assert links == [[f"/{language}/"] for language in LANGUAGES], (
        "a 404 page is shown at addresses of any depth"
    )
    assert page_source(built_site / "404.html").canonical is None


def test_the_sitemap_lists_every_page_with_its_versions_and_date(built_site: Path) -> None:
    root = ET.parse(built_site / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    entries = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        links = url.findall(f"{XHTML}link")
        assert {link.get("rel") for link in links} == {"alternate"}
        versions = {link.get("hreflang"): link.get("href") for link in links}
        entries[url.findtext(f"{SITEMAP}loc")] = (url.findtext(f"{SITEMAP}lastmod"), versions)
    expected: dict[str, tuple[str | None, dict[str, str]]] = {}
    for language in LANGUAGES:
        expected[f"{ADDRESS}{language}/"] = (None, alternates(""))
        for service in SERVICES:
            modified = DATED.get(service, TODAY)
            for path in (f"{service}/", f"{service}/history/"):
                expected[f"{ADDRESS}{language}/{path}"] = (modified, alternates(path))
    assert entries == expected
    assert all(date.fromisoformat(modified) for modified, _ in entries.values() if modified)


def test_the_sitemap_lists_the_pages_that_are_for_search_engines_and_no_others(any_site: Build) -> None:
    address = address_for(any_site.root)
    entries = {}
    for entry in ET.parse(any_site.root / "sitemap.xml").getroot():
        links = entry.findall(f"{XHTML}link")
        entries[entry.findtext(f"{SITEMAP}loc")] = {link.get("hreflang"): link.get("href") for link in links}
    expected = {}
    for name in any_site.pages():
        page = page_source(any_site.root / name)
        # The front page is in it as the choice of a language.
        if name not in {"404.html", "index.html"} and (page.robots, page.redirect) == (None, None):
            expected[address_of(name, address)] = page.alternates
    assert entries == expected


def test_robots_may_read_everything_and_find_the_sitemap(built_site: Path) -> None:
    lines = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", f"Sitemap: {ADDRESS}sitemap.xml"]
