"""What is published besides the pages, and at which address: static/ and `--url`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.small_site import files_of, make_site, released_site, result_of, run

_FILES: dict[str, str | bytes] = {
    "static/_headers": "/*\n  Content-Security-Policy: style-src '{style_hash}'\n",
    "static/images/logo.bin": b"\x00\xff{style_hash}",
    "static/.well-known/security.txt": "Contact: mailto:help@music.example\n",
    "static/.nojekyll": "",
    "static/.env": "SECRET=1",
    "static/images/.DS_Store": b"x",
    "static/.git/config": "secret",
}


def test_static_files_are_published_as_they_are(tmp_path: Path) -> None:
    site = released_site(tmp_path, _FILES)
    assert run(site, "build", "--strict").returncode == 0
    made = files_of(site / "site")
    assert made["images/logo.bin"] == b"\x00\xff{style_hash}"
    assert made[".well-known/security.txt"] == b"Contact: mailto:help@music.example\n"
    assert made[".nojekyll"] == b""


def test_hidden_files_are_published_only_where_hosts_look_for_them(tmp_path: Path) -> None:
    site = released_site(tmp_path, _FILES)
    run(site, "build")
    hidden = {path for path in files_of(site / "site") if "/." in f"/{path}"}
    assert hidden == {".policygen.json", ".nojekyll", ".well-known/security.txt"}


def test_the_headers_name_the_style_sheet_that_the_pages_name(tmp_path: Path) -> None:
    site = released_site(tmp_path, _FILES)
    run(site, "build")
    page = (site / "site/en/music/index.html").read_text(encoding="utf-8")
    found = re.search(r"style-src '(sha256-[^']+)'", page)
    assert found
    assert (site / "site/_headers").read_text(encoding="utf-8").endswith(f"style-src '{found[1]}'\n")


def test_a_static_file_that_is_gone_is_pruned(tmp_path: Path) -> None:
    site = released_site(tmp_path, _FILES)
    run(site, "build")
    (site / "static/images/logo.bin").unlink()
    run(site, "build")
    assert not (site / "site/images").exists()


def test_check_writes_no_static_file_and_finds_what_build_finds(tmp_path: Path) -> None:
    site = released_site(tmp_path, {"static/robots.txt": "mine"})
    checked, built = run(site, "check"), run(site, "build")
    assert checked.stdout == built.stdout
    assert (checked.returncode, built.returncode) == (1, 1)
    assert not (site / "site").exists()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("index.html", "duplicate-address"),
        ("ROBOTS.txt", "duplicate-address"),
        ("en/music/index.html", "duplicate-address"),
        ("en", "duplicate-address"),
        ("music", "duplicate-address"),
        ("robots.txt/more", "duplicate-address"),
        ("what?.txt", "unpublishable-file"),
        ("a:b", "unpublishable-file"),
        ("back\\slash", "unpublishable-file"),
        ("two\nlines", "unpublishable-file"),
        ("aux.txt", "unpublishable-file"),
        ("images/NUL", "unpublishable-file"),
        ("com1.tar.gz/a", "unpublishable-file"),
        ("dot.", "unpublishable-file"),
        ("space /a", "unpublishable-file"),
        (os.fsdecode(b"\xff.txt"), "unpublishable-file"),
    ],
)
def test_a_file_in_the_way_is_a_finding(path: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "static" / path).parent.mkdir(parents=True)
    (tmp_path / "static" / path).write_bytes(b"x")
    assert code in {found.code for found in result_of(tmp_path).findings}
    done = run(tmp_path, "build")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"[{code}]" in done.stdout


@pytest.mark.parametrize(
    "path",
    [
        "auxiliary.txt",
        "con2",
        "một tệp.txt",
        "x" * 255,
        "two",
        "en/two/x",
        "en/music/proof.txt",
        "music.txt",
        "Images/a",
    ],
)
def test_a_file_beside_the_pages_is_none(path: str, tmp_path: Path) -> None:
    codes = {found.code for found in result_of(tmp_path, {f"static/{path}": "x"}).findings}
    assert codes == {"never-released"}


@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_nothing_is_published_or_shown_through_a_link(target: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("the secret", encoding="utf-8")
    site = make_site(tmp_path / "site-folder", {"static/readme.txt": "x"})
    goal = {"file": outside / "secret", "folder": outside, "nothing": outside / "none"}[target]
    (site / "static/link").symlink_to(goal)
    done = run(site, "build")
    assert done.returncode == 1
    assert "static/link is a link" in done.stdout
    assert "secret" not in done.stdout


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"static/readme.txt": "x"})
    os.mkfifo(site / "static/pipe")
    assert "static/pipe is no file" in run(site, "check").stdout


def test_the_output_can_t_lie_in_static(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"static/readme.txt": "x"})
    done = run(site, "build", "--output", "static/site")
    assert done.returncode == 2
    assert "lies inside" in done.stderr


# --- the address that a host tells


def test_the_address_of_the_host_takes_the_place_of_the_site_s_own(tmp_path: Path) -> None:
    site = released_site(tmp_path)
    assert run(site, "build", "--strict", "--url", "https://somebody.example/policies").returncode == 0
    made = {path: content.decode() for path, content in files_of(site / "site").items()}
    assert "https://somebody.example/policies/en/music/" in made["sitemap.xml"]
    assert 'href="/policies/en/"' in made["404.html"]
    assert not [path for path, text in made.items() if "policies.example" in text]


def test_the_address_of_the_host_changes_no_released_text(tmp_path: Path) -> None:
    site = released_site(tmp_path)
    assert run(site, "build", "--strict", "--url", "https://a.example/").stdout == ""
    assert run(site, "verify", "--strict").returncode == 0


@pytest.mark.parametrize("url", ["example.com", "ftp://a.example/", "https://", "https://a.example/?x=1"])
def test_a_wrong_address_is_one_line(url: str, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    done = run(site, "build", "--url", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("policygen: --url: ")
    assert not (site / "site").exists()
