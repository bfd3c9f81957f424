"""Facts and the model to YAML: every key of the model once, with what it means in a comment above it.

Made from the field descriptions, so that no key can be missing and no comment can be stale. A comment begins
with `# `; a setting that isn't in use begins with `#` and its first letter, or with spaces where it lies
inside another one, so that taking away one character puts it to use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from textwrap import wrap
from typing import TypeGuard

from policygen.loading import Shape, shapes
from policygen.loading.scalars import READERS
from policygen.model.facts import Fact, Qualified, Statement, Term
from policygen.model.kinds import References, Text
from policygen.scaffold.guide import Guide
from policygen.scaffold.samples import Samples, vocabulary_of
from policygen.scaffold.yaml import flow, scalar
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES

REQUIRED = "Required."
NONE = "Can be `none`."
OPTIONS = "One of: {options}."
WORDS = "Words: {words}."
MORE_WORDS = "Words: {words} and more: `policygen explain {vocabulary}`."
IDS = "Ids under `{key}`, or `all`."
SENTENCES = (REQUIRED, NONE, OPTIONS, WORDS, MORE_WORDS, IDS)

COMMON = (Term, Qualified, Fact, Statement)
"""What items of lists have in common; told once, in a legend."""
_WIDTH = 100
_NOT_BOTH = frozenset({"before"})
"""Keys that can't stand beside one that follows them: not in use even where everything around them is."""
_GAP = "…"
_SHOWN_WORDS = 16
_REPEATED_WORDS = 3

Facts = Mapping[str, Data]


@dataclass(slots=True)
class Explained:
    """Writes files in which each key is explained where it comes first."""

    say: Guide
    samples: Samples
    told: set[tuple[type, str]] = field(default_factory=set)
    """The keys explained so far, each by the class that has it first."""
    listed: set[str] = field(default_factory=set)
    """The vocabularies whose words have been listed."""

    def legend(self) -> list[str]:
        """What any item of a list can state, as comments."""
        return [line for cls in COMMON for line in self._legend(cls, _GAP)]

    def _legend(self, cls: type, around: str) -> Iterator[str]:
        """The keys of a class; `around` is the value they stand in, with a gap for them."""
        for shape in self._untold(cls):
            self.told.add((definer(cls, shape.key), shape.key))
            yield "#"
            yield f"# `{around.replace(_GAP, f'{shape.key}: {flow(self.samples.of(shape))}')}`"
            yield from self._comment(shape, cls)
            if is_model(shape.type) and not issubclass(shape.type, Term):
                yield from self._legend(shape.type, around.replace(_GAP, f"{shape.key}: {{{_GAP}}}"))

    def mapping(self, cls: type, facts: Facts, *, all_used: bool = False) -> list[str]:
        """A thing of a model class; what isn't told yet is explained, in use or not."""
        lines: list[str] = []
        for shape in sorted(shapes(cls).values(), key=lambda each: each.key not in {"id", "use"} & {*facts}):
            name = (definer(cls, shape.key), shape.key)
            is_new = name not in self.told
            if not is_new and shape.key not in facts:
                continue
            self.told.add(name)
            comment = list(self._comment(shape, cls)) if is_new else []
            value = facts[shape.key] if shape.key in facts else self._sample(shape)
            in_use = shape.key in facts or (all_used and shape.key not in _NOT_BOTH)
            entry = self._entry(shape, value, all_used=shape.key not in facts)
            lines += [*comment, *(entry if in_use else (f"#{line}" for line in entry))]
        return lines

    def _sample(self, shape: Shape) -> Data:
        if not self._is_explained_inside(shape):
            return self.samples.of(shape)
        identity: Data = self.samples.identity(shape.type, shape.vocabulary)
        return [identity] if shape.many else identity

    def _entry(self, shape: Shape, value: Data, *, all_used: bool) -> list[str]:
        """A key and its value; parts that aren't explained yet are, on lines of their own."""
        if not self._is_explained_inside(shape):
            if isinstance(value, list) and any(isinstance(item, dict) for item in value):
                return [f"{shape.key}:", *(f"  - {flow(item)}" for item in value)]
            return [f"{shape.key}: {flow(value)}"]
        items = value if isinstance(value, list) else [value]
        lines = [f"{shape.key}:"]
        for item in items:
            if isinstance(item, str) and not self._untold(shape.type):
                lines.append(f"  - {scalar(item)}")
                continue
            inner = self.mapping(shape.type, _as_facts(item), all_used=all_used)
            lines += _as_item(inner) if shape.many else [f"  {line}" for line in inner]
        return lines

    def _is_explained_inside(self, shape: Shape) -> bool:
        return is_model(shape.type) and bool(self._untold(shape.type))

    def _untold(self, cls: type) -> list[Shape]:
        return [
            shape for shape in shapes(cls).values() if (definer(cls, shape.key), shape.key) not in self.told
        ]

    def _comment(self, shape: Shape, cls: type) -> Iterator[str]:
        """What a key means, and what can be written for it."""
        said = [self.say(shape.doc), *([self.say(REQUIRED)] if shape.required else [])]
        said += [self.say(NONE)] if shape.none else []
        yield from comment(" ".join(said))
        yield from comment(self._possible(shape, cls))

    def _possible(self, shape: Shape, cls: type) -> str:
        if isinstance(shape.type, type) and issubclass(shape.type, StrEnum):
            return self.say(OPTIONS).format(options=", ".join(shape.type))
        if shape.choices:
            return self.say(OPTIONS).format(options=", ".join(shape.choices))
        if shape.type is References and cls not in COMMON:
            return self.say(IDS).format(key=shape.refers)
        vocabulary = vocabulary_of(shape.type, shape.vocabulary) if is_model(shape.type) else None
        if not vocabulary:
            return ""
        words = [word.key for word in VOCABULARIES[vocabulary]]
        room = _REPEATED_WORDS if vocabulary in self.listed else _SHOWN_WORDS
        self.listed.add(vocabulary)
        sentence = self.say(WORDS if len(words) <= room else MORE_WORDS)
        return sentence.format(words=", ".join(words[:room]), vocabulary=vocabulary)


def comment(text: str) -> Iterator[str]:
    """A comment, wrapped."""
    for line in wrap(text, _WIDTH - 2, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"


def is_model(kind: object) -> TypeGuard[type]:
    """Whether a type is a class of the model whose keys an author writes."""
    if not isinstance(kind, type) or kind in READERS:
        return False
    return is_dataclass(kind) and not issubclass(kind, (Text, References))


def definer(cls: type, key: str) -> type:
    """The class that has a key first, in the same words."""
    bases = [base for base in reversed(cls.__mro__) if is_dataclass(base)]
    return next(base for base in bases if shapes(base).get(key) == shapes(cls)[key])


def _as_facts(item: Data) -> Facts:
    if isinstance(item, dict):
        return item
    return {"id": item}


def _as_item(lines: Sequence[str]) -> Iterable[str]:
    """The lines of a mapping as an item of a list; comments above its first key stand above the item."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    for index, line in enumerate(lines):
        yield ("  - " if index == first else "    " if index > first else "  ") + line


def parts(cls: type) -> tuple[type, ...]:
    """The classes that a class of the model is made of, itself the first."""
    found: dict[type, None] = {cls: None}
    for shape in shapes(cls).values():
        if is_model(shape.type) and shape.type not in found:
            found |= dict.fromkeys(parts(shape.type))
    return tuple(found)
