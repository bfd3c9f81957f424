"""What reads a value that is no fact and no text: a choice, a date, a number, a list of ids."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Any

from policygen.diagnostics import Place, did_you_mean
from policygen.loading.context import Context, Read, Step
from policygen.loading.scalars import READERS, ValueProblem
from policygen.loading.shapes import Shape
from policygen.loading.texts import QUOTE
from policygen.model.kinds import References, Time
from policygen.source import Data


def single_reader(shape: Shape) -> Read:
    """What reads one value of a field."""
    kind = shape.type
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice_reader({str(choice): choice for choice in kind})
    if shape.choices:
        return _choice_reader({choice: choice for choice in shape.choices})
    return _named_reader(shape) if kind in READERS else _plain_reader(shape)


def _choice_reader(choices: dict[str, str]) -> Read:
    options = ", ".join(f"`{choice}`" for choice in choices)
    among = f"write {'one of ' * (len(choices) > 1)}{options}"

    def read_choice(context: Context, value: Data, place: Place, step: Step) -> str | None:
        if not isinstance(value, str):
            context.wrong_type(value, str, place / step, among)
            return None
        if (choice := choices.get(value)) is None:
            near = did_you_mean(value, choices)
            help = f"did you mean `{near}`?" if near else among
            context.report("unknown-choice", f"`{value}` is not possible here", place / step, help)
        return choice

    return read_choice


def _named_reader(shape: Shape) -> Read:
    """What reads a value that is written as a string: a date, an address, a time."""
    read = READERS[shape.type]

    def read_named(context: Context, value: Data, place: Place, step: Step) -> object:
        if not isinstance(value, str):
            _report_type(context, shape, str, value, place / step)
            return None
        try:
            return read(value)
        except ValueProblem as problem:
            context.report(problem.code, problem.message, place / step, problem.help)
            return None

    return read_named


def _plain_reader(shape: Shape) -> Read:
    kind: Any = shape.type

    def read_plain(context: Context, value: Data, place: Place, step: Step) -> Data:
        if type(value) is not kind:
            _report_type(context, shape, kind, value, place / step)
            return None
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value

    return read_plain


def _report_type(context: Context, shape: Shape, wanted: type, value: Data, place: Place) -> None:
    help = f"as in `{shape.key}: {shape.example}`" if shape.example else None
    if wanted is str and isinstance(value, (int, float)) and shape.type is not Time:
        help = QUOTE
    context.wrong_type(value, wanted, place, help)


def read_references(context: Context, value: Data, place: Place, step: Step) -> References | None:
    """Ids of facts, or all of them."""
    here = place / step
    if value == "all":
        return References((), True, here)
    if not isinstance(value, list):
        context.wrong_type(value, list, here, "write a list of ids, or `all`")
        return None
    ids = tuple(item for item in value if isinstance(item, str))
    if len(set(ids)) < len(value):
        _report_wrong_ids(context, value, here)
    return References(ids, False, here)


def _report_wrong_ids(context: Context, value: list[Data], place: Place) -> None:
    seen: set[str] = set()
    for index, item in enumerate(value):
        if not isinstance(item, str):
            context.wrong_type(item, str, place / index, "write an id")
            continue
        if item in seen:
            report_twice(context, item, place / index, is_term=False)
        seen.add(item)


def report_twice(context: Context, name: str, place: Place, *, is_term: bool) -> None:
    """Add the finding for a name that stands in a list already."""
    help = "keep one of them"
    if is_term:
        help += f", or give one an id of its own, as in `{{id: other_{name}, is: {name}}}`"
    context.report("duplicate-id", f"`{name}` stands in this list twice", place, help)
