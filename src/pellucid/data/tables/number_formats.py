"""Numbers as people write them: 1,234.50 and 1.234,56, 1 234, $5, 12 %. One format must fit a whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pellucid.data.serialization import STRICT

if TYPE_CHECKING:
    import polars as pl

CURRENCY = r"(?:[A-Z]{0,3}[$€£¥₹₽₩₪₺]|USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN)"
UNIT = rf"(?:{CURRENCY}|[%‰°]|°?[A-Za-zµ][A-Za-zµ/²³]{{0,9}})"
BEFORE, AFTER = rf"^[+-]?\s*({CURRENCY})", rf"[0-9.,]\s*({UNIT})$"
"""What may stand in front of a number and behind it, the same in every cell."""

LIKE_A_NUMBER = rf"^[+-]?\s*(?:{CURRENCY})?\s*[0-9.,][0-9.,' ]*(?:{UNIT})?$"

PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
"""What needs no format."""

MARKS: tuple[tuple[Literal[".", ","], str], ...] = (
    (".", ""),
    (".", ","),
    (",", ""),
    (",", "."),
    (".", " "),
    (",", " "),
    (".", "'"),
    (",", "'"),
)
"""The decimal mark, and what stands between thousands."""

SPELLINGS = {r"[\u00a0\u202f\u2009]": " ", "[−–]": "-", "’": "'", r"^\(([^()]*)\)$": "-$1"}
"""Characters that mean the same, and the brackets that accountants put around what is below 0."""


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of the column ``name`` are written: ``decimal`` mark, ``thousands`` mark, unit around them."""

    name: str
    decimal: Literal[".", ","] = "."
    thousands: str = ""
    before: str = ""
    after: str = ""
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __str__(self) -> str:
        words = {",": "commas", ".": "points", " ": "spaces", "'": "apostrophes"}
        parts = ["decimal commas"] if self.decimal == "," else []
        parts += [f"{words[self.thousands]} between thousands"] if self.thousands else []
        parts += [f"{self.before!r} in front"] if self.before else []
        parts += [f"{self.after!r} behind"] if self.after else []
        return ", ".join(parts) or "signs"

    def fits(self, cells: pl.Series) -> bool:
        """Whether every cell is a number so written."""
        return bool(self._bare(cells).str.contains(self._pattern()).all())

    def read(self, cells: pl.Series) -> pl.Series:
        """The numbers, Float64; null where a cell is none so written. A plain number is read as it is."""
        import polars as pl

        bare = self._bare(cells)
        written = bare.str.replace_all(self.thousands, "", literal=True) if self.thousands else bare
        written = written.str.replace(self.decimal, ".", literal=True)
        return pl.select(pl.when(bare.str.contains(self._pattern())).then(written)).to_series().cast(pl.Float64)

    def _bare(self, cells: pl.Series) -> pl.Series:
        """The cells without unit, and without blanks around what is left."""
        bare = _spelled(cells)
        for unit, place in ((self.before, r"^([+-]?)\s*{}\s*"), (self.after, r"()\s*{}$")):
            bare = bare.str.replace(place.format(re.escape(unit)), "$1") if unit else bare
        return bare.str.strip_chars()

    def _pattern(self) -> str:
        decimal, thousands = re.escape(self.decimal), re.escape(self.thousands)
        grouped = rf"\d{{1,3}}(?:{thousands}\d{{2,3}})*{thousands}\d{{3}}|" if self.thousands else ""
        return rf"^[+-]?(?:(?:{grouped}\d+)(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?$"


def find_formats(frame: pl.DataFrame, decimal_comma: bool = False) -> tuple[tuple[NumberFormat, ...], tuple[str, ...]]:
    """The format of each column of text that holds numbers in one, and notes on them.

    Where commas may be either, between thousands or decimal, other columns decide, or ``decimal_comma``.
    """
    import polars as pl

    fitting = {column.name: _fitting(column) for column in frame.select(pl.col(pl.String))}
    certain = {formats[0].decimal for formats in fitting.values() if len({f.decimal for f in formats}) == 1}
    mark = "," if certain == {","} or (decimal_comma and not certain) else "."
    chosen, notes = [], dict[str, list[str]]()
    for name, formats in fitting.items():
        if formats:
            best = next((form for form in formats if form.decimal == mark), formats[0])
            chosen.append(best)
            notes.setdefault(f"read as numbers, with {best}{_doubt(best, formats)}", []).append(name)
    return tuple(chosen), tuple(f"{what}: {', '.join(names)}" for what, names in notes.items())


def mixed_formats(cells: pl.Series) -> str:
    """ "numbers written in several ways, such as ..." for words that all look like numbers; else nothing."""
    words = cells.drop_nulls().unique(maintain_order=True)
    if words.is_empty() or not _spelled(words).str.contains(LIKE_A_NUMBER).all():
        return ""
    return f"numbers written in several ways, such as {', '.join(map(repr, words.head(3)))}: write them in one"


def _doubt(chosen: NumberFormat, formats: Sequence[NumberFormat]) -> str:
    other = next((form for form in formats if form.decimal != chosen.decimal), None)
    matters = other is not None and {chosen.thousands, other.thousands} & {".", ","}
    return f" (they may also be {other})" if matters else ""


def _fitting(column: pl.Series) -> list[NumberFormat]:
    """The formats in which every cell is a number; none where all are plain numbers, or not all have a digit."""
    cells = column.drop_nulls().unique()
    if cells.is_empty() or not cells.str.contains(r"\d").all() or cells.str.contains(PLAIN).all():
        return []
    units = [_spelled(cells).str.extract(pattern).unique().to_list() for pattern in (BEFORE, AFTER)]
    if any(len(found) > 1 for found in units):
        return []
    before, after = (found[0] or "" for found in units)
    formats = (NumberFormat(column.name, decimal, thousands, before, after) for decimal, thousands in MARKS)
    return [form for form in formats if form.fits(cells)]


def _spelled(cells: pl.Series) -> pl.Series:
    for pattern, spelling in SPELLINGS.items():
        cells = cells.str.replace_all(pattern, spelling)
    return cells
