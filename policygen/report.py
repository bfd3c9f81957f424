"""Findings -> what a reader, an editor or a CI job shows: text, concise, json, github, gitlab.

A finding names a route of keys; here the route becomes a line and a column, at most once per file and only
when there is something to report. Whatever a file or a key holds is shown so that it can't mislead: no
control character reaches a terminal, and carets stand under what they mean in any script.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Place, Position, Route, Severity

if TYPE_CHECKING:
    from policygen.source import Span

Read = Callable[[str], str | None]
Locate = Callable[[str], "Mapping[Route, Span]"]
_Lines = Callable[[str], Sequence[str]]
_Key = tuple[str, int, int, str, str, str, str, int]

MOST = 100
"""Findings that are shown as text: nobody reads more at a time."""
_WIDTH = 100
"""Columns of a source line that are shown; a longer line is cut around its carets."""
_TAB = 4
_REACH = 4 * _WIDTH
"""Characters looked at on either side of a caret: a line may be megabytes long."""


def render(
    diagnostics: Iterable[Diagnostic], style: str, read: Read, locate: Locate, colour: bool = False
) -> str:
    """All findings in one of `FORMATS`, sorted, each of them once; unless empty, it ends with a line break.

    `read` gives the text of a path, or None; `locate` the positions in a text. Only text has colours, and
    only text ends after as many findings as somebody may want to read: errors before warnings.
    """
    if style != "text":
        found, lines = _resolve(diagnostics, read, locate)
        return _RENDERERS[style](found, lines, colour)
    wanted, rest = _first(diagnostics)
    found, lines = _resolve(wanted, read, locate)
    rest += max(0, len(found) - MOST)
    more = f"\n… and {rest} more: `--format concise` shows all of them\n" if rest else ""
    return _text(found[:MOST], lines, colour) + more


def _first(diagnostics: Iterable[Diagnostic]) -> tuple[Sequence[Diagnostic], int]:
    """Whole files' findings of one severity, until there are enough, and how many more there are."""
    files: dict[tuple[bool, str], list[Diagnostic]] = {}
    for each in dict.fromkeys(diagnostics):
        files.setdefault((each.severity is not Severity.ERROR, each.place.path), []).append(each)
    wanted: list[Diagnostic] = []
    rest = 0
    for key in sorted(files):
        if len(wanted) < MOST:
            wanted += files[key]
        else:
            rest += len(files[key])
    return wanted, rest


def resolve(diagnostics: Iterable[Diagnostic], read: Read, locate: Locate) -> tuple[Diagnostic, ...]:
    """The findings at their positions, sorted and each of them once, as `render` shows them."""
    return _resolve(diagnostics, read, locate)[0]


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings in how many files: '2 errors and 1 warning in 3 files'.

    Equal findings count once; give it what `resolve` returned, and it counts what `render` showed.
    """
    found = set(diagnostics)
    of_each = [(sum(each.severity is severity for each in found), severity) for severity in Severity]
    counts = " and ".join(_count(number, severity) for number, severity in of_each if number)
    return (
        f"{counts} in {_count(len({each.place.path for each in found}), 'file')}" if found else "no findings"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


# --- where a finding stands


def _resolve(
    diagnostics: Iterable[Diagnostic], read: Read, locate: Locate
) -> tuple[tuple[Diagnostic, ...], _Lines]:
    # File by file: a policy's positions take a hundred times its size. Whoever reads findings as text sees
    # no more files than findings.
    text_of = lru_cache(maxsize=MOST)(read)

    @lru_cache(maxsize=1)
    def lines(path: str) -> Sequence[str]:
        return re.split(r"\r\n|\r|\n", (text_of(path) or "").removeprefix("\ufeff"))

    @lru_cache(maxsize=1)
    def spans(path: str) -> Mapping[Route, Span]:
        text = text_of(path)
        return {} if text is None else locate(text)

    seen: dict[_Key, Diagnostic] = {}
    for each in sorted(diagnostics, key=lambda each: each.place.path):
        position = each.position or _find(spans(each.place.path), each.place.route, each.on_key)
        if position is not None and text_of(each.place.path) is not None:
            position = _fit(position, lines(each.place.path))
        found = replace(each, position=position, place=Place(each.place.path), on_key=False)
        seen[_key(found)] = found
    return tuple(seen[key] for key in sorted(seen)), lines


def _key(found: Diagnostic) -> _Key:
    """What findings are sorted by; what is equal here looks equal to the reader."""
    spot = found.position or Position(0, 0, 0)
    words = (found.code, found.message, found.severity, found.help or "")
    return (found.place.path, spot.line, spot.column, *words, spot.width)


def _find(spans: Mapping[Route, Span], route: Route, on_key: bool) -> Position | None:
    """The position of a route, or of the nearest thing around it: a missing key is shown at its parent's."""
    for length in range(len(route), -1, -1):
        if (span := spans.get(route[:length])) is not None:
            wants_key = on_key or length < len(route)
            return span.key if wants_key and span.key else span.value
    return None


