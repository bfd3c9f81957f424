"""What several tests stand on: the built site, parametrised page by page, and a static server for it.

The site is built when the first test that asks for its pages is collected, because pytest needs the names of
the pages by then. A failed build fails those tests and no others.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site_server import ServedSite, serve
from tests.site_under_test import Build, build_site, is_policy, pages_below

_BUILD = pytest.StashKey[Build]()
_NO_PAGE = ("none-built",)


def _build_once(config: pytest.Config) -> Build:
    """The one build of this run, made on first demand and removed at the end."""
    if _BUILD not in config.stash:
        folder = Path(tempfile.mkdtemp(prefix="policygen-site-"))
        config.add_cleanup(lambda: shutil.rmtree(folder))
        config.stash[_BUILD] = build_site(folder / "site")
    return config.stash[_BUILD]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per page for whoever asks for `html_page` (all of them) or `policy_page` (the policies)."""
    if "html_page" in metafunc.fixturenames:
        metafunc.parametrize("html_page", _build_once(metafunc.config).pages() or _NO_PAGE)
    if "policy_page" in metafunc.fixturenames:
        policies = [page for page in _build_once(metafunc.config).pages() if is_policy(page)]
        metafunc.parametrize("policy_page", policies or _NO_PAGE)


@pytest.fixture(scope="session")
def built_site(pytestconfig: pytest.Config) -> Path:
    """The folder of this checkout's own site, built by the installed command; don't write there."""
    build = _build_once(pytestconfig)
    if build.failure is not None:
        pytest.fail(build.failure, pytrace=False)
    return build.root


@pytest.fixture(scope="session")
def site_pages(built_site: Path) -> tuple[str, ...]:
    """Every HTML page of the built site, as its path in the site."""
    return pages_below(built_site)


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[ServedSite]:
    """The built site on a static server of loopback, as a host would publish it."""
    with serve(built_site) as site:
        yield site
