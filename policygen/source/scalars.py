"""A plain scalar -> the value it stands for, by the YAML 1.2 core schema.

PyYAML's own resolver is YAML 1.1, where ``no`` is False, ``1:30`` is 90 and ``012`` is 10: a policy would
lose the language `no` and publish wrong numbers. Two deviations from the core schema, for the same reason: a
number with a leading zero stays text, and so does one that a page could not show as it was written (``.inf``,
19 digits).
"""

from __future__ import annotations

import math
import re

Scalar = None | bool | int | float | str

CORE_TAG = "tag:yaml.org,2002:"

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_KINDS = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}
_NUMBER_STARTS = frozenset("+-.0123456789")
_STARTS = _NUMBER_STARTS.union(word[:1] for word in _WORDS)
_LONGEST_NUMBER = 40
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})|0x[0-9a-fA-F]{1,15}|0o[0-7]{1,18}")
_FLOAT = re.compile(r"[-+]?(?=[0-9]*[.eE])(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def resolve(text: str) -> Scalar:
    """The value of a plain scalar."""
    if text[:1] not in _STARTS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS and len(text) <= _LONGEST_NUMBER:
        return _number(text)
    return text


def resolve_tagged(text: str, tag: str) -> Scalar:
    """The value of a scalar with a tag; ValueError if the tag is none of the core ones or does not fit."""
    kind = tag.removeprefix(CORE_TAG)
    if tag == "!" or kind == "str":
        return text
    value = resolve(text)
    if kind == "float" and type(value) is int:
        return float(value)
    if tag == kind or kind != _KINDS[type(value)]:
        raise ValueError(tag)
    return value


def _number(text: str) -> int | float | str:
    if _INT.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(value := float(text)):
        return value
    return text
