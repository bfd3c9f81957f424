"""What `policygen.source` reads, where it says things stand, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.diagnostics import ENOUGH, Diagnostic, Position, Route
from policygen.source import SIZE_LIMIT, Data, deceptive, decode, locate, parse
from policygen.source.brackets import Unusual
from policygen.source.parsers import PARSERS, ParserType
from policygen.source.plain import read_plain
from policygen.source.walker import ALIAS_BUDGET, DEPTH_LIMIT, EVENT_LIMIT
from tests.site_under_test import CHECKOUT

WAYS: tuple[ParserType | None, ...] = (None, *PARSERS)
"""In which a text can be read: without a parser, if it is plain enough, or by one of them."""

each_parser = pytest.mark.parametrize("parser", WAYS, ids=lambda way: way.__name__ if way else "plain")

SCALARS: list[tuple[str, Data]] = [
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False), ("tRUE", "tRUE"),
    ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None), ("nUll", "nUll"),
    ("no", "no"), ("No", "No"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"),
    ("0", 0), ("-0", 0), ("12", 12), ("+12", 12), ("-7", -7), ("0x1F", 31), ("0o17", 15), ("-0x1F", "-0x1F"),
    ("012", "012"), ("00", "00"), ("-012", "-012"), ("012.5", "012.5"), ("0b1", "0b1"), ("0777", "0777"),
    ("1_000", "1_000"), ("1:30", "1:30"), ("1,5", "1,5"), ("2023-04-30", "2023-04-30"), ("1.2.3", "1.2.3"),
    ("1.5", 1.5), ("-1.5", -1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("1.5E-2", 0.015), ("1e", "1e"),
    (".", "."), ("+", "+"), ("-", [None]), ("e5", "e5"), ("+.", "+."), ("0.0", 0.0),
    (".inf", ".inf"), ("-.INF", "-.INF"), (".nan", ".nan"), ("1e400", "1e400"), ("nan", "nan"),
    ("9" * 18, int("9" * 18)), ("9" * 19, "9" * 19), ("9" * 9000, "9" * 9000),
    ("1." + "0" * 39, "1." + "0" * 39), ("0x" + "f" * 15, 0xFFFFFFFFFFFFFFF),
    ("0x" + "f" * 16, "0x" + "f" * 16),
    ("٣", "٣"), ("<<", "<<"), ("=", "="), ("thông tin", "thông tin"), ("a#b", "a#b"), ("a # b", "a"),
    ('"no"', "no"), ("'12'", "12"), ('"true"', "true"), ("''", ""), ('"\\u00e9\\n"', "é\n"),
    ("'it''s'", "it's"),
    ("!!str 12", "12"), ("!!str", ""), ("! 12", "12"), ("!!int '12'", 12), ("!!float 1", 1.0),
    ("!!null ''", None),
    ("!!bool 'true'", True), ("!!seq [1]", [1]), ("!!map {a: 1}", {"a": 1}),
    ("!<tag:yaml.org,2002:str> 1", "1"),
    ("|\n  a\n   b\n", "a\n b\n"), (">-\n  a\n  b\n", "a b"), ("a\n  b", "a b"),
    ("[https://example.org/?a=b, c:d]", ["https://example.org/?a=b", "c:d"]),
    ("{a: , b}", {"a": None, "b": None}),
    ("[?x, ? y]", ["?x", {"y": None}]), ("{?x: 1}", {"?x": 1}), ("?x", "?x"),
    ("[a: b]", [{"a": "b"}]), ("&x 1", 1),
]  # fmt: skip


@each_parser
@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_a_value_is_read_by_the_yaml_1_2_core_schema(
    text: str, value: Data, parser: ParserType | None
) -> None:
    data, findings = parse(f"key: {text}" if text != "-" else "key:\n-", "p.yaml", parser)
    # repr() tells 1 from True and 1.0.
    assert (repr(data), findings) == (repr({"key": value}), ())


@each_parser
def test_a_key_is_its_literal_text(parser: ParserType | None) -> None:
    text = "no: a\n1: b\n1.0: c\ntrue: d\n012: e\n<<: {f: g}\n? long\n: h\n'null': i\n\"\": j\n"
    keys = ["no", "1", "1.0", "true", "012", "<<", "long", "null", ""]
    data, findings = parse(text, "p.yaml", parser)
    assert isinstance(data, dict)
    assert (list(data), data["<<"], findings) == (keys, {"f": "g"}, ())


@each_parser
@pytest.mark.parametrize(
    "text", ["", "\n", "# a comment", "  \n\n# x\n", "\r\n", "%YAML 1.2\n---\n", "---", "~"]
)
def test_a_file_without_content_is_none_without_findings(text: str, parser: ParserType | None) -> None:
    assert parse(text, "p.yaml", parser) == (None, ())


REFUSED: list[tuple[str, str, int, int, str]] = [
    ("a:\n\tb: 1", "yaml-syntax", 2, 1, "a tab stands where only spaces may"),
    ("a: 1\t# one", "yaml-syntax", 1, 5, "a tab stands where only spaces may"),
    ("name: @acme", "yaml-syntax", 1, 7, "a value cannot begin with `@`"),
    ("rate: %5", "yaml-syntax", 1, 7, "a value cannot begin with `%`"),
    ("a: `x`", "yaml-syntax", 1, 4, "a value cannot begin with ```"),
    ("a: ]", "yaml-syntax", 1, 4, "a value cannot begin with `]`"),
    ("a: [x, |]", "yaml-syntax", 1, 8, "a value cannot begin with `|`"),
    ("a: Privacy: the policy", "yaml-syntax", 1, 11, "`: ` stands in a value without quotes"),
    ("a: 1\n  b: 2", "yaml-syntax", 2, 4, "a key is indented deeper than the line above allows"),
    ("a: - b", "yaml-syntax", 1, 4, "a list cannot begin on this line"),
    ("a: 1\nlost\nb: 2", "yaml-syntax", 2, 1, "a `:` is missing after this key"),
    ("a: 1\nb: 'open\nc: 2\n", "yaml-syntax", 2, 4, "this quote is never closed"),
    ('a: "open\n---\n', "yaml-syntax", 1, 4, "this quote is never closed"),
    ('a: "x" y', "yaml-syntax", 1, 8, "text follows a closing quote"),
    ('a: "one\nb: "two"', "yaml-syntax", 2, 5, "text follows a closing quote"),
    (r'a: "C:\dir"', "yaml-syntax", 1, 7, "this escape does not exist"),
    (r'a: "\U00110000"', "yaml-syntax", 1, 4, "an escape in these quotes stands for no character"),
    (r'a: "\ud800"', "yaml-syntax", 1, 4, "an escape in these quotes stands for no character"),
    (r'a: "\xZZ"', "yaml-syntax", 1, 4, "an escape in these quotes stands for no character"),
    ("a: **bold**", "yaml-syntax", 1, 4, "`*` begins the name of an alias, and none follows"),
    ("a: &b:c d", "yaml-syntax", 1, 4, "`&` begins the name of an anchor, and none follows"),
    ("a: & co", "yaml-syntax", 1, 4, "`&` begins the name of an anchor, and none follows"),
    ("a: *bold", "yaml-syntax", 1, 4, "`*bold` refers to `&bold`, which is nowhere above"),
    ("a: |#x", "yaml-syntax", 1, 4, "this text block does not begin rightly"),
    ("a: >-#x", "yaml-syntax", 1, 4, "this text block does not begin rightly"),
    ("a: > 5", "yaml-syntax", 1, 4, "this text block does not begin rightly"),
    ("a: 1\n b: 2\n", "yaml-syntax", 2, 3, "a key is indented deeper than the line above allows"),
    ("a:\n  - b\n c: 1", "yaml-syntax", 3, 2, "this line does not fit the list or mapping it stands in"),
    ("a:\n- b\n  c", "", 0, 0, ""),
    ("a: [1] x", "yaml-syntax", 1, 8, "this does not belong on the line"),
    ("a: [1, 2\nb: 3\nc: 4", "yaml-syntax", 1, 4, "the `[` is not closed, or a comma is missing after it"),
    ("a: {b: 1", "yaml-syntax", 1, 4, "the `{` is not closed, or a comma is missing after it"),
    ("a: ['b' 'c']", "yaml-syntax", 1, 9, "a comma or a closing bracket is missing before this"),
    ("a: {b:, c: d}", "yaml-syntax", 1, 6, "a space is missing after this `:`"),
    ("a: [", "yaml-syntax", 1, 5, "a value is missing here"),
    ("[a]\nb", "yaml-syntax", 2, 1, "text follows where the document has ended"),
    ("%YAML 2.0\n---\na: 1", "yaml-syntax", 1, 1, "`%` at the start of a line begins an unknown directive"),
    ("a: !e!x b", "yaml-tag", 1, 4, "`!` begins a tag, and tags are not used here"),
    ("a: !custom b", "yaml-tag", 1, 4, "the tag `!custom` does not belong here"),
    ("a: !!int b", "yaml-tag", 1, 4, "the tag `!!int` does not belong here"),
    ("a: !!binary b", "yaml-tag", 1, 4, "the tag `!!binary` does not belong here"),
    ("a: !!set {b}", "yaml-tag", 1, 4, "the tag `!!set` does not belong here"),
    ("a: !!map [b]", "yaml-tag", 1, 4, "the tag `!!map` does not belong here"),
    ("a: {? : 2}", "yaml-key", 1, 6, "a key is empty or null"),
    ("a: {~: 2}", "yaml-key", 1, 5, "a key is empty or null"),
    ("null: 2", "yaml-key", 1, 1, "a key is empty or null"),
    ("a: {{ name }}", "yaml-key", 1, 5, "a key is not a plain word"),
    ("? [a]\n: b", "yaml-key", 1, 3, "a key is not a plain word"),
    ("a: &x b\n*x : c", "yaml-key", 2, 1, "a key is not a plain word"),
    ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1, "the key `a` is on line 1 already"),
    ("1: a\n'1': b", "duplicate-key", 2, 1, "the key `1` is on line 1 already"),
    ("a: 1\n---\nb", "yaml-multiple-documents", 2, 1, "a second document begins here, and a file holds one"),
    ("a: 1\n---\n", "yaml-multiple-documents", 2, 1, "a second document begins here, and a file holds one"),
    ("a: &x [b, *x]", "yaml-recursive-alias", 1, 11, "`*x` stands inside the value that it refers to"),
    ("a: &x\n  b: *x", "yaml-recursive-alias", 2, 6, "`*x` stands inside the value that it refers to"),
    ('a: "\\0"', "yaml-encoding", 1, 4, "an escape stands for U+0000, which no text may hold"),
    ('"\\a": 1', "yaml-encoding", 1, 1, "an escape stands for U+0007, which no text may hold"),
    ("é: 'đ\ud800'", "yaml-encoding", 1, 6, "the character U+D800 is not allowed in YAML"),
    ("a: b\u2028c", "yaml-encoding", 1, 5, "the character U+2028 is not allowed in YAML"),
    ("\ufeffa: b", "yaml-encoding", 1, 1, "the character U+FEFF is not allowed in YAML"),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n", "merge-conflict", 2, 1, "a merge left a conflict here"),
    ("a: |\n  x\n>>>>>>> main", "merge-conflict", 3, 1, "a merge left a conflict here"),
    ("a: |\n  <<<<<<< HEAD\n", "", 0, 0, ""),
]  # fmt: skip


@each_parser
@pytest.mark.parametrize(("text", "code", "line", "column", "message"), REFUSED)
def test_a_mistake_is_one_finding_where_it_stands(
    text: str, code: str, line: int, column: int, message: str, parser: ParserType | None
) -> None:
    _, findings = parse(text, "a/policy.yaml", parser)
    assert [(f.code, *_line_and_column(f), f.message) for f in findings] == (
        [(code, line, column, message)] if code else []
    )
    assert all(f.place.path == "a/policy.yaml" for f in findings)


@each_parser
def test_every_duplicate_key_is_reported_and_the_first_value_is_kept(parser: ParserType | None) -> None:
    text = "a: {x: 1}\nb: {c: 1, c: 2}\na: {y: {z: 1, z: 2}}\nd: 4\nd: 5\n"
    data, findings = parse(text, "p.yaml", parser)
    assert data == {"a": {"x": 1}, "b": {"c": 1}, "d": 4}
    assert [f.code for f in findings] == ["duplicate-key"] * 4
    assert [_line_and_column(f) for f in findings] == [(2, 11), (3, 1), (3, 15), (5, 1)]
    assert locate(text, parser)["a",].key == Position(1, 1, 1)


@each_parser
def test_every_merge_conflict_is_reported(parser: ParserType | None) -> None:
    conflict = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"
    data, findings = parse(conflict + "b: 1\r\n" + conflict, "p.yaml", parser)
    assert data is None
    assert [f.position for f in findings] == [Position(1, 1, 7), Position(7, 1, 7)]


@each_parser
def test_an_alias_is_the_anchored_value(parser: ParserType | None) -> None:
    text = "a: &x {b: [1, &y 2]}\nc: *x\nd: *y\n&k e: *k\nf: &x new\ng: *x\n"
    data, findings = parse(text, "p.yaml", parser)
    inner: Data = {"b": [1, 2]}
    assert (data, findings) == ({"a": inner, "c": inner, "d": 2, "e": "e", "f": "new", "g": "new"}, ())


def _bomb(levels: int) -> str:
    lines = ["a0: &a0 [" + "x, " * 10 + "]"]
    lines += [f"a{n}: &a{n} [" + f"*a{n - 1}, " * 10 + "]" for n in range(1, levels)]
    return "\n".join(lines)


def _chain(length: int) -> str:
    return "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, length))


def _aliases(count: int, weight: int) -> str:
    return f"a: &a [{'x, ' * (weight - 1)}]\nb: [{'*a, ' * count}]"


LIMITS = [
    (_bomb(4), None),
    (_bomb(300), "yaml-alias-bomb"),
    (_aliases(ALIAS_BUDGET // 1000, weight=1000), None),
    (_aliases(ALIAS_BUDGET // 1000 + 1, weight=1000), "yaml-alias-bomb"),
    (f"a: &a '{'long ' * 100_000}'\nb: [{'*a, ' * 100}]", "yaml-alias-bomb"),
    (f"a: &a\n  ? '{'long ' * 100_000}'\n  : 1\nb: [{'*a, ' * 100}]", "yaml-alias-bomb"),
    (_chain(DEPTH_LIMIT - 1), None),
    (_chain(DEPTH_LIMIT), "yaml-too-deep"),
    (_chain(5_000), "yaml-too-deep"),
    ("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, None),
    ("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), "yaml-too-deep"),
    ("- " * (DEPTH_LIMIT + 1), "yaml-too-deep"),
    ("".join(" " * n + "a:\n" for n in range(DEPTH_LIMIT)), None),
    ("".join(" " * n + "a:\n" for n in range(DEPTH_LIMIT + 1)), "yaml-too-deep"),
    ("[" * 100_000, "yaml-too-deep"),
    ("[\n" * 100_000, "yaml-too-deep"),
    ("{a: " * 100_000, "yaml-too-deep"),
    ("- " * 100_000, "yaml-too-deep"),
    ("- [" * 100_000, "yaml-syntax"),
    ("{" * 100_000, "yaml-too-deep"),
    ("? " * 100_000, "yaml-too-deep"),
    (f"a: [{'x, ' * (EVENT_LIMIT - 10)}]", None),
    (f"a: [{'x, ' * EVENT_LIMIT}]", "yaml-too-large"),
    (f"a: [{'{~: 1}, ' * (ENOUGH + 1)}]", "yaml-key"),
    ("<<<<<<< x\n" * (ENOUGH + 1), "merge-conflict"),
]


@each_parser
@pytest.mark.parametrize(("text", "code"), LIMITS, ids=range(len(LIMITS)))
def test_bombs_and_absurd_nesting_are_refused(text: str, code: str | None, parser: ParserType | None) -> None:
    data, findings = parse(text, "p.yaml", parser)
    assert (findings[-1].code if findings else None) == code
    assert (data is None) == (code is not None)
    assert () in locate(text, parser)


def test_what_is_written_out_is_not_charged_to_the_aliases() -> None:
    _, findings = parse(f"a: [{'x, ' * (ALIAS_BUDGET + 1)}]\nb: &b c\nd: *b", "p.yaml")
    assert findings == ()


DECODED: list[tuple[bytes, str | tuple[str, Position]]] = [
    (b"", ""),
    ("a: thông tin 😀\r\n".encode(), "a: thông tin 😀\r\n"),
    (b"\xef\xbb\xbfa: b", "a: b"),
    (b"\xef\xbb\xbf\xef\xbb\xbfa: b", ("yaml-encoding", Position(1, 1))),
    ("a: b".encode("utf-16"), ("yaml-encoding", Position(1, 1))),
    ("a: b".encode("utf-16-be"), ("yaml-encoding", Position(1, 1))),
    ("é: ok\r\nđ: café".encode() + b"\xe9", ("yaml-encoding", Position(2, 8))),
    (b"\xff", ("yaml-encoding", Position(1, 1))),
    (b"a: \xc0\x80", ("yaml-encoding", Position(1, 4))),
    (b"a: \xed\xa0\x80", ("yaml-encoding", Position(1, 4))),
    (b"a: b\n\xc3", ("yaml-encoding", Position(2, 1))),
    (b"a\rb\n\ncd\0", ("yaml-encoding", Position(4, 3))),
    (b"a\x1b", ("yaml-encoding", Position(1, 2))),
    (b"a\x7f", ("yaml-encoding", Position(1, 2))),
    ("a\x85".encode(), ("yaml-encoding", Position(1, 2))),
    (b"a" * SIZE_LIMIT, "a" * SIZE_LIMIT),
    (b"\xff" * (SIZE_LIMIT + 1), ("yaml-too-large", Position(1, 1))),
]


@pytest.mark.parametrize(("raw", "expected"), DECODED, ids=range(len(DECODED)))
def test_bytes_are_utf_8_or_a_finding(raw: bytes, expected: str | tuple[str, Position]) -> None:
    result = decode(raw, "p.yaml")
    if isinstance(result, Diagnostic):
        assert (result.code, result.position) == expected
    else:
        assert result == expected


LOCATED: list[tuple[str, Route, Position | None, Position]] = [
    ("a: 1", (), None, Position(1, 1)),
    ("name: Acme Ltd  # c\n", ("name",), Position(1, 1, 4), Position(1, 7, 8)),
    ("é:\r\n  'đ ư': 😀😀 x\r\n", ("é", "đ ư"), Position(2, 3, 5), Position(2, 10, 4)),
    ("a:\n  - b: 1\n    c: 22\n", ("a", 0, "c"), Position(3, 5, 1), Position(3, 8, 2)),
    ("a:\n  - b: 1\n  - c\n", ("a",), Position(1, 1, 1), Position(2, 3)),
    ("a:\n  - b: 1\n  - c\n", ("a", 0), None, Position(2, 5)),
    ("a: {b: [x, yy]}", ("a",), Position(1, 1, 1), Position(1, 4)),
    ("a: {b: [x, yy]}", ("a", "b", 1), None, Position(1, 12, 2)),
    ("a: |  # text\n  long\n  er\n", ("a",), Position(1, 1, 1), Position(1, 4, 1)),
    ("a: >-\n  long\n", ("a",), Position(1, 1, 1), Position(1, 4, 2)),
    ("a: one two\n  three\n", ("a",), Position(1, 1, 1), Position(1, 4, 7)),
    ("a: 'one # two \n  three'\n", ("a",), Position(1, 1, 1), Position(1, 4, 10)),
    ("ab:\nc: 1\n", ("ab",), Position(1, 1, 2), Position(1, 4)),
    ("ab:", ("ab",), Position(1, 1, 2), Position(1, 4)),
    ("a: &x {b: 1}\nc: *x\n", ("a",), Position(1, 1, 1), Position(1, 4)),
    ("a: &x {b: 1}\nc: *x\n", ("c",), Position(2, 1, 1), Position(2, 4, 2)),
    ("a: &x {b: 1}\nc: *x\n", ("c", "b"), Position(1, 8, 1), Position(1, 11, 1)),
    ("a: &x {b: 1}\nc: &y [*x]\nd: *y", ("d", 0, "b"), Position(1, 8, 1), Position(1, 11, 1)),
    ("1: a\nno: b", ("no",), Position(2, 1, 2), Position(2, 5, 1)),
    ("a: 1\nb: [x\nc: @", ("a",), Position(1, 1, 1), Position(1, 4, 1)),
]


@each_parser
@pytest.mark.parametrize(("text", "route", "key", "value"), LOCATED)
def test_a_route_leads_to_its_key_and_value(
    text: str, route: Route, key: Position | None, value: Position, parser: ParserType | None
) -> None:
    span = locate(text, parser)[route]
    assert (span.key, span.value) == (key, value)


def test_libyaml_is_used_where_it_is_installed() -> None:
    assert len(PARSERS) == 1 + yaml.__with_libyaml__


def test_without_libyaml_the_parser_in_python_reads_files() -> None:
    script = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from policygen.source import parse\n"
        "from policygen.source.parsers import PARSERS\n"
        "print([p.__name__ for p in PARSERS], parse('a: [&b no]', 'p.yaml'))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "['PureParser'] ({'a': ['no']}, ())\n"


PLAIN = """
# A comment.
format: 1
service: {name: Chat, kinds: [game, website], addresses: [https://chat.example/?a=b#c]}
contacts:
  - {id: privacy, phone: +84 28 6860, label: {en: "yours, ours", vi: 'it''s'}}
  - id: office  # the one in Hue
    languages: [
      en, vi,
    ]
  - sales
purposes:
- id: support
  wording:
    en: >-
      Two lines
      of one paragraph.

      And a second.
    vi: |
      Một
        Hai
  open: true
data: none
"""


def test_a_plain_text_is_read_without_a_yaml_parser() -> None:
    script = (
        "import sys; from policygen.source import locate, parse\n"
        "text = sys.stdin.read(); data, _ = parse(text, 'p.yaml')\n"
        "print(data['contacts'][0]['label'], locate(text)[()].value.line, 'yaml' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], input=PLAIN, capture_output=True, text=True, check=True
    )
    assert run.stdout == "{'en': 'yours, ours', 'vi': \"it's\"} 3 False\n"


def test_most_policies_that_people_wrote_are_plain() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CHECKOUT.glob("content/*/policy.yaml"))]
    assert sum(_is_plain(text) for text in texts) > len(texts) / 2


def _is_plain(text: str) -> bool:
    try:
        read_plain(text)
    except Unusual:
        return False
    return True


@pytest.mark.parametrize(
    "path",
    [*CHECKOUT.glob("content/**/*.yaml"), *CHECKOUT.glob("tests/*/**/*.yaml")],
    ids=lambda path: path.parent.relative_to(CHECKOUT).as_posix(),
)
def test_a_file_of_ours_is_read_alike_in_every_way(path: Path) -> None:
    text = decode(path.read_bytes(), path.name)
    assert isinstance(text, Diagnostic) or len({repr(parse(text, "p.yaml", way)) for way in WAYS}) == 1


# The pieces from which YAML's odd corners can be put together.
PIECES = [
    *"ab0é😀-?:,[]{}#&*!|>'\"%@`\\=~ \t\n\r\0",
    *("\r\n", "\n  ", "\n    ", ": ", "- ", "? ", " #", "k: v\n"),
    *("&a ", "*a", "*a ", "!!str ", "! ", "!x ", "!e!f", "!<t>", "---", "...", "\n---\n", "\n...\n"),
    *("%YAML 1.2\n", "%TAG ! b\n", "\\x41", "\\ud800", "\\U00110000", "\\\n", "|-\n", ">2\n", "null"),
    *("12", "<<", "''", '""', "\n- ", "<<<<<<< x\n"),
    *("https://x.y/?a=b", "{a: b}", "[a, b]", '"a": ', "\u2028", "\ufeff", "\ud800"),
]  # fmt: skip
odd_yaml = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
writable = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf"),
        exclude_characters="\u2028\u2029\ufeff\ufffe\uffff",
        include_characters="\n\t",
    )
).filter(lambda text: not list(deceptive(text, "")))
# PyYAML writes these without quotes, because for YAML 1.1 they are no numbers; they are in YAML 1.2.
number_like = tuple("+-.0123456789")
scalars = st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False)


def _nested(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Data]:
    leaves: st.SearchStrategy[Data] = scalars | floats | texts
    return st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


plain_data = _nested(writable.filter(lambda text: not text.startswith(number_like)))


@settings(deadline=None, max_examples=300)
@given(odd_yaml | st.text())
def test_no_text_raises_and_it_is_read_alike_in_every_way(text: str) -> None:
    results = [parse(text, "p.yaml", parser) for parser in WAYS]
    outcomes = {(repr(data), tuple((f.code, f.position) for f in findings)) for data, findings in results}
    assert len(outcomes) == 1
    if not results[0][1]:
        assert len({locate(text, way).get(()) for way in WAYS}) == 1
    for parser, (data, findings) in zip(WAYS, results, strict=True):
        spans = locate(text, parser)
        if data is not None or not findings:
            assert set(_routes(data)) - {()} <= set(spans)


@settings(deadline=None, max_examples=300)
@given(st.binary() | odd_yaml.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise_and_decoded_text_has_no_more_encoding_errors(raw: bytes) -> None:
    text = decode(raw, "p.yaml")
    if isinstance(text, Diagnostic):
        assert text.code == "yaml-encoding"
    else:
        assert text.encode() == raw.removeprefix(b"\xef\xbb\xbf")
        assert all("is not allowed" not in finding.message for finding in parse(text, "p.yaml")[1])


@settings(deadline=None)
@given(plain_data, st.booleans(), st.integers(20, 200))
def test_what_pyyaml_writes_is_read_back(data: Data, flow: bool, width: int) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=width)
    for parser in WAYS:
        read, findings = parse(text, "p.yaml", parser)
        assert (repr(read), findings) == (repr(data), ())


@settings(deadline=None)
@given(plain_data, st.integers(0, 2**31), odd_yaml)
def test_a_damaged_file_is_read_alike_in_every_way(data: Data, where: int, damage: str) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    cut = where % len(text)
    damaged = text[:cut] + damage + text[cut + where % 3 :]
    outcomes = [parse(damaged, "p.yaml", parser) for parser in WAYS]
    assert len({(repr(d), tuple((f.code, f.position) for f in fs)) for d, fs in outcomes}) == 1


NEARLY_PLAIN = [
    # Keys, dashes and columns.
    "a : b", "a:b", "a:  b  ", "'a': b", "é: b", "1: b", "null: b", "a b: c", "? a\n: b", "a: 1\na: 2", "-",
    "- ", "a: -", "a: - b", "-a: b", "- - a\n  - b\n- c", "- - a\n - b", "-  a\n- b", "-  a: b\n   c: d",
    "- # c\n- b", "- a\n  b", "- a\n - b", "a: b\n c: d", "a: b\n  c", "a:\n- b\nc: d", "a:\n- b\n - c",
    "a:\n  - b\n - c", "a:\n  - b\n  c: d", "a:\n  b: c\n d: e", "a:\n b:\n- c", "- a:\n  - b\n- c:\n- d",
    "a: b\n- c", " a: b\nc: d", "- a\nb: c", "a:\n  'b'", "a:\n  [b]", "[a]", "{a: b}", "a",
    f"{'k' * 100}: a", f"{'k' * 1030}: a", f"a: {{{'k' * 1030}: b}}",
    # Values on a line.
    "a: b: c", "a: b:", "a: b :c", "a: b # c", "a: b #c", "a: b# c", "a: #b", "a: # b\n  c: d", "a: \u00a0",
    "a:\u00a0b", "\u00a0a: b", "a: -1", "a: .5", "a: ...", "a: ?b", "a: :b", "a: b ?c", "a: b -c",
    "a: 'b' # c", "a: 'b' 'c'", "a: 'b # c'", "a: 'b", "a: 'b'c", "a: 'it''s'", "a: ''''", "a: '''",
    'a: "b""c"', 'a: "b\\n"', "a: 'b\n  c'", "a: b'", "a: b # 'c'", "a: b 'c' # d",
    # Brackets.
    "a: []", "a: {}", "a: [,]", "a: [b,,c]", "a: {,}", "a: [b,]", "a: {b: c,}", "a: {b}", "a: {b, c: d}",
    "a: {b: }", "a: {b:}", "a: {b: , c: d}", "a: {b: c: }", "a: {b: c: d}", "a: [b: c]", "a: [b: ]",
    "a: {b: 1, b: 2}", "a: {null: b}", "a: {'b': c}", "a: {b:c}", "a: {b : c}", "a: [b:]", "a: [b:, c]",
    "a: [b:?c]", "a: [b:{c}]", "a: [b #c]", "a: [b#c]", "a: [b #c\n]", "a: [b] c", "a: [b] # c",
    "a: [b]# c", "a: [b]: c", "a: {b: [c}]", "a: [b", "a: [b]]", "a: ['b'c]", "a: ['b' 'c']",
    "a: ['it''s']", 'a: ["b""c"]', "a: ['b, ]c']", "a: ['b, [c']\nd: e", "a: [b\n  c]", "a: [b\n, c]",
    "a: [b,\n# c\n]", "a: [b,\nc\n]", "a: [b,\n\nc]", "a: [b,\n---\n]", "a: [b,\n...\n]",
    "a: [b,\n<<<<<<< c\n]", "a: ['b\n  c']", "a: [ b , c ]", "a: [\u00a0]", "a: [-1]", "a: [- b]",
    "a: [b c: d]", "a: [b,\nc #d\n]", "a: [b\\]", f"a: {'[' * 40}{']' * 40}",
    # Texts on lines of their own.
    "a: |", "a: |\n", "a: |\n\n  b", "a: |\n   \n  b", "a: |\nb", "- |\nb", "- |\n b\n- c",
    "a:\n  - |\n  b", "a: |\n  b\n c", "a: |\n  b\n   c\n", "a: |\n  b\n\n\n", "a: |-\n  b\n\n\n",
    "a: |\n  b\n \n  c", "a: |\n  b\n   \n  c", "a: |\n  b \n", "a: >\n  b\n  c\n", "a: >\n  b\n\n\n  c\n",
    "a: >\n  b\n   c\n  d", "a: >-\n  b\n \n   ", "a: >-\n  b\n  \n  c", "a: |\n  b\n# c\nd: e",
    "a: |\n  b\n  # c\n", "a: |\n    b\n  # c\n", "a: |\n  # b\n", "a: |  # b\n  c\n", "a: |#\n b",
    "a: |+\n  b\n\n", "a: |1\n  b", "a: |b\n  c", "a: |\n  ---\n", "a: |\n  b\n---\n", "a: |\n  b\n...\n",
]  # fmt: skip


@pytest.mark.parametrize("text", NEARLY_PLAIN)
def test_what_is_plain_or_just_not_is_read_alike_in_every_way(text: str) -> None:
    for whole in (text, text + "\n"):
        outcomes = [parse(whole, "p.yaml", way) for way in WAYS]
        assert len({(repr(data), tuple(f.code for f in findings)) for data, findings in outcomes}) == 1


# What a hand writes: most of it plain, and here and there something that just isn't.
_USUAL = ("a", "b c", "12", "true", "it's", "https://a.b/c?d=e#f", "a:b", "'q, r'", '"a: b"', "é = ư")
_ODD = (
    "012", "1.5", "null", "~", "don't: no", "+84", "a#b", "a, b", "[a]", "{a", "x]", "'it''s'", "=x", "<<",
    "@x", "a & b", "-1", ".5", "a\\b", '"a\\n"', "a :b", "a :", "?a", ":a", "&a b", "*a", "!!str 1", "#c",
    "a #c", "\xa0", "- a", "- - a", "a: b", "",
)  # fmt: skip
_KEYS = ("a", "b", "c-d", "en", "vi", "e_f", "g", "h", "null", "true", "1", "a b", '"a"', "é")
_BLOCK_LINES = ("x", "x y", "é", "# c", "a: b", "- a", "", "", " z", "  ", "---")


def _mostly(usual: Sequence[str], odd: Sequence[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(odd if n == 4 else usual))


_keys = st.lists(_mostly(_KEYS[:8], _KEYS), max_size=3)
_spaces = _mostly(("", "", " "), ("\n", "\n  ", "  "))
_ends = _mostly(("", "", "\n"), (" ", " # c", " #c", "#", "\n# c", "\n   # c"))


@st.composite
def _in_brackets(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    keys, comma = draw(_keys), draw(_mostly(("",), (",",)))
    if draw(st.booleans()):
        items = [draw(_spaces) + draw(inside) for _ in keys]
        return "[" + ",".join(items) + comma + draw(_spaces) + "]"
    colon = _mostly((": ",), (":", " : ", ":\n"))
    items = [draw(_spaces) + key + draw(colon) + draw(inside) for key in keys]
    return "{" + ",".join(items) + comma + draw(_spaces) + "}"


@st.composite
def _in_lines(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    """A list or a mapping; what is inside stands on the line of its key, or below it, deeper or not."""
    starts = [key + ":" for key in draw(_keys)] or ["-"] * draw(st.integers(1, 3))
    lines = []
    for start in starts:
        step = " " * (2 if draw(st.integers(0, 9)) else draw(st.sampled_from((0, 1, 4))))
        value = ("\n" + draw(inside)).replace("\n", "\n" + step)
        is_lines = value.lstrip()[:1] not in set("[{|>'\"") and (":" in value or "- " in value)
        is_below = is_lines and (start != "-" or draw(st.booleans()))
        lines.append(start + (value if is_below else value.replace("\n" + step, " ", 1)) + draw(_ends))
    return "\n".join(lines)


@st.composite
def _in_block(draw: st.DrawFn) -> str:
    lines = draw(st.lists(_mostly(_BLOCK_LINES[:7], _BLOCK_LINES), max_size=5))
    sign = draw(_mostly(("|", "|-", ">", ">-"), ("|+", "|1")))
    return sign + "\nx" * draw(st.booleans()) + "".join("\n" + line for line in lines)


_words = _mostly(_USUAL, _ODD)
_values = st.recursive(
    _words | _in_block(),
    lambda inside: _in_brackets(_words) | _in_brackets(_in_brackets(_words)) | _in_lines(inside),
    max_leaves=12,
)
handwritten = st.tuples(_in_lines(_values), _mostly(("", "\n"), ("\n\n", " "))).map("".join)


@settings(deadline=None, max_examples=500)
@given(handwritten)
def test_what_a_hand_writes_is_read_alike_in_every_way(text: str) -> None:
    outcomes = [parse(text, "p.yaml", parser) for parser in WAYS]
    assert len({(repr(d), tuple((f.code, f.position) for f in fs)) for d, fs in outcomes}) == 1
    if not outcomes[0][1]:
        assert len({locate(text, way).get(()) for way in WAYS}) == 1


words = st.text("abđé", min_size=1, max_size=8)


@settings(deadline=None)
@given(st.recursive(words, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=20))
def test_a_position_covers_the_word_it_stands_for(data: Data) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    spans = locate(text)
    for route, value in _routes(data).items():
        span = spans[route]
        if route and isinstance(route[-1], str):
            assert span.key
            assert _covered(text, span.key) == route[-1]
        if isinstance(value, str):
            assert _covered(text, span.value) == value


def _covered(text: str, position: Position) -> str:
    line = text.splitlines()[position.line - 1]
    return line[position.column - 1 :][: position.width]


def _routes(data: Data) -> dict[Route, Data]:
    return dict(_walk(data, ()))


def _walk(data: Data, route: Route) -> Iterator[tuple[Route, Data]]:
    yield route, data
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _walk(item, (*route, index))
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _walk(item, (*route, key))


def _line_and_column(finding: Diagnostic) -> tuple[int, int]:
    assert finding.position
    return finding.position.line, finding.position.column
