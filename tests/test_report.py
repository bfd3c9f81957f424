"""Findings as readers, editors and CI jobs get them."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.diagnostics import Diagnostic, Place, Position, Route, Severity
from policygen.report import FORMATS, MOST, render, resolve, summary
from policygen.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY = """\
format: 1
service:
  name: Harmix
contacts:
  - role: privacy
    emial: a@b.example
"""
SPANS = {
    (): Span(None, Position(1, 1, 6)),
    ("service",): Span(Position(2, 1, 7), Position(3, 3, 4)),
    ("service", "name"): Span(Position(3, 3, 4), Position(3, 9, 6)),
    ("contacts", 0): Span(None, Position(5, 5, 4)),
    ("contacts", 0, "emial"): Span(Position(6, 5, 5), Position(6, 12, 11)),
}
FILES = {"a.yaml": POLICY}


def locate(text: str) -> Mapping[Route, Span]:
    assert text == POLICY
    return SPANS


def nowhere(text: str) -> Mapping[Route, Span]:
    raise AssertionError(f"located without need: {text!r}")


def show(*found: Diagnostic, style: str = "text", colour: bool = False) -> str:
    return render(found, style, FILES.get, locate, colour)


def snippet(line: str, column: int, width: int) -> list[str]:
    """The source line and the carets under it, without their gutter."""
    finding = Diagnostic("c", "m", Place("f"), position=Position(1, column, width))
    block = render([finding], "text", {"f": f"{line}\nnext line"}.get, nowhere).split("\n")
    assert block[2] == "  |"
    return [each[4:] for each in block[3:5]]


UNKNOWN = Diagnostic(
    "unknown-key",
    "unknown key `emial` in a contact",
    Place("a.yaml", ("contacts", 0, "emial")),
    "did you mean `email`?",
    on_key=True,
)


def test_a_finding_is_shown_with_its_line_and_carets() -> None:
    assert (
        show(UNKNOWN)
        == """\
error[unknown-key]: unknown key `emial` in a contact
 --> a.yaml:6:5
  |
6 |     emial: a@b.example
  |     ^^^^^
  |
  = help: did you mean `email`?
"""
    )


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    finding = Diagnostic("c", "message", Place("f"), "help", Severity.WARNING, position=Position(12, 3, 2))
    assert (
        render([finding], "text", {"f": "\n" * 11 + "word"}.get, nowhere)
        == """\
warning[c]: message
  --> f:12:3
   |
12 | word
   |   ^^
   |
   = help: help
"""
    )


def test_findings_stand_apart_and_without_help_end_at_their_carets() -> None:
    one = Diagnostic("one", "first", Place("a.yaml", ("service", "name")))
    two = Diagnostic("two", "second", Place("missing.yaml"), "create it")
    assert (
        show(two, one)
        == """\
error[one]: first
 --> a.yaml:3:9
  |
3 |   name: Harmix
  |         ^^^^^^

error[two]: second
 --> missing.yaml
  = help: create it
