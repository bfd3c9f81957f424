"""Names and places: nothing of a site leaves it, and odd names are findings or work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from policygen.build import Result, build
from policygen.report import render
from policygen.site import SiteFolder
from policygen.source import locate
from tests.site_under_test import TODAY
from tests.small_site import POLICY, RELEASED, SETTINGS, files_of, make_site, released_site, run
from tests.torture.conftest import Dose, Tally

_ODD = (
    "two words", " before", "after ", "dot.", "..dots", "-x", "--help", "~", "$HOME", "`id`", "a;b",
    "a&b", "a'b", 'a"b', "<b>", "a%2fb", "%00", "a\\b", "a:b", "a*b", "a|b", "a?b", "a#b", "chính-sách",
    unicodedata.normalize("NFD", "chính-sách"), "ß", "İ", "ﬁ", "🔒", "a\u200bb", "a\u202eb", "\ufeff",
    "a\u00a0b", "a\tb", "two\nlines", "a\rb", "a\x1b[31mb", "a\x7fb", os.fsdecode(b"\xff"), "Music2",
    "MUSIC2", "CON", "con", "NUL", "nul", "aux", "prn.txt", "aux.txt", "com1", "LPT9.tar.gz", "com¹",
    "console", "auxiliary", "com10", "a" * 255, "é" * 127, "thumbs.db", "index.html", "404.html",
    "feed.xml", "en", "vi", "music", "MUSIC", ".hidden",
)  # fmt: skip
"""Names that some system, shell, host or terminal takes for something else."""


def _result(site: Path) -> Result:
    return build(SiteFolder(site), lambda _: date.fromisoformat(TODAY))


def _is_told(result: Result, site: Path) -> None:
    """Every format shows every finding, each in its own lines, with nothing that moves a cursor."""
    for style in ("text", "concise", "json", "github", "gitlab"):
        shown = render(result.findings, style, SiteFolder(site).text, locate, colour=False)
        shown.encode()
        assert set(shown) & {"\x1b", "\r", "\x7f", "\u202e"} == set()
        if style == "concise":
            assert len(shown.splitlines()) == len(result.findings)
        if style == "github":
            assert all(line.startswith("::") for line in shown.splitlines())
        if style in {"json", "gitlab"}:
            assert len(json.loads(shown)) == len(result.findings)


def _addresses(result: Result) -> list[str]:
    return [path for path, _ in result.pages]


def test_no_odd_name_of_a_service_leaves_its_place(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    site, worked, names = make_site(tmp_path), 0, _ODD[:: dose(4, 1)]
    for name in names:
        folder = tmp_path / "content" / name
        is_new = not folder.exists()
        folder.mkdir(exist_ok=True)
        (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        result = _result(site)
        codes = {found.code for found in result.findings}
        assert codes <= {"never-released", "bad-slug", "duplicate-address"}, name
        _is_told(result, site)
        if codes == {"never-released"}:
            worked += 1
            inside = [path for path in _addresses(result) if name[0] != "." and f"/{name}/" in f"/{path}"]
            assert inside or name[0] == ".", name
            assert name.isascii(), name
        if is_new:
            shutil.rmtree(folder)
    held = f"{worked} work, {len(names) - worked} are findings, all readable"
    tally("odd names of services", len(names), held)


def test_no_odd_name_of_a_static_file_leaves_its_place(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    site, worked, names = released_site(tmp_path), 0, _ODD[dose(1, 0) :: dose(4, 1)]
    for name in names:
        file = tmp_path / "static" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x", encoding="utf-8")
        result = _result(site)
        codes = {found.code for found in result.findings}
        assert codes <= {"unpublishable-file", "duplicate-address"}, name
        _is_told(result, site)
        if not codes:
            worked += 1
            assert name in _addresses(result) or name[0] == ".", name
        file.unlink()
    tally(
        "odd names of static files",
        len(names),
        f"{worked} work, {len(names) - worked} are findings, all readable",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Logo.svg", "logo.svg"),
        ("a/b.txt", "A/b.txt"),
        ("chính.txt", unicodedata.normalize("NFD", "chính.txt")),
        ("CHÍNH.txt", unicodedata.normalize("NFD", "chính.txt")),
        ("ß.txt", "SS.txt"),
    ],
)
def test_two_files_that_are_one_on_another_system_are_a_finding(one: str, other: str, tmp_path: Path) -> None:
    site = released_site(tmp_path, {f"static/{one}": "1", f"static/{other}": "2"})
    assert [found.code for found in _result(site).findings] == ["duplicate-address"]


def test_no_odd_name_of_a_release_is_published(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    site = released_site(tmp_path)
    releases = site / "content/music/releases"
    names = [*(name for name in _ODD if name[0] != "."), "2026-11-01-01", "2026-11-01-1 ", "2026-13-01-1"]
    names = names[dose(2, 0) :: dose(6, 1)]
    before = _addresses(_result(site))
    for name in names:
        shutil.copytree(releases / f"{RELEASED}-1", releases / name)
        result = _result(site)
        assert "misplaced-release" in {found.code for found in result.findings}, name
        assert result.pages == ()
        _is_told(result, site)
        shutil.rmtree(releases / name)
        (releases / f"{RELEASED}-1" / name).write_text("x", encoding="utf-8")
        result = _result(site)
        assert "added-release-file" in {found.code for found in result.findings}, name
        _is_told(result, site)
        (releases / f"{RELEASED}-1" / name).unlink()
    assert _addresses(_result(site)) == before
    tally("odd names of releases and of files in them", 2 * len(names), "each is a finding, all readable")


_WAYS_OUT = (
    "..", "../..", "../../etc", "/etc", "a/../../b", "..\\..", "%2e%2e/x", ".", "", "a/b", "x\0y", "~/x",
)  # fmt: skip


def test_no_value_makes_a_path_that_leaves_the_site(tally: Tally, tmp_path: Path) -> None:
    """The output folder refuses such paths, too (tests/test_output.py): it never has to."""
    tried = 0
    for number, way in enumerate(_WAYS_OUT):
        quoted = json.dumps(way)
        states: tuple[dict[str, str | bytes], ...] = (
            {"content/music/policy.yaml": POLICY + f"formerly: [{quoted}]\n"},
            {"content/site.yaml": SETTINGS.replace("[en, vi]", f"[en, {quoted}]")},
            {"content/site.yaml": SETTINGS.replace("policies.example/", f"policies.example/{way}/")},
            {"content/music/policy.yaml": POLICY + f"extra: [{{id: {quoted}, title: x, text: y}}]\n"},
            {"templates/sections/purposes.html": f"{{% include {quoted} %}}"},
        )
        for index, state in enumerate(states):
            site = make_site(tmp_path / f"{number}-{index}", state)
            for path in _addresses(_result(site)):
                assert not {"..", ".", ""} & {*path.split("/")}, (way, path)
            tried += 1
    tally("values that could become paths out of the site", tried, "each is a finding, or stays in the site")


def _outputs(site: Path, home: Path) -> tuple[str, ...]:
    inside = (
        "content", "templates", "locales", "static", "content/music", "content/site.yaml", ".git",
        ".policygen",
    )  # fmt: skip
    deeper = (
        "content/music/out", "static/out", "locales/vi/out", ".git/out", ".policygen/cache/out",
        "templates/x/y/z",
    )  # fmt: skip
    above = (
        ".", "./", "..", "../..", "/", "//", "/.", "/tmp", "content/..", "site/../content", str(site),
        str(home),
    )  # fmt: skip
    linked = (
        "way-to-content", "way-to-content/out", "way-to-root", "way-home", "loop", "loop/out", "dangling",
    )  # fmt: skip
    return (*inside, *deeper, *above, *linked, "pipe", "README.md", "README.md/out", "full", "x" * 300)


def test_no_folder_whose_loss_would_hurt_is_written_to(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    """As the command is called, from the site's folder, with a repository and a home around it."""
    home = tmp_path / "home"
    site = released_site(home / "repository", {"README.md": "mine", "full/thesis.doc": "mine"})
    subprocess.run(["git", "init", "--quiet", str(site)], check=True)
    (site / "templates").mkdir()
    os.mkfifo(site / "pipe")
    links = {
        "way-to-content": "content",
        "way-to-root": "/",
        "way-home": str(home),
        "loop": "loop",
        "dangling": "no",
    }
    for name, target in links.items():
        (site / name).symlink_to(Path(target))
    names = _outputs(site, home)[:: dose(5, 1)]
    before = sorted(home.rglob("*"))
    for name in names:
        done = run(site, "build", "--no-cache", "--output", name, environment={"HOME": str(home)})
        assert done.returncode == 2, (name, done.stdout, done.stderr)
        assert done.stderr.startswith("policygen: "), name
        assert done.stderr.count("\n") <= 2, done.stderr
        assert sorted(home.rglob("*")) == before, name
    tally("output folders whose loss would hurt", len(names), "each refused in one line, nothing written")


_LINKED = (
    "en", "vi/music", "robots.txt", "en/music/index.html", ".policygen.json", ".policygen-stage",
    "404.html",
)  # fmt: skip


def test_no_link_in_the_output_leads_a_build_out_of_it(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("mine", encoding="utf-8")
    site = released_site(tmp_path / "site-folder")
    assert run(site, "build").returncode == 0
    linked = _LINKED[: dose(1, len(_LINKED))]
    for name in linked:
        place, away = site / "site" / name, tmp_path / "away"
        if place.exists():
            place.rename(away)
        place.symlink_to(outside)
        for state in (
            {"content/site.yaml": SETTINGS.replace("Policies", "Rules")},
            {"content/site.yaml": SETTINGS},
        ):
            make_site(site, state)
            done = run(site, "build")
            # A build that has nothing to write needs no stage.
            is_idle = name == ".policygen-stage" and "(0 written, " in done.stderr
            assert (done.returncode, done.stderr.count("\n")) == (2, 2) or is_idle, (name, done.stderr)
            assert files_of(outside) == {"index.html": b"mine"}, name
        place.unlink()
        if away.exists():
            away.rename(place)
        assert run(site, "build").returncode == 0, name
    tally("links in the output folder", len(linked), "none followed, each named in one line")