def _fit(position: Position, lines: Sequence[str]) -> Position:
    """The part of a position that lies on its line: a value may go on below, a file may end early."""
    if not 1 <= position.line <= len(lines):
        return position
    length = len(lines[position.line - 1])
    column = min(max(position.column, 1), length + 1)
    return Position(position.line, column, max(1, min(position.width, length + 1 - column)))


# --- text for eyes


def _text(found: Sequence[Diagnostic], lines: _Lines, colour: bool) -> str:
    return "\n".join(_block(each, lines(each.place.path), colour) for each in found)


def _block(found: Diagnostic, lines: Sequence[str], colour: bool) -> str:
    """One finding as ruff and cargo show it: title, place, the line with carets, help."""
    hue = "31" if found.severity is Severity.ERROR else "33"
    position = found.position
    gutter = " " * len(str(position.line)) if position else " "

    def paint(text: str, code: str) -> str:
        return f"\x1b[1;{code}m{text}\x1b[0m" if colour else text

    title = paint(f"{found.severity}[{visible(found.code)}]", hue)
    block = [f"{title}: {visible(found.message)}", f"{gutter}{paint('-->', '34')} {_where(found)}"]
    bar = f"{gutter} {paint('|', '34')}"
    if position and 1 <= position.line <= len(lines) and any(lines):
        source, indent, width = _excerpt(lines[position.line - 1], position)
        number = f"{position.line} |"
        block += [bar, f"{paint(number, '34')} {source}".rstrip()]
        block += [f"{bar} {' ' * indent}{paint('^' * width, hue)}"]
        block += [bar] if found.help else []
    if found.help:
        block += [f"{gutter} {paint('=', '34')} {paint('help', '36')}: {visible(found.help)}"]
    return "\n".join(block) + "\n"


