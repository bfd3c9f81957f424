"""Links in a site's folder: followed within it, a finding where they lead out of it, and never both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policygen.build import build
from policygen.site import SiteFolder
from tests.site_under_test import TODAY
from tests.small_site import EN, POLICY, files_of, make_site, released_site, result_of, run

_OTHER = "format: 1\nservice: {name: The secret}\npurposes: [analytics]\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the site, with files that would fit into it."""
    return make_site(
        tmp_path / "outside",
        {
            "content/music/policy.yaml": _OTHER,
            "templates/list.html": "The secret",
            "templates/sections/purposes.html": "The secret",
            "locales/vi/LC_MESSAGES/policygen.po": 'msgid "Contents"\nmsgstr "The secret"\n',
            "static/proof.txt": "The secret",
        },
    )


_PLACES = (
    "content",
    "content/site.yaml",
    "content/music",
    "content/music/policy.yaml",
    "content/film",
    "content/music/notes",
    "content/music/releases/2026-11-01-1",
    "content/music/releases/2026-11-01-1/en.html",
    "templates",
    "templates/sections",
    "templates/sections/purposes.html",
    "templates/unused.html",
    "locales",
    "locales/vi",
    "locales/vi/LC_MESSAGES",
    "locales/vi/LC_MESSAGES/policygen.po",
    "static",
)


def _link(place: Path, target: Path) -> None:
    """Have a link where something may be already."""
    if place.exists():
        place.rename(place.parent / ".away")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("where", ["outside", "nowhere", "in a circle"])
@pytest.mark.parametrize("path", _PLACES)
def test_a_link_that_leads_astray_is_a_finding_and_not_followed(
    path: str, where: str, outside: Path, tmp_path: Path
) -> None:
    site = released_site(tmp_path / "site-folder")
    same = outside / path
    target = {"nowhere": tmp_path / "nothing", "in a circle": site / path}.get(where, same)
    if where == "outside" and not same.exists():
        target = outside / "content/music/policy.yaml"
    _link(site / path, target)
    result = build(SiteFolder(site), lambda _: date.fromisoformat(TODAY))
    assert ("stray-symlink", path) in {(found.code, found.place.path) for found in result.findings}
    assert (result.pages, "The secret" in str(result.findings)) == ((), False)


@pytest.mark.parametrize("path", ["content/music/policy.yaml", "templates", "static", "content"])
@pytest.mark.parametrize("where", ["/", "loop"])
def test_the_command_says_so_and_looks_no_further(path: str, where: str, tmp_path: Path) -> None:
    site = released_site(tmp_path / "site-folder")
    _link(site / path, site / path if where == "loop" else Path(where))
    done = run(site, "check")
    is_site = (site / "content/site.yaml").is_file()
    assert (done.returncode, "Traceback" in done.stderr) == (1 if is_site else 2, False)
    assert ("[stray-symlink]" in done.stdout) == is_site


def test_a_link_that_stays_in_the_site_is_followed(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"shared/film.yaml": POLICY.replace("Music", "Film"), "shared/parts/purposes.html": "<p>mine</p>"},
    )
    (site / "content/film").mkdir()
    (site / "content/film/policy.yaml").symlink_to("../../shared/film.yaml")
    (site / "content/song").symlink_to("music")
    (site / "templates").mkdir()
    (site / "templates/sections").symlink_to("../shared/parts")
    pages = {path: page.decode() for path, page in result_of(site).pages}
    assert "<p>mine</p>" in pages["en/film/index.html"]
    assert "<p>mine</p>" in pages["en/song/index.html"]


@pytest.mark.parametrize("loops", [1, 3])
def test_links_in_circles_are_read_once(loops: int, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"templates/sections/purposes.html": "<p>mine</p>"})
    for number in range(loops):
        (site / f"templates/loop-{number}").symlink_to(".")
        (site / f"content/music/loop-{number}").symlink_to("..")
    assert run(site, "build").returncode == 0
    assert "<p>mine</p>" in files_of(site / "site")[EN].decode()


def test_an_editor_s_locks_are_no_findings(tmp_path: Path) -> None:
    site = released_site(tmp_path)
    for place in ("content", "content/music", "templates"):
        (site / place).mkdir(exist_ok=True)
        (site / place / ".#policy.yaml").symlink_to("somebody@somewhere.1234:5678")
    assert run(site, "build", "--strict").returncode == 0


def test_an_output_folder_inside_what_is_linked_is_refused(tmp_path: Path) -> None:
    site = released_site(tmp_path)
    (site / "way").symlink_to("content")
    done = run(site, "build", "--output", "way/site")
    assert (done.returncode, done.stderr.count("\n")) == (2, 2)
    assert "lies inside" in done.stderr