"""
    )


@pytest.mark.parametrize(
    ("route", "on_key", "expected"),
    [
        (("service", "name"), False, "a.yaml:3:9"),
        (("service", "name"), True, "a.yaml:3:3"),
        (("service", "regions", 0), False, "a.yaml:2:1"),
        (("contacts", 0, "email"), True, "a.yaml:5:5"),
        (("contacts", 0), True, "a.yaml:5:5"),
        (("data", 1, "items"), False, "a.yaml:1:1"),
    ],
)
def test_a_route_leads_to_its_value_or_key_or_to_the_nearest_key_around_it(
    route: Route, on_key: bool, expected: str
) -> None:
    finding = Diagnostic("c", "m", Place("a.yaml", route), on_key=on_key)
    assert show(finding, style="concise") == f"{expected}: error[c] m\n"


@pytest.mark.parametrize(
    ("files", "position", "expected"),
    [
        ({}, None, "f"),
        ({}, Position(3, 4), "f:3:4"),
        ({"f": "text"}, None, "f"),
        ({"f": "text"}, Position(9, 4), "f:9:4"),
    ],
)
def test_without_a_line_to_show_the_place_stands_alone(
    files: Mapping[str, str], position: Position | None, expected: str
) -> None:
    finding = Diagnostic("c", "m", Place("f", ("key",)), position=position)
    assert render([finding], "text", files.get, lambda _: {}) == f"error[c]: m\n --> {expected}\n"


def test_each_file_is_read_and_located_once_and_only_if_need_be() -> None:
    log: list[str] = []

    def read(path: str) -> str | None:
        log.append(f"read {path}")
        return None if path == "missing" else f"text of {path}"

    def note(text: str) -> Mapping[Route, Span]:
        log.append(f"locate {text}")
        return {}

    first = Position(1, 1)
    places = [("a", None), ("a", None), ("a", first), ("b", first), ("missing", None), ("missing", None)]
    found = [Diagnostic(str(n), "m", Place(path), position=at) for n, (path, at) in enumerate(places)]
    render(found, "text", read, note)
    assert sorted(log) == ["locate text of a", "read a", "read b", "read missing"]


def test_findings_are_sorted_by_place_code_and_message_and_shown_once() -> None:
    def at(path: str, line: int, column: int, code: str = "c", message: str = "m") -> Diagnostic:
        return Diagnostic(code, message, Place(path), position=Position(line, column))

    expected = (
        at("a", 2, 9),
        at("a", 10, 1),
        at("a", 10, 2, "b", "z"),
        at("a", 10, 2),
        at("a", 10, 2, "c", "n"),
        at("b", 1, 1),
    )
    assert resolve([*reversed(expected), *expected], FILES.get, nowhere) == expected


def test_two_routes_to_one_spot_are_one_finding() -> None:
    routes: list[Route] = [("service", "kind"), ("service", "address")]
    found = [Diagnostic("c", "m", Place("a.yaml", route)) for route in routes]
    assert show(*found, style="concise") == "a.yaml:2:1: error[c] m\n"
    assert summary(resolve(found, FILES.get, locate)) == "1 error in 1 file"


# --- carets

NFC = unicodedata.normalize("NFC", "địa chỉ của người dùng: x")
NFD = unicodedata.normalize("NFD", NFC)
LONG = "".join(f"{number:>5}" for number in range(400))


@pytest.mark.parametrize(
    ("line", "column", "width", "expected"),
    [
        ("plain", 2, 3, ["plain", " ^^^"]),
        ("plain", 6, 1, ["plain", "     ^"]),
        ("plain", 99, 9, ["plain", "     ^"]),
        ("plain", 3, 99, ["plain", "  ^^^"]),
        ("plain", 3, 0, ["plain", "  ^"]),
        ("", 1, 1, ["", "^"]),
        (NFC, NFC.index("n"), 5, [NFC, " " * 11 + "^^^^^"]),
        (NFC, NFC.index(":") + 3, 1, [NFC, " " * 24 + "^"]),
        (NFD, NFD.index(":") + 3, 1, [NFD, " " * 24 + "^"]),
        ("e\u0302\u0301x", 2, 2, ["e\u0302\u0301x", "^"]),
        ("tên: 中文 x", 6, 2, ["tên: 中文 x", "     ^^^^"]),
        ("中文: x", 5, 1, ["中文: x", "      ^"]),
        ("中文: x\t", 4, 1, ["中文: x", "     ^"]),
        ("🎵: x", 4, 1, ["🎵: x", "    ^"]),
        ("한: x".replace("한", "\u1112\u1161\u11ab"), 6, 1, ["\u1112\u1161\u11ab: x", "    ^"]),
        ("\tx", 2, 1, ["    x", "    ^"]),
        ("ab\tx", 3, 1, ["ab  x", "  ^^"]),
        ("中\tx", 3, 1, ["中  x", "    ^"]),
        ("a\u202eb", 3, 1, ["a<U+202E>b", " " * 9 + "^"]),
        ("a\u202eb", 2, 1, ["a<U+202E>b", " " + "^" * 8]),
        ("\x1b[31m\u200b\u2028\ufeff", 6, 1, ["<U+001B>[31m<U+200B><U+2028><U+FEFF>", " " * 12 + "^" * 8]),
        ("\u0085\0", 2, 1, ["<U+0085><U+0000>", " " * 8 + "^" * 8]),
    ],
)  # fmt: skip
def test_carets_stand_under_what_they_mean(line: str, column: int, width: int, expected: list[str]) -> None:
    assert snippet(line, column, width) == [each.rstrip() for each in expected]


def test_a_byte_order_mark_is_no_column() -> None:
    assert snippet("\ufeffword", 1, 4) == ["word", "^^^^"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line_and_no_other_character_does(end: str) -> None:
    finding = Diagnostic("c", "m", Place("f"), position=Position(2, 3))
    shown = render([finding], "text", {"f": f"a\x0bb{end}c\u2028d"}.get, nowhere)
    assert "2 | c<U+2028>d\n  |          ^\n" in shown


@pytest.mark.parametrize(
    ("column", "width", "start", "end"),
    [
        (1, 5, "    0    1", "   18   …"),
        (996, 5, "…92  193", "  211 …"),
        (1996, 5, "…380  381", "  398  399"),
    ],
)
def test_a_long_line_is_cut_around_its_carets(column: int, width: int, start: str, end: str) -> None:
    line, carets = snippet(LONG, column, width)
    assert line.startswith(start)
    assert line.endswith(end)
    assert line[carets.index("^") : len(carets)] == LONG[column - 1 : column - 1 + width]
    assert 95 <= len(line) <= 100


def test_carets_end_where_a_long_line_is_cut() -> None:
    line, carets = snippet(LONG, 101, 900)
    assert line.endswith("…")
    assert len(carets) == len(line) - 1


@pytest.mark.parametrize("column", [900, 901, 902])
def test_a_cut_never_parts_a_mark_from_its_letter(column: int) -> None:
    line, _ = snippet("e\u0302\u0301" * 600, column, 1)
    assert line == "…" + "e\u0302\u0301" * 98 + "…"


def columns(text: str) -> int:
    """A terminal's view of the characters that the property below uses."""
    return sum({"\u0301": 0, "文": 2}.get(each, 1) for each in text)


