"""Numbers as a reader wants them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pellucid.report_page.language import say, sentence

SHARES = frozenset({"accuracy", "macro_f1", "precision", "recall", "f1"})
"""Measures that are shown in percent."""


def figure(value: Any, digits: int = 4) -> str:
    """A number in about so many digits, of small ones at least two; a dash for what is none."""
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return "–"
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e6):
        return f"{int(value):,}".replace("-", "−")
    size = abs(value)
    if size < 1e-4 or size >= 1e7:
        return f"{value:.{digits - 2}e}".replace("e-0", "e-").replace("e+0", "e").replace("-", "−")
    order = math.floor(math.log10(size))
    places = max(0, min(digits - 1 - order, max(digits, 1 - order)))
    return f"{value:,.{places}f}".replace("-", "−")


def plain(value: float) -> str:
    """An amount of the data, without zeros at its end, 4.3 and not 4.300, and in one piece up to 9999, as years are."""
    text = figure(value)
    if abs(value) < 10_000:
        text = text.replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def percent(share: float | None) -> str:
    """0.9667 as "96.7 %"."""
    return "–" if share is None or not math.isfinite(share) else f"{100 * share:.1f}\u00a0%".replace("-", "−")


def measure(name: str, value: Any) -> str:
    """A measure by its name: shares in percent."""
    return percent(value) if base_name(name) in SHARES else figure(value)


def interval(name: str, low: float, high: float) -> str:
    """ "83.3 to 99.4 %"."""
    if base_name(name) in SHARES:
        return say("{low} to {high}", low=f"{100 * low:.1f}", high=f"{100 * high:.1f}\u00a0%")
    return say("{low} to {high}", low=figure(low), high=figure(high))


def base_name(name: str) -> str:
    """A measure without the column that it is of: "rmse(price)" is "rmse"."""
    return name.partition("(")[0]


def words(name: str) -> str:
    """A measure's name in words: "macro_f1" is "macro F1"."""
    base, bracket, rest = name.partition("(")
    said = say(NAMES[base]) if base in NAMES else base.replace("_", " ")
    return say("{measure} of {column}", measure=said, column=rest.removesuffix(")")) if bracket else said


NAMES = {
    "loss": sentence("loss"),
    "accuracy": sentence("accuracy"),
    "precision": sentence("precision"),
    "recall": sentence("recall"),
    "f1": sentence("f1"),
    "macro_f1": sentence("F1, mean of classes"),
    "roc_auc": sentence("area under the ROC curve"),
    "brier": sentence("Brier score"),
    "calibration_error": sentence("calibration error"),
    "cross_entropy": sentence("cross entropy"),
    "r2": sentence("R²"),
    "rmse": sentence("root mean squared error"),
    "mae": sentence("mean absolute error"),
    "mse": sentence("mean squared error"),
}


def duration(seconds: float | None) -> str:
    """Seconds in the unit that suits them."""
    if seconds is None or not math.isfinite(seconds):
        return "–"
    if seconds < 120:
        return say("{count}\u00a0s", count=f"{seconds:.1f}")
    if seconds < 7200:
        return say("{count} minutes", count=f"{seconds / 60:.1f}")
    return say("{count} hours", count=f"{seconds / 3600:.1f}")


def listed(names: Sequence[str], most: int = 6) -> str:
    """ "a, b and c"; of more than ``most`` the first, and how many more."""
    names = [str(name) for name in names]
    if len(names) > most:
        return say("{first} and {count} more", first=say(", ").join(names[:most]), count=f"{len(names) - most:,}")
    return say(" and ").join([say(", ").join(names[:-1]), names[-1]] if len(names) > 1 else names)
