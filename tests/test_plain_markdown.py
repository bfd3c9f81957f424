"""Texts that are read without a parser: which they are, and that they come out as from the parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.markdown import parser
from policygen.markdown.plain import to_html

_PLAIN = (
    "One line (of some) words - and more!\n", "Two.\n\nParagraphs: “e-mail”, a & b, 3.5 %.",
    "It's \"quoted\".", "A paragraph\nof lines,\n  one of them indented.",
    "**Strong** and *emphasised*, *again*.",
    "See [here](https://example.com/a_b?c=d#e), [there](#contact),\n[mail](mailto:a@b.example).",
    "`code_with*signs[` and\n`more`", "- one\n- **two**\n- [three](/en/)",
    "* one\n\n\nWords.\n\n1. first\n2. second\n", "We collect:\n\n- names of\n  some length\n- `ids`",
    "1. one\n- two", "- **a** & b",
)  # fmt: skip
_NOT_PLAIN = (
    "", " words", "words \nwords", "words  \nwords", "- a\n  - b", "- a\n\n- b", "- a\n\n1. b", "- a\n\n  b",
    "words\n- item", "- - a", "1. # a", "# a", "a\n---", "a\n===", "---", "> a", "a | b\n- | -", "[a]: b",
    "[a][b]", "[a]", "![a](/b)", "[a](b)", "[a](//b)", "[a](javascript:b)", "[a](/b 'c')", "[a](/b&c)",
    "[a](https://b@c.example)", "[www.a.example](https://b.example)", "[a@b.example](mailto:c@b.example)",
    "[*a*](/b)", "***a***", "**a*b***", "**a****b**", "*a**b*", "* a*", "*a *", "_a_", "__a__", "``a``",
    "`a``b`", "` a `", "`<b>`", "<b>", "<https://a.b>", "a < b", "a > b", "&amp;", "a&b", "\\*", "a\tb",
    "a\r\nb", "a\x02b", "    a", "- a\n\n    b",
)  # fmt: skip


@pytest.mark.parametrize("text", _PLAIN)
def test_paragraphs_flat_lists_links_and_emphasis_need_no_parser(text: str) -> None:
    assert (to_html(text), ()) == parser.read(text)


@pytest.mark.parametrize("text", _NOT_PLAIN)
def test_whatever_could_mean_something_else_is_left_to_the_parser(text: str) -> None:
    assert to_html(text) is None


_PIECES = (
    "word", "We", "é", "Đ", "12", "3.5", "don't", '"q"', "(see)", "—", "end.", "a & b", "no!", "1.", "a:b",
    "-", "=", "~", "\u00a0", "\u200b", "\u3000", "٣.", "**a**", "**a b**", "*a*", "*a - b*", "`code`",
    "`a_b*c*`", "`[x]`", "`1. a`", "`\\`", "[a](https://a.example/)", "[b](#data)", "[a b](/en/x_y_*z*)",
    "[c](mailto:a@b.example)", "[a@b.c](mailto:a@b.d)", "[www.a.b](https://c.d)", "[d](https://a.b/?q=1#f!)",
)  # fmt: skip
_BETWEEN = (
    *([" "] * 15), "\n", "\n\n", "\n\n", "\n\n\n", "\n  ", "\n- ", "\n- ", "\n* ", "\n1. ", "\n\n- ",
    "\n\n* ", "\n\n1. ", ", ", "(", "",
)  # fmt: skip
_SIGNS = (
    *"*_`[]()!<>&|\\#-+=~:;\"'{}.1 \n\t^$@%/?,", "  ", "    ", "  \n", "**", "***", "``", "---", "===", "- ",
    "1. ", "* ", "> ", "# ", "![", "](", "]: ", "[1]: x", "\n\n    ", "\n    - ", "\n  - ", "&amp;", "&#38;",
    "<b>", "<https://a.b>", "<a@b.c>", "\\*", "|-|", "\r", "\x00", "\x02", "\x03", "\x0b", "\x0c", "\x1f",
    "\x85", "\u2028", "\ufeff", "__", "[a]", "[a][b]", "\n- ", "\n1. ", "\n* ", "\n-", "\n=", "\n#", "\n>",
    "\n```\n", "klzzwxh:0000", "[a](//b)", "[a](b)", "[a](javascript:b)", "[a](/b;c)", "[a](/b 'c')",
    "[a](<https://a.b>)",
)  # fmt: skip
_PLAIN_TEXTS = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(_BETWEEN)), min_size=1, max_size=8
)
_MARKS = st.sampled_from(("", "", "- ", "* ", "2. "))
_SIGNS_AT = st.lists(st.tuples(st.integers(0, 50), st.sampled_from(_SIGNS)), max_size=1)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Plain texts, most of them with signs thrown in that may make them anything else."""
    text = draw(_MARKS) + "".join(map("".join, draw(_PLAIN_TEXTS))).rstrip(" ,(-")
    for at, sign in draw(_SIGNS_AT):
        text = text[:at] + sign + text[at:]
    return text


@given(texts())
@settings(max_examples=2000, deadline=None)
def test_what_needs_no_parser_comes_out_as_from_the_parser(text: str) -> None:
    html = to_html(text)
    if html is not None:
        assert (html, ()) == parser.read(text)