@settings(deadline=None)
@given(
    line=st.text("ab \u0301文\t\u202eđ", min_size=1, max_size=1200),
    column=st.integers(1, 1300),
    width=st.integers(1, 200),
)
def test_carets_never_leave_the_line_that_is_shown(line: str, column: int, width: int) -> None:
    shown, carets = snippet(line, column, width)
    assert set(carets.strip()) == {"^"}
    assert columns(shown) <= 100
    assert len(carets) <= max(columns(shown), 99) + 1


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(["đ", "文", "e\u0301", "x"]), max_size=900), before=st.integers(0, 900))
def test_a_marked_character_stands_above_its_caret(words: list[str], before: int) -> None:
    head = "".join(words[:before])
    shown, carets = snippet(f"{head}={''.join(words[before:])}", len(head) + 1, 1)
    assert columns(shown[: shown.index("=")]) == carets.index("^")
    assert carets.count("^") == 1


def test_many_findings_in_a_line_of_megabytes_are_shown_in_a_moment() -> None:
    found = [
        Diagnostic("c", "m", Place("f"), position=Position(1, column))
        for column in range(1, 2_000_000, 9_999)
    ]
    begun = time.process_time()
    assert render(found, "text", {"f": "x" * 2_000_000}.get, nowhere).count("^") == MOST
    assert time.process_time() - begun < 10, "each finding went through the whole line"


# --- what can't be trusted

EVIL = "\x1b[2J\n::error::\u202e\udc80"
SHOWN = "<U+001B>[2J<U+000A>::error::<U+202E><U+DC80>"


@pytest.mark.parametrize("style", [each for each in FORMATS if each != "json"])
def test_no_control_character_of_a_file_reaches_a_terminal(style: str) -> None:
    finding = Diagnostic(EVIL, EVIL, Place(EVIL), EVIL, position=Position(1, 1))
    shown = render([finding], style, {EVIL: EVIL}.get, nowhere)
    assert unicodedata.normalize("NFC", shown).encode().decode() == shown
    assert not [each for each in shown if each != "\n" and unicodedata.category(each) in ("Cc", "Cf", "Cs")]
    assert not shown.startswith("::error::")
    assert "\n::error::" not in shown
    assert shown.count(SHOWN.replace(":", "%3A") if style == "github" else SHOWN) >= 2


# --- formats for programs


def test_concise_is_one_line_each() -> None:
    lost = Diagnostic("lost", "gone", Place("b.yaml"), severity=Severity.WARNING)
    assert show(lost, UNKNOWN, style="concise") == (
        "a.yaml:6:5: error[unknown-key] unknown key `emial` in a contact\nb.yaml: warning[lost] gone\n"
    )


