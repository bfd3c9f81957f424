"""Authors' Markdown: what it may hold comes out as HTML, and nothing else does."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.markdown import parser, problems, to_html

_TEXT = (
    "p",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "hr",
    "br",
    "span",
)
_TAGS = frozenset((*_TEXT, "table", "thead", "tbody", "tr", "th", "td"))
_ATTRIBUTES = frozenset({"href", "title", "start"})
_SCHEMES = ("https:", "http:", "mailto:", "tel:", "#", "/", "data-protection", "policy")


class _Seen(HTMLParser):
    """Every tag and every attribute of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.tags.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.tags.append(f"<?{data}>")


def links(text: str) -> list[str]:
    return [value for name, value in _Seen(to_html(text)).attributes if name == "href"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("We keep nothing.", "<p>We keep nothing.</p>"),
        ("*We* keep **nothing**.", "<p><em>We</em> keep <strong>nothing</strong>.</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("# Coins", "<h3>Coins</h3>"),
        ("### Coins", "<h4>Coins</h4>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("first\n\nsecond", "<p>first</p>\n<p>second</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html
    assert problems(text) == ()


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/a?b=c&d=e", "http://example.com", "mailto:privacy@example.com", "tel:+84281234",
        "#delete-account", "/en/music/", "policy.html", "HTTPS://EXAMPLE.COM",
    ],
)  # fmt: skip
def test_a_link_may_lead_to_the_web_to_mail_to_a_phone_and_inside_the_site(target: str) -> None:
    assert links(f"[here]({target})") == [target]
    assert problems(f"[here]({target})") == ()


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "[x](JavaScript:alert(1))", "[x]( javascript:alert(1))",
        "[x](<javascript:alert(1)>)", "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript:alert(1))",
        "[x](java\tscript:alert(1))", "[x](<java\nscript:alert(1)>)", "[x](javascript&colon;alert(1))",
        "[x](java&Tab;script:alert(1))", "[x](java&NewLine;script:alert(1))", "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](file:///etc/passwd)", "[x](ftp://example.com)",
        "[x](blob:https://example.com/1)", "[x](//evil.example/)", "[x][1]\n\n[1]: javascript:alert(1)",
        "[javascript:alert(1)]\n\n[javascript:alert(1)]: javascript:alert(1)", "<ftp://example.com>",
        "[x](\u200bjavascript:alert(1))", "[x](java\u00adscript\u200b:alert(1))",
        "[x](\u2028javascript:alert(1))",
        "[x](view-source:https://example.com)", "*[x](javascript:alert(1))*", "- [x](javascript:alert(1))",
        "> [x](javascript:alert(1))", "# [x](javascript:alert(1))",
        "| a |\n|---|\n| [x](javascript:alert(1)) |",
        "[**x**](javascript:alert(1))", "[x](javascript:alert(1) 'title')", "[x](x:y)",
        "[x](https:evil.example)", "[x](https:/evil.example)", "[x](https://)", "[x](https://a@evil.example/)",
        "[x](https://a.example\\\\@evil.example/)", "[x](https://%65vil.example)", "[x](https://[::1]/)",
    ],
)  # fmt: skip
def test_a_link_that_leads_anywhere_else_is_reported_and_is_no_link(text: str) -> None:
    assert links(text) == []
    assert {problem.code for problem in problems(text)} <= {"markdown-link", "markdown-html"}
    assert problems(text) != () or "javascript" not in to_html(text).partition("href")[2]


@pytest.mark.parametrize(
    "text",
    [
        "[https://a.example](https://b.example)", "[www.a.example/x](https://b.example/www.a.example)",
        "[Go to HTTPS://A.EXAMPLE, now](https://b.example)", "[https://a.example](/en/)",
        "[www.a.example](#a)",
        "[https://ba.example](https://a.example)", "[**https://a.example**](https://b.example)",
        "[https&colon;//a&#46;example](https://b.example)", "[`https://a.example`](https://b.example)",
        "[\\*www.a.example][1]\n\n[1]: https://b.example", "[www.a.example](mailto:x@a.example)",
        "[x@a.example](mailto:y@a.example)",
        "[write to x&#64;a.example](mailto:x@b.example?subject=x@a.example)",
        "[+84 28 1234 5678](tel:+1900555666)", "[1900 1234](tel:1900-1235)", "[(028) 1234567](tel:)",
        "[x@a.example](mailto:x@a.example?cc=y@b.example)",
        "[x@a.example](mailto:x@a.example?BCC=y%40b.example)",
    ],
)  # fmt: skip
def test_a_link_whose_words_name_another_address_is_reported_and_is_no_link(text: str) -> None:
    assert links(text) == []
    assert [problem.code for problem in problems(text)] == ["misleading-link"]


