"""The next day of seven hourly series, from the two weeks before it.

Reads a part of ETTh1 from $PELLUCID_DATA if it is there; else draws series with a day and a week in them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from pellucid import (
    AdamW,
    Dense,
    EarlyStopping,
    FromLast,
    MeanSquaredError,
    Permute,
    Series,
    dataset_from_series,
    fit,
    read_series,
)

HOURS = 4000
WINDOW, HORIZON = 336, 24


def hourly() -> Series:
    """The first hours of the real series, or of drawn ones."""
    real = Path(os.environ.get("PELLUCID_DATA", ""), "etth1", "ETTh1.csv")
    if real.is_file():
        return read_series(real, "date").take(slice(0, HOURS))
    rng, hour = np.random.default_rng(0), np.arange(HOURS)
    start = np.datetime64("2024-01-01T00:00", "m")
    rows = ["time," + ",".join(f"s{k}" for k in range(7))]
    values = [
        np.sin(2 * np.pi * (hour / 24 + k / 7)) + np.sin(2 * np.pi * hour / 168) + rng.normal(0, 0.03, HOURS).cumsum()
        for k in range(7)
    ]
    rows += [",".join([str(start + 60 * i), *(f"{series[i]:.4f}" for series in values)]) for i in hour]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "drawn.csv")
        path.write_text("\n".join(rows), encoding="utf-8")
        return read_series(path, "time")


def main() -> None:
    series = hourly()
    data = dataset_from_series(series, window=WINDOW, horizon=HORIZON)
    print(series, *data.notes, sep="\n")
    trained = fit(
        FromLast(Permute((2, 1)), Dense(HORIZON), Permute((2, 1))),
        MeanSquaredError(),
        data,
        optimizer=AdamW(0.001, weight_decay=1.0),
        epochs=30,
        batch_size=64,
        early_stopping=EarlyStopping(patience=5),
    )
    x, y = data.test
    print(f"repeating the last value: MSE {np.mean((x[:, -1:] - y) ** 2):.4f}")
    print(f"the network: MSE {np.mean((trained.outputs(x) - y) ** 2):.4f}")
    ahead = data.preprocessing.target.decode(trained.outputs(data.preprocessing.latest(series)))[0]
    print(f"{data.preprocessing.target.names[0]} in the hours after the series: {ahead[:4, 0].round(2)} ...")


if __name__ == "__main__":
    main()
