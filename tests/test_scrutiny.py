"""What a release may not hold though its digests fit, and what an author is told of an archived text."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygen.diagnostics import Severity
from policygen.releases.scrutiny import doubtful, strange_text
from tests.releasing import reseal
from tests.small_site import make_site, policy, released_site, run

ACTING = [
    "<script>x</script>", "<SCRIPT src=//x>", "<script/x>", '<script type="application/ld+json" src="x">',
    "<iframe src=x>", "<base href=x>", "<link rel=dns-prefetch href=//x>", "<object data=x>", "<embed src=x>",
    '<meta itemprop="a" content="b" http-equiv="refresh">', "<meta http-equiv=refresh>",
    "<p onclick=x>", '<svg/onload="x">', "<p title='a' ONCLICK = 'x'>", '<p title="a"onclick="x">',
    "<a href=javascript:x>", "<a href=' java\nscript:x'>", '<a href="&#106;avascript&colon;x">',
    '<p title="a"b"><script>x</script><p title="c">', '<p title="a>b" onclick=x>', "<p title=a'>",
    '<a href="x', "<p x=a`b>", "<script",
    '<a xlink:href="data:text/html,x">', '<a class="b" href="vbscript:x">', '<form action="javascript:x">',
]  # fmt: skip
HARMLESS = [
    "<p>onclick=x, href=javascript:x</p>", '<p title="a onclick=x href=javascript:x">b</p>',
    '<a href="en/a:b">', '<a href="#a">', '<a href="../b/?c=d#e">', '<a href="HTTPS://x.example">',
    '<a href="&#109;ailto:a@b.example">', '<a href="tel:+84-28">', "<code>&lt;script&gt;</code>",
    '<meta itemprop="a" content="b">', '<script type="application/ld+json">{}</script>',
    "<p>a\u200e (b)</p>", '<svg><text x="1" class="on">a</text></svg>', "<!--dates-->", "<p data-href=x>",
]  # fmt: skip


@pytest.mark.parametrize("html", ACTING)
@pytest.mark.parametrize("is_archived", [False, True])
def test_an_element_that_acts_is_found_where_it_begins(html: str, is_archived: bool) -> None:
    (found,) = strange_text(f"<p>a</p>\n{html}".encode(), "en.html", is_archived=is_archived)
    assert found.code == "bad-release"
    assert found.position is not None
    assert (found.position.line, found.position.column) == (2, 1)


@pytest.mark.parametrize("html", HARMLESS)
def test_words_links_and_data_are_no_finding(html: str) -> None:
    assert list(strange_text(html.encode(), "en.html", is_archived=False)) == []


def test_an_archived_text_may_read_as_it_read_then() -> None:
    html = "<p>a\u00adb \u0430pple.com</p>"
    assert list(strange_text(html.encode(), "en.html", is_archived=True)) == []
    assert [found.severity for found in doubtful(html, "en.html")] == [Severity.WARNING] * 2


def test_a_template_cant_bring_an_element_that_acts_into_a_release(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"templates/sections/purposes.html": "<iframe title='a'></iframe>"})
    done = run(site, "release")
    assert done.returncode == 1
    assert "error[bad-release]: a text holds words, and no element that acts: `<iframe" in done.stdout
    assert not (site / "content/music/releases").exists()


@pytest.mark.parametrize("facts", [b"[]", b"null", b'{"format": 99, "entries": 1}'])
def test_what_cant_be_compared_is_not_called_a_change_of_words(facts: bytes, tmp_path: Path) -> None:
    site = released_site(tmp_path, policy("recipients: none\n"))
    (folder,) = (site / "content/music/releases").iterdir()
    reseal(folder, {}, {"facts.json": facts})
    refused = run(site, "release")
    assert refused.returncode == 2
    assert "--material or --editorial" in refused.stderr
    assert run(site, "release", "--material").returncode == 0


def test_what_deceives_in_an_imported_text_is_told_once_and_kept(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    link = '<a href="https://other.example/">https://<b>music</b>.example</a>'
    (site / "old.html").write_text(f"<h1>Old</h1><p>{link} c&#x202e;d", encoding="utf-8")
    done = run(site, "release", "--import", "en=old.html")
    assert done.returncode == 0
    assert "warning[misleading-link]" in done.stdout
    assert "warning[hidden-character]" in done.stdout
    (text,) = (site / "content/music/releases").glob("*/en.html")
    assert "\u202e" in text.read_text("utf-8")
    assert link in text.read_text("utf-8")
    assert "hidden-character" not in run(site, "check").stdout
