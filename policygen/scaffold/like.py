"""Another service's file as a new one's beginning: its text and comments, under a new name.

What belongs to the other service alone goes: its former addresses, and the day it ended.
"""

from __future__ import annotations

from collections.abc import Mapping

from policygen.diagnostics import Route
from policygen.scaffold.answers import AnswerProblem
from policygen.scaffold.yaml import scalar
from policygen.source import Span, locate, parse

_ITS_OWN = ("formerly", "discontinued")
_NAME: Route = ("service", "name")


def like_text(text: str, path: str, name: str) -> str:
    """The text of a policy, for a service of another name. Raises AnswerProblem if it can't be read."""
    data, findings = parse(text, path)
    service = data.get("service") if isinstance(data, dict) else None
    if findings or not isinstance(data, dict) or not isinstance(service, dict) or "name" not in service:
        raise AnswerProblem(f"{path} can't be read", "see `policygen check`")
    wanted = {key: value for key, value in data.items() if key not in _ITS_OWN}
    wanted["service"] = {**service, "name": name}
    made = _without(_named(text, name), _ITS_OWN)
    if parse(made, path) != (wanted, ()):
        help = f"write the name, {' and '.join(f'`{key}`' for key in _ITS_OWN)} on lines of their own there"
        raise AnswerProblem(f"{path} is written in a way that can't be taken over", help)
    return made


def _named(text: str, name: str) -> str:
    position = locate(text)[_NAME].value
    lines = text.splitlines(keepends=True)
    line, start = lines[position.line - 1], position.column - 1
    lines[position.line - 1] = line[:start] + scalar(name) + line[start + position.width :]
    return "".join(lines)


def _without(text: str, keys: tuple[str, ...]) -> str:
    """A text without some of its top keys; comments above the key that follows stay with that one."""
    spans = locate(text)
    lines: list[str | None] = [*text.splitlines(keepends=True)]
    begins = sorted(_lines_of_keys(spans))
    for key in keys:
        if (key,) not in spans:
            continue
        first = _line(spans, (key,))
        last = next((line for line in begins if line > first), len(lines) + 1) - 1
        while last > first and _says_nothing(lines[last - 1]):
            last -= 1
        lines[first - 1 : last] = [None] * (last - first + 1)
    return "".join(line for line in lines if line is not None)


def _lines_of_keys(spans: Mapping[Route, Span]) -> set[int]:
    return {_line(spans, route) for route in spans if len(route) == 1}


def _line(spans: Mapping[Route, Span], route: Route) -> int:
    span = spans[route]
    return (span.key or span.value).line


def _says_nothing(line: str | None) -> bool:
    return line is None or not line.strip() or line.startswith("#")


def name_of(slug: str) -> str:
    """A folder's name as that of a service: 'my-shop' is 'My Shop'."""
    return " ".join(word.capitalize() for word in slug.replace("_", "-").split("-"))
