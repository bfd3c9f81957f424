"""Plain data to model values, with a finding for everything that doesn't fit, all in one pass.

Our own rather than a validation library: the model's rules (absent, `none`, words, shared facts) are what
this project is about, and the libraries that report every error at once take longer to import than a build
may take.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any

from policygen.diagnostics import Place, did_you_mean
from policygen.loading.context import Context
from policygen.loading.scalars import READERS, ValueProblem
from policygen.loading.shapes import Shape, required, shapes
from policygen.loading.terms import TermReader
from policygen.loading.texts import QUOTE, read_text
from policygen.model.facts import Term
from policygen.model.kinds import NONE, References, Text, Time
from policygen.source import Data

_LEAVE_OUT = "leave the key out where the policy doesn't state it"
_LEAVE_OUT_OR_NONE = f"{_LEAVE_OUT}, or write `none` where it states that there is none"


class Reader:
    """Reads the values of one file; the findings collect in its context."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def mapping(
        self, cls: type, data: Mapping[str, Data], place: Place, vocabulary: str | None = None
    ) -> Any:
        """An object of a model class from keys with values; None if it lacks an identity."""
        known = shapes(cls)
        values: dict[str, Any] = {}
        for key, value in data.items():
            shape = known.get(key)
            if shape is None:
                self._report_unknown_key(key, known, place)
            else:
                values[shape.attribute] = self.field(shape, value, place / key)
        if issubclass(cls, Term):
            return self._term(cls, values, data, place, vocabulary)
        return self._complete(cls, values, data, place)

    def _complete(self, cls: type, values: Mapping[str, Any], data: Mapping[str, Data], place: Place) -> Any:
        for shape in (shape for shape in required(cls) if shape.key not in data):
            example = f", as in `{shape.key}: {shape.example}`" if shape.example else ""
            self.context.report("missing-key", f"`{shape.key}` is missing", place, f"add it{example}")
        return cls(**{name: value for name, value in values.items() if value is not None})

    def _report_unknown_key(self, key: str, known: Mapping[str, Shape], place: Place) -> None:
        near = did_you_mean(key, known)
        help = f"did you mean `{near}`?" if near else f"known keys here: {', '.join(known)}"
        self.context.report("unknown-key", f"unknown key `{key}`", place / key, help, on_key=True)

    def field(self, shape: Shape, value: Data, place: Place) -> Any:
        """The value of one field, or None if it can't be read."""
        if _is_empty(value):
            help = _LEAVE_OUT_OR_NONE if shape.none else _LEAVE_OUT
            if shape.required:
                help = "this key needs a value"
            self.context.report("empty-value", f"`{shape.key}` has no value", place, help, on_key=True)
            return None
        if value == "none":
            return self._none(shape, place)
        if not shape.many:
            return self.value(shape, value, place)
        if not isinstance(value, list):
            help = f"write a list, as in `{shape.key}: {shape.example or '[…]'}`"
            self.context.wrong_type(value, list, place, help)
            return None
        return self._items(shape, value, place) or None

    def _items(self, shape: Shape, value: Sequence[Data], place: Place) -> tuple[Any, ...]:
        items = [self._item(shape, item, place / index) for index, item in enumerate(value)]
        names = [item.id if isinstance(item, Term) else item for item in items]
        for index, name in enumerate(names):
            if isinstance(name, str) and name in names[:index]:
                self._report_twice(name, place / index, is_term=isinstance(items[index], Term))
        return tuple(item for item in items if item is not None)

    def _item(self, shape: Shape, item: Data, place: Place) -> Any:
        if _is_empty(item):
            help = "take it out, or say what it is"
            self.context.report("empty-value", "the list has an empty item", place, help)
            return None
        return self.value(shape, item, place)

    def _report_twice(self, name: str, place: Place, *, is_term: bool) -> None:
        help = "keep one of them"
        if is_term:
            help += f", or give one an id of its own, as in `{{id: other_{name}, is: {name}}}`"
        self.context.report("duplicate-id", f"`{name}` stands in this list twice", place, help)

    def _none(self, shape: Shape, place: Place) -> Any:
        if shape.none:
            return () if shape.many else NONE
        message = f"`{shape.key}` can't be stated as none"
        self.context.report("none-not-possible", message, place, _LEAVE_OUT)
        return None

    def value(self, shape: Shape, value: Data, place: Place) -> Any:
        """One value of a field's type, or None if it can't be read."""
        kind = shape.type
        if is_dataclass(kind) and kind not in READERS:
            return self._structure(shape, value, place)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._choice(value, tuple(kind), place, kind)
        if shape.choices:
            return self._choice(value, shape.choices, place, str)
        return self._scalar(shape, value, place)

    def _structure(self, shape: Shape, value: Data, place: Place) -> Any:
        kind = shape.type
        if issubclass(kind, Text):
            return read_text(self.context, kind, value, place)
        if kind is References:
            return self._references(value, place)
        if isinstance(value, str) and issubclass(kind, Term):
            terms = TermReader(self.context, kind, shape.vocabulary or kind.vocabulary_name)
            if not terms.has_good_id(value, place):
                return None
            values = {"id": value, "vocabulary": terms.vocabulary_of({"id": value}), "place": place}
            term = self._complete(kind, values, {"id": value}, place)
            return terms.known(term, place, shorthand=True)
        if not isinstance(value, dict):
            words = "a word, or " if issubclass(kind, Term) else ""
            help = f"known keys here: {', '.join(shapes(kind))}"
            self.context.wrong_type(value, f"{words}keys with values", place, help)
            return None
        return self.mapping(kind, value, place, shape.vocabulary)

    def _choice(self, value: Data, choices: tuple[str, ...], place: Place, kind: Any) -> Any:
        if value in choices:
            return kind(value)
        options = ", ".join(f"`{choice}`" for choice in choices)
        help = f"write {'one of ' * (len(choices) > 1)}{options}"
        if not isinstance(value, str):
            self.context.wrong_type(value, str, place, help)
            return None
        near = did_you_mean(value, choices)
        help = f"did you mean `{near}`?" if near else help
        self.context.report("unknown-choice", f"`{value}` is not possible here", place, help)
        return None

    def _scalar(self, shape: Shape, value: Data, place: Place) -> Any:
        read = READERS.get(shape.type)
        wanted = str if read else shape.type
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            help = f"as in `{shape.key}: {shape.example}`" if shape.example else None
            if wanted is str and isinstance(value, (int, float)) and shape.type is not Time:
                help = QUOTE
            self.context.wrong_type(value, wanted, place, help)
            return None
        if not read:
            return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        try:
            return read(value)
        except ValueProblem as problem:
            self.context.report(problem.code, problem.message, place, problem.help)
            return None

    def _references(self, value: Data, place: Place) -> References | None:
        if value == "all":
            return References((), True, place)
        if not isinstance(value, list):
            self.context.wrong_type(value, list, place, "write a list of ids, or `all`")
            return None
        ids = [item for item in value if isinstance(item, str)]
        for index, item in enumerate(value):
            if not isinstance(item, str):
                self.context.wrong_type(item, str, place / index, "write an id")
            elif item in value[:index]:
                self._report_twice(item, place / index, is_term=False)
        return References(tuple(ids), False, place)

    def _term(
        self, cls: type[Term], values: Mapping[str, Any], data: Mapping[str, Data], place: Place,
        vocabulary: str | None,
    ) -> Term | None:  # fmt: skip
        terms = TermReader(self.context, cls, vocabulary or cls.vocabulary_name)
        own = {name: value for name, value in values.items() if value is not None}
        if "use" in own:
            return terms.shared(own, place)
        if "id" not in own:
            if "use" in data or terms.lacks_id("id" in data, place):
                return None
        elif not terms.has_good_id(own["id"], place / "id"):
            return None
        values = {**own, "vocabulary": terms.vocabulary_of(own), "place": place}
        term: Term = self._complete(cls, values, data, place)
        return terms.known(term, place)


def _is_empty(value: Data) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
