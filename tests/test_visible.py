"""What counts as a text: the words a reader gets, and nothing of the markup that carries them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.releases.visible import Block, blocks, same

LINK = '<a href="https://example.org/">'
WORDS = st.lists(st.sampled_from(("We", "keep", "e-mail", "địa chỉ", "<b>", "&amp;", "12.5")), min_size=1)
KINDS = st.sampled_from(("h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td", "figcaption", "summary"))
TEXTS = st.lists(st.tuples(KINDS, WORDS), max_size=6)
HOSTILE = (
    "<", ">", "<!", "<!--", "-->", "<![", "<![CDATA[", "<?", "&#", "&", "<a ", "<a b='", '<a "', "</a ", "</",
    "<div>", "</div>", "<li>", "<p><a href=x>", "</p>", "<nav>", "<pre>", "<title>", "<script>", "</script",
    "<img alt=x>", "<svg><text>", "/>", "'>", "x", "\n",
)  # fmt: skip


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        ("<p></p> <p> \n</p>", []),
        ("bare", ["p bare"]),
        ("<a href=x>open", ["p open (x)"]),
        ("<h2>One</h2><p>Two\n  three</p>", ["h2 One", "p Two three"]),
        ("<li>User ID <ul><li>Sensitive</li></ul>\n</li>", ["li User ID", "li Sensitive"]),
        ("<li>Terms<p>Note.</p>more</li>", ["li Terms", "p Note.", "li more"]),
        ("<ul><li>One<li>Two</ul>Three", ["li One", "li Two", "p Three"]),
        ("<tr><th>A</th><td><div>B</div></td></tr>", ["th A", "td B"]),
        ("<p>a<b>b</b>c <bdi>d</bdi>e</p>", ["p abc de"]),
        ("<p>a<br>b<br/>c<wbr>d<!-- e -->f</p>", ["p a b cdf"]),
        ("<p>a&nbsp;b &lt;i&gt; &amp;amp; &#65;</p>", ["p a b <i> &amp; A"]),
        ("<p>o\u0302</p>", ["p ô"]),
        ("<pre>\n one\n   two  \n\nthree<br>four</pre>", ["pre  one", "pre    two", "pre three", "pre four"]),
        ('<p>Why<span class="visually-hidden">: this</span></p>', ["p Why: this"]),
        ("<nav><h2>Contents</h2><nav>a</nav><p>b</p></nav><p>c</p>", ["p c"]),
        ('<h2>One</h2><a class="x anchor" href="/y" aria-label="Link">#</a>', ["h2 One"]),
        ("<p>a</p><script>b</script><style>c</style><template>d</template>", ["p a"]),
        (
            "<svg><text>One<tspan x='1'>more</tspan></text><text>Two</text></svg>",
            ["text One more", "text Two"],
        ),
        ("<svg><title>A</title><desc>B</desc></svg>", ["alternative A", "alternative B"]),
        ("<p>See <img alt='the  map' src=x> here</p><p>b</p>", ["p See here", "alternative the map", "p b"]),
        ("<img alt=''><p aria-labelledby=x title=y>a</p>", ["p a"]),
        ('<section aria-label="Data"><p>a</p></section>', ["alternative Data", "p a"]),
        ("a<!-- b <!-- c --> d --> e<!-- f", ["p a d --> e"]),
        ("a<![if x]>b<!doctype html>c<![%>d<?e?>f", ["p abcdf"]),
        (f"a &#{'9' * 5000}; b", ["p a \ufffd b"]),
    ],
)
def test_a_text_is_read_in_blocks(html: str, found: list[str]) -> None:
    assert [f"{block.kind} {block.text}" for block in blocks(html)] == found


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"See {LINK}their policy</a>.", "See their policy (https://example.org/)."),
        (f"{LINK}https://example.org</a>", "https://example.org"),
        (f"{LINK}a</a>{LINK}b</a>", "a (https://example.org/)b (https://example.org/)"),
        (f"{LINK}a {LINK}b</a>", "a (https://example.org/)b (https://example.org/)"),
        ('<a href="mailto:a@example.org"><bdi>a@example.org</bdi></a>', "a@example.org"),
        ('<a href="mailto:a@example.org">Write</a>', "Write (mailto:a@example.org)"),
        ('<a href="tel:+84281234">+84 (28) 12.34</a>', "+84 (28) 12.34"),
        ('<a href="tel:+84281234">+84 28 9999</a>', "+84 28 9999 (tel:+84281234)"),
        ('<a href="../terms/">Terms</a>', "Terms (../terms/)"),
        ('<a href="#data">More</a>', "More"),
        ("<a>plain</a>", "plain"),
    ],
)
def test_where_a_link_leads_is_text_unless_it_says_so_itself(html: str, text: str) -> None:
    assert texts(f"<p>{html}</p>") == [text]


def test_texts_that_read_the_same_are_the_same() -> None:
    assert same("<h2>One</h2>\n<p class='x'>Two</p>", "<h3>One</h3><ul><li>Two</li></ul>")
    assert not same("<p>One</p><p>Two</p>", "<p>One Two</p>")
    assert not same('<p><a href="/a">One</a></p>', '<p><a href="/b">One</a></p>')
    assert not same('<p><img alt="One"></p>', '<p><img alt="Two"></p>')


def escaped(word: str) -> str:
    return word.replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def dressed(draw: st.DrawFn, text: list[tuple[str, list[str]]]) -> str:
    """The text in some markup or other that a reader sees nothing of."""
    space = st.sampled_from(("", " ", "\n\t", "<!-- a comment -->"))
    attribute = st.sampled_from(('class="card x"', "id='y'", "lang=en", 'dir="auto"', "hidden", "title='no'"))
    attributes = st.lists(attribute, unique=True, max_size=3).map(lambda some: "".join(f" {a}" for a in some))
    html = ""
    for kind, words in text:
        inner = [escaped(word) for word in words]
        for at, word in enumerate(inner):
            tag = draw(st.sampled_from((None, "span", "b", "bdi")))
            inner[at] = f"<{tag}{draw(attributes)}>{word}</{tag}>" if tag else word
        block = f"<{kind}{draw(attributes)}>{draw(space)}{' '.join(inner)}{draw(space)}</{kind}>"
        wrapper = draw(st.sampled_from((None, "div", "section", "article")))
        html += f"<{wrapper}{draw(attributes)}>{block}</{wrapper}>" if wrapper else block
        html += draw(space)
    return html


@given(st.data(), TEXTS)
def test_no_other_markup_has_any_influence(data: st.DataObject, text: list[tuple[str, list[str]]]) -> None:
    expected = tuple(Block(kind, " ".join(words)) for kind, words in text)
    html = data.draw(dressed(text))
    assert blocks(html) == expected
    assert same(html, data.draw(dressed(text)))


@given(st.text() | st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))
def test_any_text_at_all_is_read(html: str) -> None:
    found = blocks(html)
    assert all(block.text.strip() for block in found)
    assert same(html, html + "<!-- -->")


@pytest.mark.parametrize("end", ["", ">", "-->"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_another(piece: str, end: str) -> None:
    html = piece * (60_000 // len(piece)) + end * 5_000
    start = time.process_time()
    blocks(html)
    assert time.process_time() - start < 1  # 0.05 s; reading to the end again for each piece took up to 100 s
