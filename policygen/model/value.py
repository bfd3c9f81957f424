"""What the facts of a policy are: frozen values that hold what is stated, and nothing else.

They are dataclasses whose methods stand here once. `dataclass` would write them anew for each kind of fact,
with a line for each of up to forty fields, and every process that builds would wait for it.
"""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, fields
from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """A frozen dataclass, made with keywords. For what isn't stated its class answers: with the default."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False, match_args=False)(cls)

    def __init__(self, **stated: Any) -> None:
        self.__dict__.update(stated)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __repr__(self) -> str:
        said = (f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
        return f"{type(self).__qualname__}({', '.join(said)})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compared(value: Value) -> tuple[object, ...]:
    return tuple(getattr(value, part.name) for part in fields(value) if part.compare)