@pytest.mark.parametrize(
    "text",
    [
        "[https://bücher.example](https://xn--bcher-kva.example)",
        "[https://xn--bcher-kva.example](https://bücher.example/)",
        "[x@a.example, y@a.example](mailto:x@a.example,y@a.example)", "[x@a.example](mailto:x%40a.example)",
        "[x](mailto:x@a.example?cc=y@a.example)",
        "[+84 28 1234 5678](tel:+842812345678)", "[028 1234 5678](tel:+84-28-1234-5678)",
        "[+84 (0)28 1234 5678](tel:+842812345678)", "[0084 28 12345678](tel:028-1234-5678;ext=9)",
        "[Call 1900 1234](tel:1)", "[24/7](tel:19001234)", "[2026](tel:19001234)",
        "[https://a.example](https://a.example/)", "[www.a.example, or help](https://help.a.example)",
        "[https://help.a.example/x](HTTPS://A.EXAMPLE)", "[Booking.com](https://b.example)",
        "<https://a.example/b>",
        "[x@a.example](mailto:X@A.example?subject=x)", "[x@a.example](https://a.example/contact)",
        "<x@a.example>",
        "[www.](https://a.example)", f"[{'x' * 100_000}](mailto:x@a.example)",
    ],
)  # fmt: skip
def test_a_link_may_name_the_site_or_the_mailbox_it_leads_to(text: str) -> None:
    assert len(links(text)) == 1
    assert problems(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<b>bold</b>", "<br>", "<br/>", "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>", "<!-- hidden -->", "<!DOCTYPE html>", "<?php echo 1 ?>",
        "text <iframe src='https://example.com'></iframe> text", "<a href='javascript:alert(1)'>x</a>",
        "<div>\n\n# Heading\n\n</div>", "**<u>x</u>**", "</p>", "<details open>", "<style>p{}</style>",
        "<ScRiPt>alert(1)</sCrIpT>", "<custom-element>", "| a |\n|---|\n| <b>x</b> |", "- <b>x</b>",
    ],
)  # fmt: skip
def test_raw_html_is_reported_and_comes_out_as_its_characters(text: str) -> None:
    assert {problem.code for problem in problems(text)} == {"markdown-html"}
    assert set(_Seen(to_html(text)).tags) <= _TAGS


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.com/x.png)", "![x][1]\n\n[1]: https://example.com/x.png", "[![x](y.png)](https://z.example)",
        "![javascript](javascript:alert(1))", "![](data:image/png;base64,AAAA)",
    ],
)  # fmt: skip
def test_an_image_is_reported_and_leaves_its_words(text: str) -> None:
    assert "markdown-image" in {problem.code for problem in problems(text)}
    assert "img" not in _Seen(to_html(text)).tags


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d", "1 <2> 3", "write to <privacy@example.com>", "see <https://example.com>", "5 < 6",
        "`<script>`", "``a ` <b>``", "AT&T", "&lt;b&gt;", "\\<b\\>",
    ],
)  # fmt: skip
def test_what_only_looks_like_html_is_left_alone(text: str) -> None:
    assert problems(text) == ()
    assert set(_Seen(to_html(text)).tags) <= _TAGS


def test_a_column_s_alignment_needs_no_style() -> None:
    assert "style" not in to_html("| a |\n|:-:|\n| b |")


@pytest.mark.parametrize("text", ["[" * 500, "*" * 3000 + "x", "![" * 300, "`" * 3001, "- " * 10 + "x"])
def test_many_signs_are_read(text: str) -> None:
    assert set(_Seen(to_html(text)).tags) <= _TAGS
    assert problems(text) == ()


@pytest.mark.parametrize("text", ["- " * 20 + "x", "- " * 5000 + "x", ">" * 3000 + " x", "> - " * 15 + "x"])
def test_nesting_that_no_reader_follows_is_reported(text: str) -> None:
    assert "markdown-nesting" in {problem.code for problem in problems(text)}


_PIECES = st.sampled_from(
    ["[", "]", "(", ")", "<", ">", "!", "*", "_", "`", "\n", "    ", "javascript:", "x", "&#106;", '"', "'",
     "&", "|", "\\", "# ", "- ", "1. ", "onerror=", "<b>", "</b>", "<!--", "-->",
     "[1]: ", "://", "\n\n", "\t", "https:", ":"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_nothing_but_plain_text_and_safe_links_ever_comes_out(text: str) -> None:
    seen = _Seen(to_html(text))
    assert set(seen.tags) <= _TAGS
    assert {name for name, _ in seen.attributes} <= _ATTRIBUTES
    for name, value in seen.attributes:
        if name == "href":
            assert (
                "javascript:" not in "".join(value.lower().split())
                or value.startswith(_SCHEMES)
                or "/" in value
            )


def test_a_text_that_is_nested_too_deep_changes_nothing_for_the_next_one() -> None:
    deep = "\n".join("    " * depth + "- x" for depth in range(300))
    assert [problem.code for problem in problems(deep)] == ["markdown-nesting"]
    assert not parser._reader()[0].parser.state


_SLOW = (
    "[", "![", "[a](", "[[]", "\\][", "`a`[", "#\n", "-\n", "=\n", "\n# a", "a\n---\n", "+\t",
)  # fmt: skip
"""Repeated to a hundred kilobytes, each takes the parser more than two seconds."""


@pytest.mark.parametrize("piece", _SLOW)
def test_a_text_that_no_parser_reads_in_time_is_refused_unread(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = piece * (100_000 // len(piece))
    monkeypatch.setattr(parser, "read", None)
    message = f"this text of {len(text):,} characters would take too long to read"
    assert [problem.message for problem in problems(text)] == [message]
    assert set(_Seen(to_html(text)).tags) == set()


@pytest.mark.parametrize("piece", [*_SLOW, "[a](https://a.example) ", "| a | b |\n", "**a** _b_ `c`\n\n"])
def test_a_text_of_many_signs_is_read_if_that_takes_no_time(piece: str) -> None:
    text = piece * (1_200 // len(piece))
    assert "take too long" not in "".join(problem.message for problem in problems(text))


def test_a_whole_policy_in_one_text_is_read() -> None:
    part = "## Heading\n\nWords of [a policy](https://a.example/)\nthat go on for **some** lines.\n\n"
    items = "- an item & more\n" * 40
    assert not problems(f"{part}{items}\n" * 150)


@pytest.mark.parametrize(
    "text", ["<!--" * 200, "<!-- a" + "\n\n<!--" * 200, "`" * 200 + "<b>", "``a` <b>" * 20]
)
def test_tags_are_found_among_many_signs(text: str) -> None:
    assert {problem.code for problem in problems(text)} <= {"markdown-html"}
