"""Makes the cells of a found table fit: every row as wide as the others, no cell over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygen.releases.imported.pieces import Piece

_HOLES = 8
"""How many places a table may have for each cell; one with more is hardly a table."""


@dataclass(slots=True)
class Cell:
    """A cell and the place it takes."""

    piece: Piece
    columns: int = 1
    rows: int = 1


Group = Sequence[list[Cell]]
"""Rows that belong together: no cell reaches out of them."""


def lay_out(groups: Iterable[Group]) -> bool:
    """Make the cells of a table fit, in place; False if it has too many holes to be one.

    Cells keep the columns and rows they take if that leaves no column without a cell that begins in it and
    puts none on another; else each takes one.
    """
    groups = [group for group in groups if group]
    cells = [cell for group in groups for row in group for cell in row]
    most = _HOLES * len(cells) + 100
    if _is_filled(groups, most):
        return True
    for cell in cells:
        cell.columns = cell.rows = 1
    return _is_filled(groups, most)


def _is_filled(groups: Iterable[Group], most: int) -> bool:
    """Fill short rows up, if the cells of the others fit and no more than that many places are needed."""
    rows: list[dict[int, bool]] = []
    for group in groups:
        places = _places(group, most)
        if places is None:
            return False
        rows += places
    width = 1 + max((column for row in rows for column in row), default=-1)
    if len(rows) * width > most:
        return False
    begun = {column for row in rows for column in range(width) if row.get(column, True)}
    if len(begun) < width:
        return False
    for row, taken in zip((row for group in groups for row in group), rows, strict=True):
        row += [Cell(Piece("td")) for _ in range(width - len(taken))]
    return True


def _places(group: Group, most: int) -> list[dict[int, bool]] | None:
    """For each row the columns that are taken, and whether a cell begins there; None if they don't fit."""
    if _cut(group) > most:
        return None
    rows: list[dict[int, bool]] = [{} for _ in group]
    for index, row in enumerate(group):
        column = 0
        for cell in row:
            while column in rows[index]:
                column += 1
            for down in range(cell.rows):
                for right in range(column, column + cell.columns):
                    if right in rows[index + down]:
                        return None
                    rows[index + down][right] = not down and right == column
        if not any(rows[index].values()):
            return None
    return rows


def _cut(group: Group) -> int:
    """End every cell where its group ends; how many places all of them take."""
    for index, row in enumerate(group):
        for cell in row:
            cell.rows = min(cell.rows, len(group) - index)
    return sum(cell.columns * cell.rows for row in group for cell in row)
