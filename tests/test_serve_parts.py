"""What the preview adds to pages, and what its watch sees."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from policygen.serve.dressing import dressed
from policygen.serve.watch import Watch

# --- the page


def _page(policy: str, body: str = "") -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"<html><head>{meta}</head><body>{body}</body>"


_OURS = "http://localhost:8000/.policygen/livereload.js"
_NEWS = "ws://localhost:8000/livereload"


@pytest.mark.parametrize(
    ("policy", "loosened"),
    [
        ("default-src 'none'", f"default-src 'none'; script-src {_OURS}; connect-src {_NEWS}"),
        ("default-src 'self'", f"default-src 'self'; script-src 'self' {_OURS}; connect-src 'self' {_NEWS}"),
        ("script-src 'none'", f"script-src {_OURS}"),
        ("script-src a; script-src b", f"script-src a {_OURS}"),
        ("SCRIPT-SRC 'NONE'; style-src b", f"script-src {_OURS}; style-src b"),
        ("script-src-elem c", f"script-src-elem c {_OURS}"),
        ("style-src a;; ", "style-src a"),
        ("", ""),
        ("script-src a, connect-src b", f"script-src a {_OURS}, connect-src b {_NEWS}"),
    ],
)
def test_a_page_s_policy_allows_our_script_and_nothing_else(policy: str, loosened: str) -> None:
    page = dressed(_page(policy), "localhost:8000", "v1", None)
    assert f'content="{loosened}"' in page
    assert page.index("livereload.js?") < page.index("</head>")


@pytest.mark.parametrize(
    "meta",
    [
        "<META HTTP-EQUIV=content-security-policy CONTENT='default-src x'>",
        '<meta content="default-src x" http-equiv="Content-Security-Policy">',
        '<meta content="default-src&#32;x" http-equiv="Content-Security-Policy"/>',
    ],
)
def test_a_policy_is_found_however_it_is_written(meta: str) -> None:
    assert f"script-src x {_OURS}" in dressed(f"{meta}</head>", "localhost:8000", "v1", None)


def test_what_is_no_policy_stays() -> None:
    page = '<meta charset="utf-8"><meta name="description" content="default-src \'none\'"><p>a'
    assert dressed(page, "localhost", "v1", None).startswith(page)


@pytest.mark.parametrize(
    ("host", "script"),
    [
        ("localhost:8000", "host=localhost&amp;port=8000"),
        ("localhost", "host=localhost&amp;port=80"),
        ("[::1]:8000", "host=[::1]&amp;port=8000"),
    ],
)
def test_the_script_is_told_where_to_look_for_news(host: str, script: str) -> None:
    assert f"livereload.js?{script}&amp;snipver=v1" in dressed("<p>a", host, "v1", None)


def test_what_is_wrong_is_text_whatever_it_holds() -> None:
    page = dressed(_page("default-src 'none'", "<main>good</main>"), "localhost", "v", ("a<b", '"</pre><i>&'))
    assert "<h1>a&lt;b</h1>" in page
    assert "<pre>&quot;&lt;/pre&gt;&lt;i&gt;&amp;</pre>" in page
    assert page.index("<main>good</main>") < page.index("a&lt;b") < page.index("</body>")
    assert "style-src 'sha256-" in page


# --- the watch

_Edit = Callable[[Path], object]


def _rename(folder: Path) -> None:
    (folder / "new").write_text("one", encoding="utf-8")
    shutil.copystat(folder / "a/file", folder / "new")
    (folder / "new").replace(folder / "a/file")


def _in_place(folder: Path) -> None:
    (folder / "a/file").write_text("two", encoding="utf-8")
    os.utime(folder / "a/file", ns=(10**18, 10**18))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, older than any doubt."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/file").write_text("one", encoding="utf-8")
    os.utime(tmp_path / "a/file", ns=(10**18, 10**18))
    return tmp_path


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda folder: (folder / "a/file").write_text("three", encoding="utf-8"), id="written"),
        pytest.param(_in_place, id="written at the same time"),
        pytest.param(_rename, id="replaced by its equal"),
        pytest.param(lambda folder: (folder / "a/file").unlink(), id="removed"),
        pytest.param(lambda folder: (folder / "a/other").touch(), id="another one"),
        pytest.param(lambda folder: (folder / "a").rename(folder / "b"), id="folder renamed"),
        pytest.param(lambda folder: shutil.rmtree(folder / "a"), id="folder removed"),
        pytest.param(lambda folder: (folder / "link").symlink_to(folder / "a/file"), id="link"),
    ],
)
def test_a_change_is_seen_once(edit: _Edit, folder: Path) -> None:
    watch = Watch([folder, folder / "not-there"])
    before = watch.look()
    assert watch.look() == before
    edit(folder)
    after = watch.look()
    assert after != before
    assert watch.look() == after


def test_two_changes_at_one_time_are_both_seen(folder: Path) -> None:
    watch = Watch([folder])
    seen = []
    for number in range(100, 300):
        (folder / "a/file").write_text(str(number), encoding="utf-8")
        seen.append(watch.look())
    assert all(one != other for one, other in pairwise(seen))


def test_a_folder_that_comes_later_is_seen(folder: Path) -> None:
    watch = Watch([folder / "later"])
    assert watch.look() == {}
    (folder / "a").rename(folder / "later")
    assert len(watch.look()) == 1


def test_links_are_followed_and_lead_round_no_circle(folder: Path) -> None:
    (folder / "a/circle").symlink_to(folder)
    beside = folder.parent / "beside"
    beside.mkdir()
    (folder / "beside").symlink_to(beside)
    watch = Watch([folder])
    before = watch.look()
    (beside / "file").touch()
    assert watch.look() != before


def test_links_out_of_the_site_are_seen_and_not_followed(folder: Path) -> None:
    outside = folder.parent / "out-of-the-site"
    outside.mkdir()
    (outside / "file").touch()
    (folder / "a/outside").symlink_to(outside)
    (folder / "a/nowhere").symlink_to(folder / "nothing")
    # The folders of a site lie in it: its root is the folder above.
    seen = {Path(path).name for path in Watch([folder / "a"]).look()}
    assert seen == {"file", "outside", "nowhere"}
