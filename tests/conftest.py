"""What several tests stand on: built sites, parametrised page by page, and a static server for ours.

A site is built when the first test that asks for its pages is collected, because pytest needs the names of
the pages by then. A failed build fails those tests and no others.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.record_site import make_drafts, make_record
from tests.site_server import ServedSite, serve
from tests.site_under_test import CHECKOUT, Build, BuiltPage, build_site, is_policy, pages_below

# What policygen keeps for a user is none of the tests' affair.
os.environ["XDG_CACHE_HOME"] = str(CHECKOUT / "build" / "cache")

_BUILDS = pytest.StashKey[dict[str, Build]]()
_NO_PAGE = ("none-built",)
SITES = ("checkout", "record", "drafts")
"""This checkout's own site, one with a past (tests/record_site.py), and its drafts."""


def _build_once(config: pytest.Config, name: str = "checkout") -> Build:
    """A build of this run, made on first demand and removed at the end."""
    builds = config.stash.setdefault(_BUILDS, {})
    if name not in builds:
        folder = Path(tempfile.mkdtemp(prefix="policygen-site-"))
        config.add_cleanup(lambda: shutil.rmtree(folder))
        match name:
            case "record":
                builds[name] = build_site(folder / "site", site=make_record(folder / "sources"))
            case "drafts":
                sources = make_drafts(folder / "sources")
                builds[name] = build_site(folder / "site", "--drafts", site=sources)
            case _:
                builds[name] = build_site(folder / "site")
    return builds[name]


def _built(config: pytest.Config, name: str = "checkout") -> Build:
    build = _build_once(config, name)
    if build.failure is not None:
        pytest.fail(build.failure, pytrace=False)
    return build


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per page for whoever asks for one.

    `html_page` is a page of the checkout's site, `policy_page` a policy of it, `any_page` one of all sites.
    """
    if "html_page" in metafunc.fixturenames:
        pages = _build_once(metafunc.config).pages()
        if metafunc.module.__name__.startswith("tests.browser"):
            # A version's page is its policy's with another banner; those are seen in browser/test_record.py.
            pages = tuple(page for page in pages if not re.search("/history/[^/]+/", page))
        metafunc.parametrize("html_page", pages or _NO_PAGE)
    if "policy_page" in metafunc.fixturenames:
        policies = [page for page in _build_once(metafunc.config).pages() if is_policy(page)]
        metafunc.parametrize("policy_page", policies or _NO_PAGE)
    if "any_page" in metafunc.fixturenames:
        sites = [(name, _build_once(metafunc.config, name).pages() or _NO_PAGE) for name in SITES]
        named = [(name, page) for name, pages in sites for page in pages]
        metafunc.parametrize("any_page", named, indirect=True, ids=":".join)
    if "any_site" in metafunc.fixturenames:
        metafunc.parametrize("any_site", SITES, indirect=True)


@pytest.fixture
def any_page(request: pytest.FixtureRequest) -> BuiltPage:
    """A page of one of the sites."""
    name, page = request.param
    return BuiltPage(_built(request.config, name).root, page)


@pytest.fixture
def any_site(request: pytest.FixtureRequest) -> Build:
    """One of the sites; don't write there."""
    return _built(request.config, request.param)


@pytest.fixture(scope="session")
def built_site(pytestconfig: pytest.Config) -> Path:
    """The folder of this checkout's own site, built by the installed command; don't write there."""
    return _built(pytestconfig).root


@pytest.fixture(scope="session")
def record_site(pytestconfig: pytest.Config) -> Path:
    """The folder of the site with a past; don't write there."""
    return _built(pytestconfig, "record").root


@pytest.fixture(scope="session")
def site_pages(built_site: Path) -> tuple[str, ...]:
    """Every HTML page of the built site, as its path in the site."""
    return pages_below(built_site)


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[ServedSite]:
    """The built site on a static server of loopback, as a host would publish it."""
    with serve(built_site) as site:
        yield site
