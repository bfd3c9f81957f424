"""Plain data to YAML as a person would write it: texts bare where they can be, prose in blocks.

PyYAML's own writer takes longer than all the rest of the generator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

_PLAIN = re.compile(r"[\w+/(][^:#{}\[\],&*!|>%@`\"'\n]*(?<!\s)")
_ADDRESS = re.compile(r"https://[\w./?=&-]+")
_WIDTH = 110


def to_yaml(data: Mapping[str, object]) -> str:
    """The whole file."""
    return "".join(f"{line}\n" for line in _mapping(data))


def _mapping(data: Mapping[str, object]) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{key}:", value)


def _entry(start: str, value: object) -> Iterator[str]:
    """A value behind its key or its dash."""
    short = _flow(value)
    if short is not None and len(start) + len(short) < _WIDTH:
        yield f"{start} {short}"
    elif isinstance(value, str):
        yield f"{start} |-"
        yield from (f"  {line}" if line else "" for line in value.split("\n"))
    elif isinstance(value, Mapping):
        yield start
        yield from (f"  {line}" if line else "" for line in _mapping(value))
    elif isinstance(value, Sequence):
        yield start
        for item in value:
            yield from _item(item)


def _item(item: object) -> Iterator[str]:
    if not isinstance(item, Mapping) or _flow(item) is not None:
        yield from (f"  {line}" for line in _entry("-", item))
        return
    marks = iter(["  - "])
    for line in _mapping(item):
        yield f"{next(marks, '    ')}{line}" if line else ""


def _flow(value: object) -> str | None:
    """The value in one line, or None if it is too long for that."""
    if isinstance(value, Mapping):
        parts = {key: _flow(each) for key, each in value.items()}
        text = "{" + ", ".join(f"{key}: {part}" for key, part in parts.items()) + "}"
        return text if None not in parts.values() and len(text) < _WIDTH - 10 else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        if any(isinstance(each, Mapping) for each in value):
            return None
        return "[" + ", ".join(_scalar(each) for each in value) + "]"
    return None if isinstance(value, str) and "\n" in value else _scalar(value)


def _scalar(value: object) -> str:
    """Bare where every reader of YAML takes it for the text it is."""
    if not isinstance(value, str):
        return json.dumps(value)
    bare = _PLAIN.fullmatch(value) and not value.replace(".", "").isdigit()
    return value if bare or _ADDRESS.fullmatch(value) else json.dumps(value, ensure_ascii=False)
