"""Dates by a pattern: read from text, and written again in the same form.

A pattern is that of ``strftime``: ``%m/%d/%Y %H:%M``. ``%-d`` is a day without a 0 in front, ``%3f`` three digits of a
second, ``%q`` a quarter, ``%:z`` an offset such as +01:00.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import polars as pl

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

PARTS = {
    "Y": r"\d{4}",
    "G": r"\d{4}",
    "y": r"\d{2}",
    "q": r"[1-4]",
    "b": r"[A-Za-z]{3}",
    "B": r"[A-Za-z]{3,9}",
    "f": r"\d{1,9}",
    "p": r"[AaPp]\.?[Mm]\.?",
    "z": r"Z|[+-]\d{2}(?::?\d{2})?",
}
"""What stands for each part of a pattern; for all others two digits, or one or two where the pattern says ``%-d``."""

DIGITS, TWO_DIGITS = r"\d{1,2}", r"\d{2}"

SPECIFIER = re.compile(r"%([-:\d]?)([A-Za-z])")


class Dates(NamedTuple):
    """``local`` (B,), datetime64[us]: what the clock showed, NaT where there is no date.

    ``offset`` (B,), timedelta64[m], is how far that clock is ahead of UTC; None where the dates do not say.
    """

    local: np.ndarray
    offset: np.ndarray | None

    @property
    def utc(self) -> np.ndarray:
        """The moments (B,); those of one clock where no offset is given."""
        return self.local if self.offset is None else self.local - self.offset


def read_dates(texts: pl.Series, pattern: str) -> Dates:
    """The dates that texts are by a pattern."""
    import polars as pl

    found = texts.str.strip_chars().str.extract_groups(f"^{pattern_regex(pattern)}$").struct.unnest()

    def number(part: str, default: int) -> np.ndarray:
        if part not in found.columns:
            return np.full(len(texts), default)
        values: np.ndarray = found[part].cast(pl.Int64, strict=False).fill_null(default).to_numpy()
        return values

    def text(part: str) -> list[str]:
        return found[part].fill_null("").to_list() if part in found.columns else [""] * len(texts)

    days, good = _weeks(number) if "G" in found.columns else _days(number, text, found.columns)
    hour, minute, second = number("H", 0), number("M", 0), number("S", 0)
    if "p" in found.columns:
        hour = number("I", 0) % 12 + 12 * np.array([half[:1].lower() == "p" for half in text("p")])
    fraction = np.array([int(digits[:6].ljust(6, "0")) if digits else 0 for digits in text("f")])
    clock = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    good &= (hour < 24) & (minute < 60) & (second < 60) & found.to_series(0).is_not_null().to_numpy()
    local = np.where(good, days.astype("datetime64[us]") + clock.astype("timedelta64[us]"), np.datetime64("NaT"))
    if "z" in found.columns:
        return Dates(local, np.array([_offset_minutes(zone) for zone in text("z")]).astype("timedelta64[m]"))
    return Dates(local, np.zeros(len(texts), "timedelta64[m]") if pattern.endswith(("Z", "UTC", "GMT")) else None)


def _days(
    number: Callable[[str, int], np.ndarray], text: Callable[[str], list[str]], parts: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """The days of years, quarters or months, and days; and which of them there are."""
    year = (number("y", 0) + 31) % 100 + 1969 if "y" in parts else number("Y", 1970)
    month, day = number("m", 1), number("d", 1)
    if "q" in parts:
        month = 3 * number("q", 1) - 2
    for name in {"b", "B"} & set(parts):
        starts = [month.lower()[:3] for month in MONTHS]
        month = np.array([starts.index(start) + 1 if start in starts else 0 for start in map(_start, text(name))])
    months = (12 * (year - 1970) + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    return days, (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months) & (year > 0)


def _weeks(number: Callable[[str, int], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The Mondays of weeks by ISO 8601, whose first holds 4 January; and which of them there are."""
    year, week = number("G", 1970), number("V", 1)
    first, following = (
        (january_4 := (y - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 3) - (january_4.astype(int) + 3) % 7
        for y in (year, year + 1)
    )
    days = first + 7 * (week - 1)
    return days, (week >= 1) & (days < following)


def _start(month: str) -> str:
    return month.lower()[:3]


def write_date(local: np.datetime64, pattern: str, offset: np.timedelta64 | None = None) -> str:
    """A date, as the clock shows it, in the form of a pattern."""
    moment: datetime = local.astype("datetime64[us]").item()
    minutes = 0 if offset is None else int(offset / np.timedelta64(1, "m"))

    def part(found: re.Match[str]) -> str:
        how, what = found.groups()
        if what == "f":
            return f"{moment.microsecond:06}"[: int(how or 6)].ljust(int(how or 6), "0")
        if what == "z":
            sign = "-" if minutes < 0 else "+"
            return f"{sign}{abs(minutes) // 60:02}{':' if how == ':' else ''}{abs(minutes) % 60:02}"
        if what in "bB":
            return MONTHS[moment.month - 1][: 3 if what == "b" else None]
        year, week, _ = moment.isocalendar()
        half = "PM" if moment.hour >= 12 else "AM"
        if what in "pYGq":
            quarter = (moment.month + 2) // 3
            return {"p": half, "Y": f"{moment.year:04}", "G": f"{year:04}", "q": str(quarter)}[what]
        numbers = {"y": moment.year % 100, "m": moment.month, "d": moment.day, "V": week, "H": moment.hour}
        numbers |= {"I": (moment.hour + 11) % 12 + 1, "M": moment.minute, "S": moment.second}
        return str(numbers[what]) if how == "-" else f"{numbers[what]:02}"

    return SPECIFIER.sub(part, pattern)


def lenient_pattern(pattern: str) -> str:
    """The same pattern, for days, months and hours of one digit too."""
    return pattern if "%Y%m" in pattern else re.sub(r"%([mdHI])", r"%-\1", pattern)


def pattern_regex(pattern: str) -> str:
    """What a pattern reads; a time of day, its seconds and their fraction may be missing where they are 0."""
    day, hour, clock = (
        re.split(r"([T ]?%-?[HI])", pattern, maxsplit=1) if re.search("%-?[HI]", pattern) else (pattern, "", "")
    )
    clock = re.sub(r"(:%-?S)([.,]%\d?f)?", lambda found: f"({found[1]}({found[2] or ''})?)?", clock)
    text = re.sub(r"[.,/]", r"[\g<0>]", day) + (f"({re.sub('[.,]', '[.,]', hour + clock)})?" if hour else "")
    return SPECIFIER.sub(_group, text.replace("(", "(?:"))


def _group(found: re.Match[str]) -> str:
    how, part = found.groups()
    return f"(?P<{part}>{PARTS.get(part) or (DIGITS if how == '-' else TWO_DIGITS)})"


def _offset_minutes(zone: str) -> int:
    digits = zone.lstrip("+-").replace(":", "")
    if not digits.isdigit():
        return 0
    return (-1 if zone.startswith("-") else 1) * (int(digits[:2]) * 60 + int(digits[2:] or 0))
