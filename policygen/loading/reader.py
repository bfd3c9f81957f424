"""Plain data to model values, with a finding for everything that doesn't fit, all in one pass.

What reads a field is put together once, from what the model says of it: a policy has a thousand values, and
nothing has to be asked again for each of them.

Our own rather than a validation library: the model's rules (absent, `none`, words, shared facts) are what
this project is about, and the libraries that report every error at once take longer to import than a build
may take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from policygen.diagnostics import Place, did_you_mean
from policygen.loading.context import Context, Read, Step
from policygen.loading.shapes import Shape, required, shapes
from policygen.loading.single import read_references, report_twice, single_reader
from policygen.loading.terms import TermMaker, report_missing
from policygen.loading.texts import text_reader
from policygen.model.facts import Term
from policygen.model.kinds import NONE, References, Text
from policygen.model.value import Value
from policygen.source import Data

_LEAVE_OUT = "leave the key out where the policy doesn't state it"
_LEAVE_OUT_OR_NONE = f"{_LEAVE_OUT}, or write `none` where it states that there is none"


def read_object(context: Context, cls: type, data: Mapping[str, Data], place: Place) -> Any:
    """An object of a model class from keys with values."""
    stated = read_fields(context, cls, data, place)
    report_missing(context, required(cls), data, place)
    return cls(**stated)


def read_fields(context: Context, cls: type, data: Mapping[str, Data], place: Place) -> dict[str, Any]:
    """The values of the fields that could be read, by their attributes."""
    readers = _readers(cls)
    stated: dict[str, Any] = {}
    for key, value in data.items():
        if (known := readers.get(key)) is None:
            _report_unknown_key(context, key, readers, place)
            continue
        shape, read = known
        made: Any = None
        if _is_empty(value):
            _report_empty(context, shape, place / key)
        elif value == "none":
            made = _read_none(context, shape, place / key)
        else:
            made = read(context, value, place, key)
        if made is not None:
            stated[shape.attribute] = made
    return stated


@cache
def _readers(cls: type) -> Mapping[str, tuple[Shape, Read]]:
    return {
        key: (shape, _list_reader(shape) if shape.many else _value_reader(shape))
        for key, shape in shapes(cls).items()
    }


def _value_reader(shape: Shape) -> Read:
    """What reads one value of a field's type."""
    kind = shape.type
    if kind is References:
        return read_references
    if isinstance(kind, type) and issubclass(kind, Text):
        return text_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Term):
        return _term_reader(kind, shape.vocabulary)
    is_structure = isinstance(kind, type) and issubclass(kind, Value)
    return _structure_reader(kind) if is_structure else single_reader(shape)


def _term_reader(kind: type[Term], vocabulary: str | None) -> Read:
    terms = TermMaker(kind, vocabulary or kind.vocabulary_name)

    def read_term(context: Context, value: Data, place: Place, step: Step) -> Term | None:
        here = place / step
        if isinstance(value, dict):
            return terms.fact(context, read_fields(context, kind, value, here), value, here)
        if isinstance(value, str):
            return terms.word(context, value, here)
        _report_no_keys(context, kind, "a word, or keys with values", value, here)
        return None

    return read_term


def _structure_reader(kind: type) -> Read:
    def read_structure(context: Context, value: Data, place: Place, step: Step) -> Any:
        if isinstance(value, dict):
            return read_object(context, kind, value, place / step)
        _report_no_keys(context, kind, "keys with values", value, place / step)
        return None

    return read_structure


def _list_reader(shape: Shape) -> Read:
    read = _value_reader(shape)

    def read_list(context: Context, value: Data, place: Place, step: Step) -> tuple[Any, ...] | None:
        here = place / step
        if not isinstance(value, list):
            help = f"write a list, as in `{shape.key}: {shape.example or '[…]'}`"
            context.wrong_type(value, list, here, help)
            return None
        made: list[Any] = []
        for index, item in enumerate(value):
            if _is_empty(item):
                help = "take it out, or say what it is"
                context.report("empty-value", "the list has an empty item", here / index, help)
                made.append(None)
            else:
                made.append(read(context, item, here, index))
        _report_twins(context, made, here)
        return tuple([item for item in made if item is not None]) or None

    return read_list


def _report_twins(context: Context, items: Sequence[Any], place: Place) -> None:
    seen: set[str] = set()
    for index, item in enumerate(items):
        name = item.id if isinstance(item, Term) else item
        if isinstance(name, str):
            if name in seen:
                report_twice(context, name, place / index, is_term=isinstance(item, Term))
            seen.add(name)


def _is_empty(value: Data) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return not value and not isinstance(value, (int, float))


def _report_empty(context: Context, shape: Shape, place: Place) -> None:
    help = _LEAVE_OUT_OR_NONE if shape.none else _LEAVE_OUT
    if shape.required:
        help = "this key needs a value"
    context.report("empty-value", f"`{shape.key}` has no value", place, help, on_key=True)


def _read_none(context: Context, shape: Shape, place: Place) -> Any:
    if shape.none:
        return () if shape.many else NONE
    context.report("none-not-possible", f"`{shape.key}` can't be stated as none", place, _LEAVE_OUT)
    return None


def _report_unknown_key(context: Context, key: str, known: Mapping[str, object], place: Place) -> None:
    near = did_you_mean(key, known)
    help = f"did you mean `{near}`?" if near else f"known keys here: {', '.join(known)}"
    context.report("unknown-key", f"unknown key `{key}`", place / key, help, on_key=True)


def _report_no_keys(context: Context, cls: type, wanted: str, value: Data, place: Place) -> None:
    context.wrong_type(value, wanted, place, f"known keys here: {', '.join(shapes(cls))}")
