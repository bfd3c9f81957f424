"""A value of a template's context that is made when the template asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from jinja2.runtime import Context
from jinja2.utils import missing

T = TypeVar("T")


class Later(Generic[T]):
    """A value to be made, once."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    @cached_property
    def value(self) -> T:
        """The value."""
        return self._make()


class LazyContext(Context):
    """A context that makes what is asked for."""

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a name."""
        names = self.vars if key in self.vars else self.parent
        found = names.get(key, missing)
        return found.value if type(found) is Later else found
