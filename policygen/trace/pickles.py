"""Values of ours as bytes, and back; bytes that somebody else made up can make nothing but values.

A trace lies in a folder that may come from anywhere. Python's pickles can call any function that there is, so
these may name frozen values and enumerations of ours, days, and safe text.
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import is_dataclass
from enum import Enum
from typing import TypeVar

T = TypeVar("T")

_OTHERS = frozenset({("datetime", "date"), ("markupsafe", "Markup")})


class Unreadable(ValueError):
    """Bytes that are no values of ours."""


def dumped(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def loaded(raw: bytes, kind: type[T]) -> T:
    """The value of that type that was dumped. Raises Unreadable."""
    try:
        value = _Values(io.BytesIO(raw)).load()
    except Exception as error:  # whatever foreign bytes make it raise
        raise Unreadable(str(error)) from error
    if not isinstance(value, kind):
        raise Unreadable(f"a {type(value).__name__} instead of a {kind.__name__}")
    return value


def _word(kind: object, name: str) -> Enum:
    """A word of an enumeration by its name, and no other attribute of anything."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise Unreadable(f"{kind} has no words")


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Whatever is a value."""
        if (module, name) == ("builtins", "getattr"):
            return _word  # Python before 3.11.4 writes a word in this way
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if module.partition(".")[0] == "policygen" and module in sys.modules:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise Unreadable(f"{module}.{name} is no value")
