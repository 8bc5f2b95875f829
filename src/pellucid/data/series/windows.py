"""A series as examples: windows of the past, and what came after each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pellucid import validate
from pellucid.errors import DataError


def windows(values: np.ndarray, window: int, horizon: int, targets: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Every ``window`` steps in a row, and of the ``horizon`` steps behind them the first ``targets`` variables.

    Args:
        values: (T, V), a row for each step.
        window: steps of each x.
        horizon: steps of each y.
        targets: how many of the variables y has; None is all of them.

    Returns:
        ``(x, y)``: x (N, window, V) and y (N, horizon, targets or V), N = T - window - horizon + 1; views, not copies.

    Raises:
        ConfigError: for sizes below 1.
        DataError: for fewer than window + horizon steps.
    """
    validate.positive_int("windows", "window", window)
    validate.positive_int("windows", "horizon", horizon)
    if values.ndim != 2 or len(values) < window + horizon:
        raise DataError(
            f"windows: {window} steps and the {horizon} behind them need values of shape ({window + horizon} or more, "
            f"variables), not {values.shape}"
        )
    both = np.lib.stride_tricks.sliding_window_view(values, window + horizon, axis=0).swapaxes(1, 2)
    return both[:, :window], both[:, window:, :targets]


def windows_with_future(
    values: np.ndarray, window: int, horizon: int, targets: int, known: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """``windows`` whose x goes on over the horizon: there it has the ``known`` variables, and repeats the others' last.

    Args:
        values: (T, V), a row for each step.
        window: steps of the past in each x.
        horizon: steps behind them in each x and y.
        targets: how many of the variables y has, the first ones.
        known: which of the variables are known ahead of time.

    Returns:
        ``(x, y)``: x (N, window + horizon, V), a copy, and y (N, horizon, targets), N = T - window - horizon + 1.

    Raises:
        ConfigError: for sizes below 1.
        DataError: for fewer than window + horizon steps.
    """
    _, y = windows(values, window, horizon, targets)
    both = np.lib.stride_tricks.sliding_window_view(values, window + horizon, axis=0).swapaxes(1, 2)
    return hide_unknown(both, window, known), y


def hide_unknown(x: np.ndarray, window: int, known: Sequence[int]) -> np.ndarray:
    """x (N, window + horizon, V), in whose horizon all but the ``known`` variables repeat the window's last step."""
    hidden = x.copy()
    unknown = [variable for variable in range(x.shape[2]) if variable not in known]
    hidden[:, window:, unknown] = x[:, window - 1 : window, unknown]
    return hidden
