"""The classes of the model as schemas: their keys, and everything that an author can write for each.

Read from the same `Shape`s as the loader reads, so that a field added to the model is in both. What only the
loader can tell: that ids differ and lead somewhere, what a shared fact is, whether a day, a language or a
time zone exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import cast

from policygen.loading import FORMAT, Shape, shapes
from policygen.model.facts import Term
from policygen.model.kinds import References, Slug, Text
from policygen.model.site import Shared, SiteSettings
from policygen.schema.scalars import line, scalar, site_address, slug
from policygen.schema.texts import Languages, label, text
from policygen.schema.words import Schema, enumeration, known, words
from policygen.source import Data, parse

_NONE: Schema = {"const": "none"}
_ALL: Schema = {"const": "all"}
_SHARED = frozenset(shape.type for shape in shapes(Shared).values())
"""The kinds of facts that `use` can name."""
_NAMES = {date: "Date"}


@dataclass(slots=True)
class Structure:
    """Collects the definitions that a schema refers to."""

    languages: Languages
    definitions: dict[str, Schema] = field(default_factory=dict)
    shared: bool = True
    """Whether there are shared facts to use: site.yaml can't use its own."""

    def _refer(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def words(self, vocabulary: str) -> Schema:
        """The words of a vocabulary."""
        return self._refer(f"words.{vocabulary}", partial(words, vocabulary, self.languages.tags))

    def mapping(self, cls: type) -> Schema:
        """An object of a class that has no identity."""
        required = [shape.key for shape in _shapes(cls).values() if shape.required]
        return self._object(cls, _shapes(cls)) | ({"required": required} if required else {})

    def _object(self, cls: type, known_shapes: Mapping[str, Shape]) -> Schema:
        return {
            "title": _title(cls),
            "description": _first_line(cls),
            "type": "object",
            "properties": {key: self._property(cls, shape) for key, shape in known_shapes.items()},
            "additionalProperties": False,
            "minProperties": 1,
        }

    # --- fields

    def _property(self, cls: type, shape: Shape) -> Schema:
        """A field; one that a class has from another is described once."""
        owner = next(base for base in reversed(cls.__mro__) if _states(base, shape))
        if owner is cls:
            return self.field(cls, shape)
        return self._refer(f"{owner.__name__}:{shape.key}", partial(self.field, owner, shape))

    def field(self, cls: type, shape: Shape) -> Schema:
        """What stands behind a key."""
        schema: Schema = {"description": shape.doc + (" Can be `none`." if shape.none else "")}
        if (example := self._example(shape)) is not None:
            schema["examples"] = [example]
        value = self._value(cls, shape)
        if shape.many:
            value = {"type": "array", "minItems": 1, "items": value}
            if _is_told_apart(shape):
                value["uniqueItems"] = True
        if shape.none:
            return {**schema, "anyOf": [_NONE, value]}
        if _takes_any_id(shape):
            schema["not"] = {"const": "none"}
        return {**schema, **value}

    def _example(self, shape: Shape) -> Data:
        if shape.example is None:
            return None
        data, _ = parse(shape.example, "example")
        is_foreign = isinstance(data, dict) and list(data) != list(self.languages.tags)
        return None if is_foreign and issubclass(shape.type, Text) else data

    def _value(self, cls: type, shape: Shape) -> Schema:
        if shape.key == "format":
            return {"type": "integer", "const": FORMAT}
        if cls is SiteSettings and shape.key == "url":
            return site_address()
        if (described := known(cls, shape.key)) is not None:
            return enumeration(described, f"one of {', '.join(described)}")
        if shape.choices:
            return {"enum": list(shape.choices)}
        if isinstance(shape.type, type) and issubclass(shape.type, StrEnum):
            return {"enum": [option.value for option in shape.type]}
        return self._plain(cls, shape)

    def _plain(self, cls: type, shape: Shape) -> Schema:
        kind = shape.type
        if kind is str or kind is Slug:
            return self._string(cls, shape)
        if kind is References:
            ids: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
            return {"anyOf": [_ALL, ids]}
        if kind in {bool, int}:
            return {"type": "boolean" if kind is bool else "integer"}
        if (single := scalar(kind, self.languages.tags)) is not None:
            self.words("timing")
            return self._refer(_NAMES.get(kind, kind.__name__), lambda: single)
        if issubclass(kind, Text):
            return self._text(cls, shape)
        if issubclass(kind, Term):
            return self.term(kind, shape.vocabulary)
        return self._refer(kind.__name__, partial(self.mapping, kind))

    def _string(self, cls: type, shape: Shape) -> Schema:
        if shape.type is Slug:
            return slug(in_list=shape.many)
        if shape.key == "id" and issubclass(cls, Term):
            return slug()
        return line(in_list=shape.many)

    def _text(self, cls: type, shape: Shape) -> Schema:
        if shape.type is Text and shape.key == "label" and issubclass(cls, Term):
            return self._refer("Label", partial(label, self.languages))
        return self._refer(shape.type.__name__, partial(text, shape.type, self.languages))

    # --- facts with an identity

    def term(self, cls: type[Term], vocabulary: str | None = None) -> Schema:
        """A fact: a word alone where that can be enough, or keys."""
        name = f"{cls.__name__}.{vocabulary}" if vocabulary else cls.__name__
        return self._refer(name, partial(self._term, cls, vocabulary or cls.vocabulary_name))

    def _term(self, cls: type[Term], vocabulary: str | None) -> Schema:
        keys = self._keys(cls, vocabulary)
        if any(shape.required for shape in _shapes(cls).values()) or (cls.needs_label and not vocabulary):
            return keys
        alone = self.words(vocabulary) if vocabulary and cls.needs_label else slug(in_list=True)
        return {"title": keys["title"], "description": keys["description"], "anyOf": [alone, keys]}

    def _keys(self, cls: type[Term], vocabulary: str | None) -> Schema:
        known_shapes = _shapes(cls)
        can_use = self.shared and cls in _SHARED
        # Where there is a vocabulary, its words stand behind these two; without one, `is` means nothing.
        left_out = {*(() if can_use else ("use",)), *(("id", "is") if vocabulary else ("is",))}
        stated = {key: shape for key, shape in known_shapes.items() if key not in left_out}
        schema = self._object(cls, stated)
        if vocabulary:
            schema["properties"] = {
                "id": {"description": known_shapes["id"].doc, "anyOf": [self.words(vocabulary), slug()]},
                "is": {"description": known_shapes["is"].doc, **self.words(vocabulary)},
                **cast("Schema", schema["properties"]),
            }
        identity = self._identity(cls, vocabulary)
        return {**schema, **({"if": {"required": ["use"]}, "else": identity} if can_use else identity)}

    def _identity(self, cls: type[Term], vocabulary: str | None) -> Schema:
        """What says which fact it is, where no shared one is used."""
        required = [shape.key for shape in _shapes(cls).values() if shape.required]
        if not any(part.name == "id" and part.default for part in fields(cls)):
            required.insert(0, "id")
        if cls.needs_label and not vocabulary:
            required.append("label")
        schema: Schema = {"required": required} if required else {}
        if cls.needs_label and vocabulary:
            is_word = {"properties": {"id": self.words(vocabulary)}}
            schema["anyOf"] = [is_word, {"required": ["is"]}, {"required": ["label"]}]
            schema["errorMessage"] = f"a word of `{vocabulary}`, or an id of your own with `label` or `is`"
        return schema


def _shapes(cls: type) -> Mapping[str, Shape]:
    return shapes(cls)


def _states(base: type, shape: Shape) -> bool:
    return is_dataclass(base) and _shapes(base).get(shape.key) == shape


def _takes_any_id(shape: Shape) -> bool:
    """Whether a key takes a fact whose id alone is enough, so that `none` could be one."""
    kind = shape.type
    if shape.many or not (isinstance(kind, type) and issubclass(kind, Term)):
        return False
    return not (kind.needs_label and (shape.vocabulary or kind.vocabulary_name))


def _is_told_apart(shape: Shape) -> bool:
    """Whether the loader tells two equal items of a list: facts by their ids, texts by themselves."""
    kind = shape.type
    return not (is_dataclass(kind) and isinstance(kind, type)) or issubclass(kind, Term)


def _first_line(cls: type) -> str:
    return (cls.__doc__ or "").strip().partition("\n")[0]


def _title(cls: type) -> str:
    """A class's name in words: 'StoragePlace' is 'Storage place'."""
    words_ = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
    return words_.strip().capitalize()
