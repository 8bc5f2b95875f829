"""Where the units of the drawing stand, and the curves of its edges between them: no edge crosses a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pellucid.derivation.algebra.diagram import Column

ACROSS, DOWN, TOP = 154, 54, 74
"""From column to column, from unit to unit, and where the first one stands, in pixels."""

WIDTH, HEIGHT = 92, 38
"""How large a unit is, which holds its name and its value."""

FEW = 5
"""Of a column that has more units than the diagram holds so many are drawn."""


def thin(column: Column, on_paths: Collection[str]) -> Column:
    """Of a column with units left out FEW, those on the paths (``on_paths``) first, in their order."""
    if len(column.units) == column.size:
        return column
    first = sorted(range(len(column.units)), key=lambda i: column.units[i].name not in on_paths)[:FEW]
    return replace(column, units=tuple(column.units[i] for i in sorted(first)))


@dataclass(frozen=True)
class Layout:
    """Columns from left to right, each in the middle of the tallest."""

    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """How many rows the tallest column has; "… 126 more" takes one."""
        return max(map(_rows, self.columns))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return ACROSS * len(self.columns), TOP + DOWN * (self.rows - 1) + HEIGHT // 2 + 6

    def x(self, column: int) -> float:
        """The middle of a column."""
        return ACROSS * (column + 0.5)

    def y(self, column: int, row: float) -> float:
        """The middle of a row of a column."""
        return TOP + DOWN * (row + (self.rows - _rows(self.columns[column])) / 2)

    def places(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The column and the row of each unit, by its name."""
        for i, column in enumerate(self.columns):
            yield from ((unit.name, (i, row)) for row, unit in enumerate(column.units))

    def way(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        """An SVG path from unit to unit; past the columns between them it goes through a gap between two units."""
        (i, row), (j, end_row) = start, end
        x, y, last = self.x(i) + WIDTH / 2, self.y(i, row), self.y(j, end_row)
        drawn = f"M{x:g} {y:g}"
        for between in range(i + 1, j):
            gap = self._gap(between, y + (last - y) / (j - between + 1))
            left, right = self.x(between) - WIDTH / 2, self.x(between) + WIDTH / 2
            drawn += _curve(x, y, left, gap) + f"H{right:g}"
            x, y = right, gap
        return drawn + _curve(x, y, self.x(j) - WIDTH / 2, last)

    def _gap(self, column: int, wanted: float) -> float:
        """The nearest height at which a column has no unit."""
        gaps = [self.y(column, row - 0.5) for row in range(_rows(self.columns[column]) + 1)]
        free = gaps[0] <= wanted <= gaps[-1]
        return min(gaps, key=lambda y: abs(y - wanted)) if free else wanted


def _rows(column: Column) -> int:
    return len(column.units) + (column.size > len(column.units))


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"