def test_json_is_one_list_of_objects_with_the_same_keys() -> None:
    lost = Diagnostic("lost", "mất \u202e", Place("b.yaml"), severity=Severity.WARNING)
    text = show(lost, UNKNOWN, style="json")
    assert text.isascii()
    assert json.loads(text) == [
        {
            "path": "a.yaml",
            "line": 6,
            "column": 5,
            "end_column": 10,
            "severity": "error",
            "code": "unknown-key",
            "message": "unknown key `emial` in a contact",
            "help": "did you mean `email`?",
        },
        {
            "path": "b.yaml",
            "line": None,
            "column": None,
            "end_column": None,
            "severity": "warning",
            "code": "lost",
            "message": "mất \u202e",
            "help": None,
        },
    ]
    assert [list(each) for each in json.loads(text)] == [list(json.loads(text)[0])] * 2


def test_github_gets_annotations() -> None:
    odd = Diagnostic("odd", "50%: a,b", Place("b,c:d%.yaml"), severity=Severity.WARNING)
    assert show(odd, UNKNOWN, style="github") == (
        "::error file=a.yaml,line=6,col=5,endColumn=10,title=unknown-key"
        "::unknown key `emial` in a contact%0Ahelp: did you mean `email`?\n"
        "::warning file=b%2Cc%3Ad%25.yaml,title=odd::50%25: a,b\n"
    )


@pytest.mark.parametrize("style", FORMATS)
def test_no_findings_are_nothing_or_an_empty_list(style: str) -> None:
    assert show(style=style) == ("[]\n" if style in {"json", "gitlab"} else "")


@pytest.mark.parametrize("style", FORMATS)
def test_the_order_of_findings_in_is_not_the_order_out(style: str) -> None:
    found = [UNKNOWN, Diagnostic("a", "m", Place("a.yaml")), Diagnostic("b", "m", Place("z.yaml"))]
    assert show(*found, style=style) == show(*reversed(found), *found, style=style)


def test_colours_change_nothing_but_the_colour() -> None:
    painted = show(UNKNOWN, colour=True)
    assert painted.startswith("\x1b[1;31merror[unknown-key]\x1b[0m: unknown key")
    assert painted.count("\x1b[0m") == painted.count("\x1b[1;") > 4
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == show(UNKNOWN)


@pytest.mark.parametrize("style", [each for each in FORMATS if each != "text"])
def test_programs_get_no_colours(style: str) -> None:
    assert show(UNKNOWN, style=style, colour=True) == show(UNKNOWN, style=style)


def error(path: str) -> Diagnostic:
    return Diagnostic("c", "m", Place(path))


def warning(path: str) -> Diagnostic:
    return Diagnostic("c", "m", Place(path), severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "no findings"),
        ([error("a")], "1 error in 1 file"),
        ([error("a"), error("a"), warning("a")], "1 error and 1 warning in 1 file"),
        ([warning("a"), warning("b")], "2 warnings in 2 files"),
        ([error("a"), error("b"), warning("c")], "2 errors and 1 warning in 3 files"),
    ],
)
def test_the_summary_counts_errors_warnings_and_files(found: list[Diagnostic], expected: str) -> None:
    assert summary(found) == expected


def test_text_ends_after_what_somebody_may_want_to_read_errors_first() -> None:
    warnings = [
        Diagnostic("w", f"warning {n}", Place(f"a{n:04}.yaml"), severity=Severity.WARNING) for n in range(300)
    ]
    errors = [Diagnostic("e", f"error {n}", Place(f"b{n:04}.yaml")) for n in range(30)]
    text = render([*warnings, *errors], "text", lambda _: None, locate)
    assert text.count("error[e]") == 30
    assert text.count("warning[w]") == MOST - 30
    assert text.endswith("\n… and 230 more: `--format concise` shows all of them\n")
    assert render([*warnings, *errors], "concise", lambda _: None, locate).count("\n") == 330


def test_text_of_one_file_ends_there_too() -> None:
    many = [
        Diagnostic("e", f"error {n}", Place("a.yaml"), position=Position(n + 1, 1)) for n in range(MOST + 7)
    ]
    text = render(many, "text", lambda _: None, locate)
    assert text.count("error[e]") == MOST
    assert "… and 7 more" in text
    assert f"error {MOST - 1}\n" in text
