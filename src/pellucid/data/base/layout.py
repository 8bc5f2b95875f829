"""What the inputs of a network look like: a row, a grid, a sequence, tokens, or numbers beside categories.

Networks are chosen by it, whatever the kind of data: an image and a named set of images are both a grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Layout:
    """How the numbers of one example lie."""

    are_amounts: ClassVar[bool] = True
    """Whether numbers may be added and scaled; False where they stand for words or categories."""


@dataclass(frozen=True)
class RowLayout(Layout):
    """x (B, D): columns in any order."""

    columns: int


@dataclass(frozen=True)
class GridLayout(Layout):
    """x (B, H W C): pixels, row by row. ``shape`` is (H, W), or (H, W, C) in colour."""

    shape: tuple[int, ...]

    @property
    def height(self) -> int:
        """H, in pixels."""
        return self.shape[0]

    @property
    def width(self) -> int:
        """W, in pixels."""
        return self.shape[1]

    @property
    def channels(self) -> int:
        """C: 1 for grey, 3 for colour."""
        return self.shape[2] if len(self.shape) > 2 else 1

    def __str__(self) -> str:
        return "x".join(map(str, self.shape))


@dataclass(frozen=True)
class SequenceLayout(Layout):
    """x (B, T, D): steps in time, each of ``features`` numbers."""

    steps: int
    features: int


@dataclass(frozen=True)
class TokenLayout(Layout):
    """x (B, T): whole numbers below ``vocabulary``, each standing for a term, for an ``Embedding``."""

    are_amounts = False
    steps: int
    vocabulary: int


@dataclass(frozen=True)
class EmbeddedLayout(Layout):
    """x ``{"numbers": (B, D), "categories": (B, C)}``: categories are whole numbers below ``vocabulary``."""

    are_amounts = False
    numbers: int
    categories: int
    vocabulary: int


__all__ = ["EmbeddedLayout", "GridLayout", "Layout", "RowLayout", "SequenceLayout", "TokenLayout"]
