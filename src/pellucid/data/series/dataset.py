"""The data set of a series: windows of the past, and what came after each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.series.files import Series
from pellucid.data.series.preparation import SeriesPreparation, require_length
from pellucid.data.series.windows import windows
from pellucid.errors import ConfigError, UnknownNameError


def dataset_from_series(
    series: Series,
    *,
    window: int,
    horizon: int,
    targets: Sequence[str] | None = None,
    ends: Sequence[int] | None = None,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The windows of a series in training, validation and test part, every variable scaled by the training rows.

    Each part is later than the one before it. A row to forecast belongs to one part only; the window in front of it may
    reach into the part before, which is the past by then.

    Args:
        series: values at equal steps of time.
        window: steps of the past that a network sees.
        horizon: steps behind them to forecast.
        targets: the variables to forecast; None takes all.
        ends: the rows where the three parts end; None shares all rows out by ``fractions``.
        fractions: of the rows, for training, validation and test.

    Returns:
        The data set; x is float32, (B, window, variables), the targets first, y (B, horizon, targets).

    Raises:
        UnknownNameError: for a variable that is not there.
        DataError: for a part shorter than window and horizon.
        ConfigError: for sizes below 1 and for ``ends`` out of order.
    """
    chosen = series.variables if targets is None else tuple(targets)
    for name in chosen:
        if name not in series.variables:
            raise UnknownNameError(f"variable of {series.name}", name, series.variables)
    stops = _ends(series, ends, fractions)
    order = (*chosen, *(name for name in series.variables if name not in chosen))
    columns = [series.variables.index(name) for name in order]
    training = series.values[: stops[0], columns]
    scaling = Scaling.fit(order, training)
    target = SeriesTarget(horizon, scaling.first(len(chosen)))
    preparation = SeriesPreparation(scaling, target, window, series.time)
    values, parts = preparation.transform(series), []
    for start, stop in zip((0, *stops), stops, strict=False):
        past = max(0, start - window)
        part = series.take(slice(past, stop))
        require_length(part, window + horizon, f"a window of {window} and a horizon of {horizon}")
        parts.append(Split(*windows(values[past:stop], window, horizon, len(chosen))))
    counted = ", ".join(
        f"{len(part):,} {name}" for part, name in zip(parts, ("train", "validate", "test"), strict=True)
    )
    notes = [f"windows of {window} steps, {horizon} to forecast: {counted}"]
    if flat := [name for name, column in zip(order, training.T, strict=True) if column.min() == column.max()]:
        notes.append(f"the same in all training rows, so only centred: {', '.join(flat)}")
    train, validation, test = parts
    return Dataset(series.name, train, validation, test, preparation, tuple(notes))


def _ends(series: Series, ends: Sequence[int] | None, fractions: Sequence[float]) -> tuple[int, ...]:
    if ends is None:
        shares = np.cumsum(fractions) / sum(fractions)
        return tuple(round(share * len(series)) for share in shares)
    if len(ends) != 3 or not 0 < ends[0] < ends[1] < ends[2] <= len(series):
        raise ConfigError(
            f"ends are three rows in order, at most {len(series)}, the length of {series.name}: not {ends}"
        )
    return tuple(ends)
