"""The Nu HTML checker has nothing to say about any page: no error, no warning, no note.

The one message that is set aside, and why, stands in tests/html_checker.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.html_checker import html_findings
from tests.site_under_test import Build


def test_the_whole_site_is_valid_html(any_site: Build) -> None:
    assert html_findings(any_site.root) == []


def test_the_checker_notices_bad_html_css_and_security_policy(tmp_path: Path) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg'><blob/></svg>"
    (tmp_path / "bad.svg").write_text(picture, encoding="utf-8")
    (tmp_path / "bad.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bad</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        "<style>p { colour: red }</style><script>var unruly</script></head>"
        "<body><ul><p>not an item</p></ul></body></html>",
        encoding="utf-8",
    )
    findings = "\n".join(html_findings(tmp_path))
    assert "“colour”" in findings
    assert "“blob”" in findings
    assert "Element “p” not allowed" in findings
    assert "Inline style violates" in findings
    assert "Inline script violates" in findings
