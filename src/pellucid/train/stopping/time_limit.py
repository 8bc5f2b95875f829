"""How long a training may take."""

from __future__ import annotations

import re
from typing import Any

from pellucid import validate
from pellucid.errors import ConfigError

TIME_IS_UP = "the time was up"
"""Why a training ends that has a time limit."""

LEAST_OVERRUN, SHARE_OF_OVERRUN = 0.5, 0.05
"""A limit that is passed by less than so many seconds, or by less than this share of it, is kept."""

UNITS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}
DURATION = re.compile("".join(rf"(?:(\d+(?:\.\d+)?){unit})?" for unit in UNITS))


def seconds_of(owner: str, duration: Any) -> float:
    """Seconds as a number above 0, or as text: "90s", "5m", "1h30m", "2d", "300". Raises ConfigError for what is none.

    ``owner`` is named in the error, with ``max_time``.
    """
    if not isinstance(duration, str):
        validate.positive(owner, "max_time", duration)
        return float(duration)
    text = duration.replace(" ", "").lower()
    if match := DURATION.fullmatch(text if not text[-1:].isdigit() else f"{text}s"):
        seconds = sum(float(n) * unit for n, unit in zip(match.groups(), UNITS.values(), strict=True) if n)
        if 0 < seconds < float("inf"):
            return seconds
    raise ConfigError(f"{owner}: max_time is seconds, or a text such as 90s, 5m or 1h30m, not {duration!r}")


def with_overrun(reason: str, taken: float, limit: float) -> str:
    """The reason for an end after so many seconds, with how far the limit is passed where that is worth a word:
    compiling, and what the engine does at one go, are not broken off.
    """
    over = taken - limit
    if over < max(LEAST_OVERRUN, SHARE_OF_OVERRUN * limit):
        return reason
    return f"{reason}, {over:.1f} s beyond the limit of {limit:g} s"
