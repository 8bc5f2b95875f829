"""Dates as people write them: which patterns fit every row of a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.files.dates import SPECIFIER, lenient_pattern, pattern_regex, read_dates
from pellucid.errors import ConfigError

if TYPE_CHECKING:
    import polars as pl

ORDERS = ("auto", "day-first", "month-first")
"""What ``dates`` may be beside a pattern."""

BY_NAME = ("%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%b %d, %Y", "%b %d %Y", "%b %Y", "%b-%Y", "%b-%y", "%Y %b")

DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m", "%Y/%m", "%Y%m"),
    *("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%Y", "%m-%Y", "%m.%Y"),
    *("%m/%d/%y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d", "%y/%m/%d"),
    *("%Y-Q%q", "%YQ%q", "%Y Q%q", "Q%q %Y", "Q%q-%Y", "%G-W%V", "%GW%V"),
    *(form for by_name in BY_NAME for form in (by_name, by_name.replace("%b", "%B"))),
)
"""Patterns of days, months, quarters and weeks, the likelier of two that read the same text first."""

TIME = re.compile(
    r"(?P<joint>[T ])(?P<H>\d{1,2}):\d{2}(?P<S>:\d{2}(?P<f>[.,]\d{1,9})?)?(?P<p> ?[AaPp]\.?[Mm]\.?)?"
    r"(?P<zone> ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$"
)


def date_patterns(column: pl.Series, dates: str = "auto") -> tuple[str, ...]:
    """The patterns by which every cell of a column of text is a date, the likeliest first; () where none is.

    ``dates`` is "auto", "day-first", "month-first", or the one pattern to take. Cells that are null do not
    count. A time of day, its seconds, and their fraction may be left out of some rows where they are 0.
    Raises ConfigError for other ``dates``.
    """
    import polars as pl

    check_dates(dates)
    texts = column.drop_nulls().cast(pl.String).unique(maintain_order=True)
    if texts.is_empty():
        return ()
    fitting: dict[str, str] = {}
    for pattern in [dates, lenient_pattern(dates)] if "%" in dates else _likely_patterns(texts):
        wanted = "%" in dates or dates == "auto" or order_of(pattern) in (None, dates)
        if wanted and lenient_pattern(pattern) not in fitting and not np.isnat(read_dates(texts, pattern).local).any():
            fitting[lenient_pattern(pattern)] = pattern
    return tuple(fitting.values())


def likeliest_pattern(column: pl.Series, dates: str = "auto") -> str | None:
    """The pattern of the first, the middle or the last cell that reads the most of them; None where none is a date."""
    import polars as pl

    texts = column.drop_nulls().cast(pl.String)
    places = dict.fromkeys((0, len(texts) // 2, len(texts) - 1)) if len(texts) else ()
    found = dict.fromkeys(pattern for row in places for pattern in date_patterns(texts[row : row + 1], dates))
    return max(found, key=lambda pattern: int((~np.isnat(read_dates(texts, pattern).local)).sum()), default=None)


def read_alike(texts: pl.Series, pattern: str) -> np.ndarray:
    """What the clock showed, datetime64[us], (B,), by a pattern or one with the same parts of a date in the same order:
    2020/1/31 and 2020-01-31T13:00 by %Y-%m-%d. NaT where no such pattern reads, and not looked for behind such a place.
    """
    local = read_dates(texts, pattern).local
    unread = np.isnat(local) & texts.is_not_null().to_numpy()
    while unread.any():
        row = int(unread.argmax())
        alike = [other for other in date_patterns(texts[row : row + 1]) if _have_same_order(pattern, other)]
        if not alike:
            break
        local = np.where(unread, read_dates(texts, alike[0]).local, local)
        unread &= np.isnat(local)
    return local


def _have_same_order(pattern: str, other: str) -> bool:
    """Whether two patterns have the same parts of a date in the same order, as far as both go."""
    orders = (
        [part.lower().replace("b", "m") for _, part in SPECIFIER.findall(form) if part in "YybBmdqGV"]
        for form in (pattern, other)
    )
    return all(first == second for first, second in zip(*orders, strict=False))


def _likely_patterns(texts: pl.Series) -> list[str]:
    """The patterns that fit the longest text, each as strict on digits as it may be first."""
    longest = texts[int(texts.str.len_chars().arg_max() or 0)]
    found = TIME.search(longest)
    day, clock = (longest[: found.start()], _time_pattern(found)) if found else (longest, "")
    days = [form for form in DATES if re.fullmatch(pattern_regex(lenient_pattern(form)), day)]
    return [
        form + time
        for strict in days
        for form in dict.fromkeys((strict, lenient_pattern(strict)))
        for time in dict.fromkeys((clock, lenient_pattern(clock)))
    ]


def check_dates(dates: str) -> None:
    """Raise ConfigError for what is neither an order nor a pattern."""
    if dates not in ORDERS and "%" not in dates:
        raise ConfigError(f"dates is one of {', '.join(ORDERS)}, or a pattern such as %d/%m/%Y: not {dates!r}")


def order_of(pattern: str) -> str | None:
    """ "day-first" or "month-first" where a pattern is one of two that differ in it alone; else None."""
    parts = [part for _, part in SPECIFIER.findall(pattern)][:3]
    return {"dm": "day-first", "md": "month-first"}.get("".join(parts[:2])) if len(parts) == 3 else None


def note_order(name: str, example: str, patterns: tuple[str, ...], taken: str) -> tuple[str, ...]:
    """A note where the rows of the column ``name`` can be read day first as well as month first."""
    orders = {order_of(pattern) for pattern in patterns} - {None}
    if len(orders) < 2:
        return ()
    other = "day-first" if order_of(taken) == "month-first" else "month-first"
    return (
        f"{name!r} can be read day first and month first ({example}): {str(order_of(taken)).replace('-', ' ')} was "
        f"taken; dates = {other!r} takes the other",
    )


def _time_pattern(found: re.Match[str]) -> str:
    """The pattern of the time of day that ``TIME`` found."""
    hour = "I" if found["p"] else "H"
    text = f"{found['joint']}%{hour}:%M"
    if found["S"]:
        text += ":%S"
    if found["f"]:
        text += f"{found['f'][0]}%{len(found['f']) - 1}f"
    if found["p"]:
        text += " %p" if found["p"].startswith(" ") else "%p"
    zone = found["zone"] or ""
    if "+" in zone or "-" in zone:
        return text + " " * zone.startswith(" ") + ("%:z" if ":" in zone else "%z")
    return text + zone
