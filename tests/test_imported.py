"""An old policy comes in as its reader saw it: its words and structure, and nothing that could act."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.diagnostics import Diagnostic, Place
from policygen.releases.imported import article
from tests.html_checker import html_findings
from tests.page_tree import Element, tree

INLINE = frozenset({"a", "b", "br", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup"})
PHRASES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "pre", *INLINE})
"""What holds words and nothing else."""
FLOW = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
)
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot"},
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"tr"})),
    "tr": {"td", "th"},
    **dict.fromkeys(("", "blockquote"), FLOW),
    **dict.fromkeys(("li", "dd", "td"), FLOW | INLINE),
    "th": {each for each in FLOW | INLINE if each[0] != "h" or each == "hr"},
    **dict.fromkeys(PHRASES, INLINE),
}
ATTRIBUTES = frozenset(
    {"href", "lang", "dir", "colspan", "rowspan", "scope", "start", "type", "reversed", "value"}
)
SCHEMES = ("https://", "http://", "mailto:", "tel:")


def imported(text: str, name: str = "old.html", title: str | None = None) -> str:
    found = article(text.encode(), name, title)
    assert isinstance(found, str), found
    return found


def assert_harmless(fragment: str) -> Element:
    """Everything in the fragment is allowed where it is; its tree."""
    root = tree(fragment)
    for element in root.walk():
        below = {child.tag for child in element.children if isinstance(child, Element)}
        assert below <= CHILDREN.get(element.tag, set()), f"<{element.tag}> has {below}: {fragment}"
        assert set(element.attributes) <= ATTRIBUTES
        assert element.tag != "a" or element.attributes["href"].lower().startswith(SCHEMES)
        assert not [each for each in element.find("a") if each is not element and element.tag == "a"]
    assert len(root.find("h1")) <= 1
    return root


CASES = [
    ("<p>We keep nothing.", "<p>We keep nothing.</p>"),
    ("bare  words\n<p>and more</p>tail", "<p>bare words</p>\n<p>and more</p>\n<p>tail</p>"),
    ("a &lt; b &amp;&copy; &#x80;&eacute", "<p>a &lt; b &amp;© €é</p>"),
    ("<b>1<i>2</b>3</i>", "<p><b>1<i>2</i></b><i>3</i></p>"),
    ("<b><p>x</b>y</p>", "<p><b>x</b>y</p>"),
    ("<p>a<div>b<p>c</div>d", "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>"),
    ("<p>a <br> b<br></p>", "<p>a<br>\nb</p>"),
    ("<P ALIGN=center><FONT SIZE=2>Big</FONT>", "<p>Big</p>"),
    ("<p>may <del>not</del> <ins>now</ins> <strike>x</strike></p>", "<p>may <s>not</s> now <s>x</s></p>"),
    ("<h1>A</h1><h1>B</h1><h4>C</h4><h2>D</h2>", "<h1>A</h1>\n<h2>B</h2>\n<h3>C</h3>\n<h2>D</h2>"),
    ("<h3>A</h3><h4>B</h4><h3>C</h3>", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>"),
    ("<h2><div>A</div></h2>", "<h2>A</h2>"),
    ("<h2>A<p>b", "<h2>A</h2>\n<p>b</p>"),
    ("<ul><li>a<li>b</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("<ul><li>a<ul><li>b</ul></ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    ("<ul><li>a</li><ul><li>b</ul></ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    ("<ul></ul><li>a<li>b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ('<ol type=a start=3><li><li value=9>x',
     '<ol start="3" type="a">\n<li></li>\n<li value="9">x</li>\n</ol>'),
    ("<dl><dt>a<dd>b<dd>c</dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>"),
    ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
    ("<dl><dd>a<dt>b</dl>", "<p>a</p>\n<p>b</p>"),
    ("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>"),
    ("<pre>\na\n  b < c\n</pre>", "<pre>a\n  b &lt; c</pre>"),
    ("<p>a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("<p lang=vi dir=RTL>a</p><div lang=EN-us><p>b</div>",
     '<p lang="vi" dir="rtl">a</p>\n<p lang="en-US">b</p>'),
    ("<p lang=xx-yy dir=up>a <span lang=fr>b</span></p>", '<p>a <span lang="fr">b</span></p>'),
    ('<a href="https://x.example/a?b=1&copy=2&amp;c">x</a>',
     '<p><a href="https://x.example/a?b=1&amp;copy=2&amp;c">x</a></p>'),
    ('<a href=" mailto:a@x.example "><b>x</b></a>', '<p><a href="mailto:a@x.example"><b>x</b></a></p>'),
    ('<a href="tel:+84 90">x</a>', '<p><a href="tel:+84%2090">x</a></p>'),
    ("<a href='https://x.example'><h2>x</h2></a>", '<h2><a href="https://x.example">x</a></h2>'),
    ("<a href=https://x.example>x<a href=https://y.example>y",
     '<p><a href="https://x.example">x</a><a href="https://y.example">y</a></p>'),
    ('<a href="#top">x</a> <a href="/y">y</a> <a name=z>z</a>', "<p>x y z</p>"),
    ('<p>an <img src=x alt="old"> logo<img src=y></p>', "<p>an old logo</p>"),
    ("<details><summary>More</summary>text</details>", "<p>More</p>\n<p>text</p>"),
    ("<p>ti\u1ebfng Vi\u1ec7t = tie\u0302\u0301ng Vie\u0323\u0302t</p>",
     "<p>ti\u1ebfng Vi\u1ec7t = ti\u1ebfng Vi\u1ec7t</p>"),
    ("<p>a\r\nb\u2028c\x0cd&#13;e\x01\x85\ufeff\uf0b7</p>", "<p>a b c d e •</p>"),
    ("<p>x&#0;&#99999999999;&#" + "9" * 5000 + ";</p>", "<p>x\ufffd\ufffd\ufffd</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_structure_stays_and_becomes_valid(source: str, expected: str) -> None:
    assert imported(source) == expected + "\n"
    assert imported(expected) == expected + "\n"


TABLES = [
    ("<table><tr><th scope=col>a<td>b</table>", '<tbody><tr><th scope="col">a</th><td>b</td></tr></tbody>'),
    ("<table><td>a<tr><td>b<td>c",
     "<tbody><tr><td>a</td><td></td></tr><tr><td>b</td><td>c</td></tr></tbody>"),
    ("<table><tfoot><tr><td>z<tbody><tr><td>b<thead><tr><th>a",
     "<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>z</td></tr></tfoot>"),
    ("<table><caption>t</caption><tr><td colspan=2>a<tr><td rowspan=9>b<td>c",
     '<caption>t</caption><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody>'),
    ("<table><tr><td colspan=2>a", "<tbody><tr><td>a</td></tr></tbody>"),
    ("<table><tr><td rowspan=2>a<td>b<tr><td colspan=2>c<tr><td>d<td>e<td>f",
     ('<tbody><tr><td rowspan="2">a</td><td>b</td><td></td></tr><tr><td colspan="2">c</td></tr>'
      "<tr><td>d</td><td>e</td><td>f</td></tr></tbody>")),
    ("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c",
     "<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></tbody>"),
    ("<table><tr><th><h2>a</h2><td><p>b<p>c",
     "<tbody><tr><th><p>a</p></th><td><p>b</p><p>c</p></td></tr></tbody>"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TABLES)
def test_tables_fit(source: str, expected: str) -> None:
    assert imported(source).replace("\n", "") == f"<table>{expected}</table>"


@pytest.mark.parametrize(
    "source",
    ["<table>out<tr>side<td>in</table>", "<table><tr><td>out<td>side</table>in", "<tr><td>out<td>side<td>in"],
)
def test_no_words_of_a_table_are_lost(source: str) -> None:
    text = assert_harmless(imported(source)).text()
    assert [word for word in ("out", "side", "in") if word not in text] == []


def test_a_table_of_holes_is_paragraphs() -> None:
    rows = "<tr>" + "<td>x" * 500 + "<tr><td>y" * 500
    assert imported(f"<table>{rows}</table>") == "<p>x</p>\n" * 500 + "<p>y</p>\n" * 500


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<title>no</title><header>no</header><main>yes</main><footer>no", "yes"),
        ("<body>no<div role=main><p>yes</div>no", "yes"),
        ("<body>no<article>yes</article>no", "yes"),
        ("<main hidden>no</main><main>yes</main>no", "yes"),
        ("<main></main><p>yes", "yes"),
        ("<p>all</p><article>of</article><article>it", "all of it"),
        ("<head><title>no</title><body>yes", "yes"),
    ],
)
def test_the_text_is_taken_from_where_it_stands(page: str, words: str) -> None:
    assert assert_harmless(imported(f"<!DOCTYPE html><html>{page}")).text() == words


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>no</script>", "<SCRIPT >if (a<b) '</p>' no</SCRIPT\n>", "<style>no</style>", "<!-- no -->",
        "<!-- <p>no --!>", "<!no>", "<?no?>", "</ no>", "<template><p>no</template>", "<title>no<b></title>",
        "<iframe>no</iframe>", "<noscript><p>no</noscript>", "<textarea>no<p></textarea>", "<input value=no>",
        "<select><option>no</select>", "<button>no<p>no</button>", "<svg><text>no</text></svg>", "<svg/>",
        "<object>no</object>", "<video><p>no</video>", "<p hidden>no</p>",
        "<div hidden><div>no</div>no</div>",
        "<span hidden>no <b>no</b></span>", '<p style="color:red;DISPLAY : none">no</p>',
        "<dialog>no</dialog>",
        "<img hidden alt=no>", "<ul hidden><li>no</ul>", "<table><tr hidden><td>no</table>",
        "<img src=no>",
        "<p>&nbsp;\u200b</p>", "<math><mi>no</mi></math>",
    ],
)  # fmt: skip
def test_what_no_reader_saw_is_left_out(unseen: str) -> None:
    assert imported(f"<p>yes</p>{unseen}<p>yes</p>") == "<p>yes</p>\n<p>yes</p>\n"
    assert "no" not in imported(f"<p>yes {unseen} yes</p>")


ATTACKS = [
    '<a href="javascript:CANARY">x</a>', '<a href="java\tscript:CANARY">x</a>',
    '<a href=" &#1;javascript:CANARY">x', '<a href="&#106;avascript&colon;CANARY">x</a>',
    "<a href=JaVaScRiPt:CANARY>x</a>", "<a href=vbscript:CANARY>x",
    '<a href="data:text/html,<script>CANARY</script>">x</a>', '<a href="//CANARY.example">x</a>',
    '<a href="https:CANARY">x</a>', '<a href="https://a@CANARY.example">x</a>',
    '<a href="\\\\CANARY.example">x</a>', "<img src=x onerror=CANARY>x", "<svg onload=CANARY>x</svg>x",
    "<p onclick='CANARY' style='CANARY'>x", "<scr<script>ipt>CANARY</script>x",
    "<script/src=CANARY></script>x", "<script><!--<script>CANARY</script>x",
    "<svg><style><img src=x onerror=CANARY></style></svg>x",
    "<math><mtext><style><img onerror=CANARY></style></math>x",
    '<noscript><p title="</noscript><img src=x onerror=CANARY>">x', "<iframe srcdoc=CANARY></iframe>x",
    "<form action=javascript:CANARY><input autofocus onfocus=CANARY>x", "<base href=//CANARY>x",
    "<b class=CANARY>x", "<meta http-equiv=refresh content='0;CANARY'>x", "<link rel=import href=CANARY>x",
    "<a href='x' id=CANARY>x", '<p lang="vi&quot; onclick=&quot;CANARY">x',
    "<a href='https://x.example/\"onclick=\"CANARY()'>x</a>",
    "<a href='https://x.example/&#39;&quot;><script>CANARY'>x", '<td colspan="2 onclick=CANARY">x',
    "<a target=CANARY ping=CANARY href=https://x.example>x", '<img alt="<script>CANARY</script>">x',
    "&lt;script>CANARY&lt;/script>", "<<script>CANARY//<</script>x", "<p/onclick=CANARY/>x",
    "<p\0onclick=CANARY>x", "<!--><script>CANARY</script>-->x", "<!--->x<img onerror=CANARY>",
    "<xmp><img onerror=CANARY></xmp>x", "<ol type=CANARY start=CANARY><li value=CANARY>x",
    "<table background=CANARY><td background=CANARY>x",
]  # fmt: skip


@pytest.mark.parametrize("name", ["old.html", "old.md"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_could_act_comes_through(attack: str, name: str) -> None:
    root = assert_harmless(imported(f"{attack}\n\nend", name))
    for element in root.walk():
        for value in element.attributes.values():
            assert "CANARY" not in value or value.startswith("https://x.example/")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_plain_text_is_only_ever_text(attack: str) -> None:
    assert {element.tag for element in assert_harmless(imported(attack, "old.txt")).walk()} <= {"", "p", "br"}


# --- other kinds of files, and files that can't be read


def test_markdown_keeps_its_headings_and_loses_the_power_of_its_html() -> None:
    source = (
        "# Policy\n\nWe <b>keep</b> *it*.<br>Or<script>not</script>.\n\n"
        "## Who\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    table = "<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"
    text = "<h1>Policy</h1><p>We <b>keep</b> <em>it</em>.<br>Or.</p><h2>Who</h2>"
    for name in ("old.md", "OLD.Markdown"):
        assert imported(source, name).replace("\n", "") == f"{text}<table>{table}</table>"


def test_a_plain_text_is_paragraphs_and_lines() -> None:
    source = "\ufeffPolicy\r\n\r\n \r\n a <b> & c \r\nline\r\n\r\n\r\nChính sách\r\n"
    expected = "<p>Policy</p>\n<p>a &lt;b&gt; &amp; c<br>\nline</p>\n<p>Chính sách</p>\n"
    assert imported(source, "old.txt") == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<p>x", "a.html", "<h1>Old &lt;1&gt;</h1>\n<p>x</p>\n"),
        ("<p>x<h1>Own</h1>", "a.htm", "<p>x</p>\n<h1>Own</h1>\n"),
        ("x", "a.txt", "<h1>Old &lt;1&gt;</h1>\n<p>x</p>\n"),
    ],
)
def test_a_text_without_a_title_is_given_one(text: str, name: str, expected: str) -> None:
    assert imported(text, name, "Old <1>") == expected


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"caf\xe9", "a.html", "byte 0xe9 is not UTF-8 here"),
        ("x".encode("utf-16"), "a.html", "the file is UTF-16, not UTF-8"),
        (b"x" * 2_100_000, "a.txt", "the file has 2,100,000 bytes, more than the 2,097,152 allowed"),
        (b"x", "a.docx", "can't tell what `a.docx` is written in"),
        (b"x", "html", "can't tell what `html` is written in"),
        (b"", "a.txt", "there is no text in it"),
        (b" \n&nbsp;<hr><script>x</script><p></p><table><td></table><ul><li></ul>", "a.html",
         "there is no text in it"),
        (b"<!-- x -->", "a.md", "there is no text in it"),
    ],
)  # fmt: skip
def test_a_file_without_a_text_is_a_finding(content: bytes, name: str, message: str) -> None:
    finding = article(content, name)
    assert isinstance(finding, Diagnostic)
    assert (finding.code, finding.message, finding.place) == ("bad-import", message, Place(name))
    assert finding.help


def test_the_finding_of_a_wrong_byte_has_its_place() -> None:
    finding = article("dòng 1\nđ".encode() + b"\xe9", "a.txt")
    assert isinstance(finding, Diagnostic)
    assert finding.position is not None
    assert (finding.position.line, finding.position.column) == (2, 2)


# --- any file

TAGS = sorted(
    {"span", "del", "font", "label", "div", "section", "br", "center", "nav", "figure", "header"}
    | PHRASES
    | set().union(*CHILDREN.values())
)
ADDED = (
    "", " lang=vi", " lang=en-UK", " lang='x", ' dir="rtl"', " colspan=2", " rowspan=3", " type=i start=-2",
    " value=4",
    " href='https://x.example/ă?a&copy=1#b c%'", " href=https://a..b", ' href="mailto:a b@x.example"',
    " scope=row",
)  # fmt: skip
START = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ADDED[:3] + ADDED[4:]))
PIECES = st.one_of(START, st.builds("</{}>".format, st.sampled_from(TAGS)), st.just(" word "), st.just("\n"))


@given(st.binary(), st.sampled_from(["a.html", "a.md", "a.txt", "a"]))
def test_any_bytes_are_a_text_or_a_finding(content: bytes, name: str) -> None:
    found = article(content, name)
    if isinstance(found, str):
        assert_harmless(found)


@given(
    st.text(st.sampled_from("<>/!-=\"' &#;xp[]()`*_>|:\n\t0189ă\u0301\u200f\0")),
    st.sampled_from(["html", "md"]),
)
def test_any_broken_markup_is_read(text: str, kind: str) -> None:
    found = article(text.encode(), f"a.{kind}")
    if isinstance(found, str):
        assert_harmless(found)


@given(st.lists(PIECES, max_size=40))
def test_any_nesting_becomes_valid_without_losing_a_word(pieces: list[str]) -> None:
    fragment = imported("".join(["<p>word </p>", *pieces]))
    words = assert_harmless(fragment).text().split()
    assert words == ["word"] * (1 + pieces.count(" word "))
    assert imported(fragment) == fragment


def soups(number: int) -> Iterator[str]:
    dice = random.Random(number)  # noqa: S311  # nobody guesses these
    for _ in range(number):
        parts = [f"<{dice.choice(TAGS)}{dice.choice(ADDED)}>" for _ in range(dice.randint(3, 60))]
        ends = [dice.choice((f"</{dice.choice(TAGS)}>", "word ", "tiê\u0301ng\n", "&nbsp;")) for _ in parts]
        yield "".join(part for pair in zip(parts, ends, strict=True) for part in pair)


def test_the_checker_has_nothing_to_say_of_any_fragment(tmp_path: Path) -> None:
    sources = [*soups(400), *(source for source, _ in (*CASES, *TABLES)), *ATTACKS]
    for number, source in enumerate(sources):
        page = (
            '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cũ</title></head><body><main>'
        )
        text = article(f"<p>x</p>{source}".encode(), "old.html", "Cũ")
        (tmp_path / f"{number}.html").write_text(f"{page}{text}</main></body></html>", encoding="utf-8")
    assert html_findings(tmp_path) == []


@pytest.mark.parametrize(
    "part",
    [
        "<!--", "<a ", '<a b="', "<p>", "<b>x", "<div>", "<ul><li>x", "<table><tr><td>x",
        "<td rowspan=99>x<tr>",
        "<dl><dd>x<dl><dt>y", "<svg>", "</b>", "&#9999999999", "<h1>x", "<![CDATA[", "<script>", "<a b = ",
        "<a href=https://x.example/%>x", "\u0301\u0316", "<th><table><h1>x", "<main>x", "<p hidden>x", "<br>",
        "</",
    ],
)  # fmt: skip
def test_reading_takes_no_longer_than_the_text_is_long(part: str) -> None:
    # What takes the square of the time takes minutes for this.
    began = time.monotonic()
    article(b"<p>x</p>" + part.encode() * (200_000 // len(part.encode())), "old.html")
    assert time.monotonic() - began < 10


def test_a_text_that_no_parser_reads_in_time_is_refused_unread() -> None:
    finding = article(b"[" * 200_000, "old.md")
    assert isinstance(finding, Diagnostic)
    assert finding.message == "this text of 200,000 characters would take too long to read"
    assert isinstance(article(b"<p>" + b"[" * 2_000, "old.html"), str)
