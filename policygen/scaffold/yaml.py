"""Plain data to YAML that the loader reads back as it was."""

from __future__ import annotations

import json
import re
from functools import cache

from policygen.source import Data, parse

_NUMBER = re.compile(r"[+\d][\d ]*")


def flow(data: Data) -> str:
    """Data on one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(flow(item) for item in data) + "]"
    return scalar(data) if isinstance(data, str) else json.dumps(data)


@cache
def scalar(text: str) -> str:
    """A text, in quotes where it would be read as something else without, here or by an editor."""
    if _NUMBER.fullmatch(text):
        return json.dumps(text)
    for line in (f"a: {text}\n", f"a: [{text}, b]\n", f"a: {{b: {text}, c: d}}\n"):
        data, findings = parse(line, "")
        values = next(iter(data.values()), None) if isinstance(data, dict) else None
        if findings or values not in (text, [text, "b"], {"b": text, "c": "d"}):
            return json.dumps(text, ensure_ascii=False)
    return text
