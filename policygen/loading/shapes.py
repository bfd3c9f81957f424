"""What each field of the model may hold, read once from its annotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from policygen.model.kinds import Stated


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: its name in YAML, its type, and what the model says of it."""

    key: str
    attribute: str
    type: Any
    many: bool
    none: bool
    required: bool
    choices: tuple[str, ...]
    vocabulary: str | None
    refers: str | None
    doc: str
    example: str | None


@cache
def shapes(cls: type) -> Mapping[str, Shape]:
    """The fields of a model class that an author can state, by their YAML key."""
    if not is_dataclass(cls):
        raise TypeError(f"{cls} is no model class")
    hints = get_type_hints(cls)
    found = {}
    for part in fields(cls):
        if "doc" in part.metadata:
            shape = _shape(part.name, hints[part.name], part.metadata)
            found[shape.key] = shape
    return found


@cache
def required(cls: type) -> tuple[Shape, ...]:
    """The fields that an author must state."""
    return tuple(shape for shape in shapes(cls).values() if shape.required)


def _shape(attribute: str, annotation: Any, metadata: Mapping[str, Any]) -> Shape:
    options = get_args(annotation) if get_origin(annotation) in {UnionType, Union} else (annotation,)
    kinds = [option for option in options if option not in {type(None), Stated}]
    kind = kinds[0]
    many = get_origin(kind) is tuple
    if many:
        kind = get_args(kind)[0]
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return Shape(
        key=attribute.rstrip("_"),
        attribute=attribute,
        type=str if choices else kind,
        many=many,
        none=bool(metadata.get("none")),
        required=bool(metadata.get("required")),
        choices=choices,
        vocabulary=metadata.get("vocabulary"),
        refers=metadata.get("refers"),
        doc=metadata["doc"],
        example=metadata.get("example"),
    )