def _where(found: Diagnostic) -> str:
    spot = found.position
    return visible(found.place.path) + (f":{spot.line}:{spot.column}" if spot else "")


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is shown for one character, and how many columns a terminal gives it."""

    shown: str
    width: int


def _excerpt(line: str, position: Position) -> tuple[str, int, int]:
    """A source line as shown, the columns before its carets, and the number of carets."""
    offset = max(0, position.column - 1 - _REACH)
    first = position.column - 1 - offset
    cells = _cells(line[offset : position.column - 1 + _REACH])
    while 0 < first < len(cells) and not cells[first].width:
        first -= 1  # a mark belongs to the letter before it
    last = min(len(cells), position.column - 1 - offset + position.width)
    left, right = _window(cells, first)
    before = "…" if offset + left else ""
    after = "…" if offset + right < len(line) else ""
    shown = before + "".join(cell.shown for cell in cells[left:right]) + after
    indent = len(before) + _width(cells[left:first])
    return shown, indent, max(1, _width(cells[first : min(last, right)]))


def _window(cells: Sequence[_Cell], first: int) -> tuple[int, int]:
    """Which cells to show where not all have room: a third before the carets, the rest from there on."""
    room = _WIDTH - 2  # an ellipsis at either end
    if _width(cells) <= room:
        return 0, len(cells)
    left = _walk_back(cells, first, max(room // 3, room - _width(cells[first:])))
    right = left
    used = 0
    while right < len(cells) and used + cells[right].width <= room:
        used += cells[right].width
        right += 1
    return left, right


def _walk_back(cells: Sequence[_Cell], start: int, room: int) -> int:
    """The first of the cells before `start` that have room; never a mark without its letter."""
    left = start
    while left and cells[left - 1].width <= room:
        left -= 1
        room -= cells[left].width
    while left < start and not cells[left].width:
        left += 1
    return left


def _cells(text: str) -> list[_Cell]:
    cells: list[_Cell] = []
    column = 0
    for character in text:
        shown = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        cells.append(_Cell(shown, len(shown) if shown != character else _columns(character)))
        column += cells[-1].width
    return cells


def _width(cells: Iterable[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _columns(character: str) -> int:
    """How many columns a terminal gives a visible character."""
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(text: str) -> str:
    """The text with every character that is unseen, or changes what is seen, named: <U+202E>."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(f"<U+{ord(each):04X}>" if unicodedata.category(each) in hidden else each for each in text)


# --- text for programs


def _concise(found: Sequence[Diagnostic], _lines: _Lines, _colour: bool) -> str:
    return "".join(
        f"{_where(each)}: {each.severity}[{visible(each.code)}] {visible(each.message)}\n" for each in found
    )


def _json(found: Sequence[Diagnostic], _lines: _Lines, _colour: bool) -> str:
    """One list of objects that all have the same keys; in ASCII, which no pipe can garble."""
    return json.dumps([_object(each) for each in found], indent=2) + "\n"


def _object(found: Diagnostic) -> dict[str, str | int | None]:
    spot = found.position
    return {
        "path": found.place.path,
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "end_column": spot.column + spot.width if spot else None,
        "severity": found.severity.value,
        "code": found.code,
        "message": found.message,
        "help": found.help,
    }


def _github(found: Sequence[Diagnostic], _lines: _Lines, _colour: bool) -> str:
    """Workflow commands that GitHub shows next to the lines of a pull request.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    return "".join(f"{_command(each)}\n" for each in found)


def _command(found: Diagnostic) -> str:
    spot = found.position
    properties: dict[str, str | int] = {"file": visible(found.place.path)}
    if spot:
        properties |= {"line": spot.line, "col": spot.column, "endColumn": spot.column + spot.width}
    properties["title"] = visible(found.code)
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    helped = f"\nhelp: {visible(found.help)}" if found.help else ""
    return f"::{found.severity} {listed}::{_escape_data(visible(found.message) + helped)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _gitlab(found: Sequence[Diagnostic], _lines: _Lines, _colour: bool) -> str:
    """A Code Quality report, which GitLab shows next to the lines of a merge request.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    seen: Counter[str] = Counter()
    return json.dumps([_issue(each, seen) for each in found], indent=2) + "\n"


def _issue(found: Diagnostic, seen: Counter[str]) -> dict[str, object]:
    line = found.position.line if found.position else 1
    path, code, message = (visible(text) for text in (found.place.path, found.code, found.message))
    helped = f" (help: {visible(found.help)})" if found.help else ""
    # GitLab tells by the fingerprint which findings are new: line numbers would make all of them new.
    same = f"{path} {code} {message}"
    seen[same] += 1
    return {
        "description": message + helped,
        "check_name": code,
        "fingerprint": hashlib.sha256(f"{same} {seen[same]}".encode()).hexdigest(),
        "severity": "major" if found.severity is Severity.ERROR else "minor",
        "location": {"path": path, "lines": {"begin": line}},
    }


_RENDERERS: Mapping[str, Callable[[Sequence[Diagnostic], _Lines, bool], str]] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
}
FORMATS = tuple(_RENDERERS)
