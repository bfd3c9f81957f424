"""What a YAML text is read as: plain data, and where each piece of it stands."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.diagnostics import Position

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands, and its key if it is in a mapping."""

    key: Position | None
    value: Position
