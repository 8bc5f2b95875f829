from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from pellucid import (
    Adam,
    ConfigError,
    DataError,
    Dense,
    FromLast,
    MeanSquaredError,
    Permute,
    SeriesPreparation,
    UnknownNameError,
    dataset_from_series,
    fit,
    read_series,
    restore_preparation,
)

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


def test_parts_follow_each_other_and_are_scaled_by_the_first(written):
    series = read_series(written(HOURS, a=np.arange(48.0), b=np.arange(48.0) ** 2), "t")
    data = dataset_from_series(series, window=4, horizon=2, targets=["b"], ends=(24, 34, 48))
    assert [len(part) for part in (data.train, data.validation, data.test)] == [24 - 5, 10 - 1, 14 - 1]
    training = np.arange(24.0) ** 2
    np.testing.assert_allclose(data.train.x[0, :, 0], ((training - training.mean()) / training.std())[:4], rtol=1e-6)
    first, last = data.preprocessing.target.decode(data.test.y)[[0, -1]]
    np.testing.assert_allclose(first[:, 0], [34.0**2, 35.0**2], rtol=1e-5)
    np.testing.assert_allclose(last[:, 0], [46.0**2, 47.0**2], rtol=1e-5)
    np.testing.assert_array_equal(data.validation.x[0], data.preprocessing.transform(series)[20:24])
    assert data.preprocessing.latest(series).shape == (1, 4, 2)
    assert SeriesPreparation.from_dict(asdict(data.preprocessing)) == data.preprocessing
    assert restore_preparation(data.preprocessing.to_dict()) == data.preprocessing


def test_a_linear_network_learns_a_wave(written):
    wave = np.sin(np.arange(200) * 2 * np.pi / 12) + np.arange(200) / 50
    series = read_series(written(list(range(200)), a=wave), "t")
    data = dataset_from_series(series, window=24, horizon=6)
    trained = fit(
        FromLast(Permute((2, 1)), Dense(6), Permute((2, 1))), MeanSquaredError(), data, optimizer=Adam(0.01), epochs=60
    )
    off = trained.outputs(data.test.x) - data.test.y
    assert np.mean(off**2) < 0.01 * np.mean((data.test.x[:, -1:] - data.test.y) ** 2)


def test_what_is_too_short_or_flat_or_unknown_is_said(written):
    series = read_series(written(HOURS, a=np.arange(48.0), b=np.ones(48)), "t")
    with pytest.raises(
        DataError, match=r"34 rows from 2020-01-01T00.* where a window of 40 and a horizon of 2 need 42"
    ):
        dataset_from_series(series, window=40, horizon=2)
    with pytest.raises(DataError, match=r"7 rows .* where a window of 4 and a horizon of 10 need 14"):
        dataset_from_series(series, window=4, horizon=10, ends=(40, 43, 48))
    with pytest.raises(ConfigError, match=r"ends are three rows in order, at most 48"):
        dataset_from_series(series, window=4, horizon=2, ends=(10, 20, 60))
    with pytest.raises(UnknownNameError):
        dataset_from_series(series, window=4, horizon=2, targets=["c"])
    with pytest.raises(ConfigError, match="horizon"):
        dataset_from_series(series, window=4, horizon=0)
    with pytest.raises(DataError, match="variables that differ"):
        dataset_from_series(series, window=4, horizon=2, targets=["a", "a"])
    data = dataset_from_series(series, window=4, horizon=2)
    assert data.notes[1] == "the same in all training rows, so only centred: b"
    with pytest.raises(DataError, match="a window of 4 need 4"):
        data.preprocessing.latest(series.take(slice(0, 3)))
    with pytest.raises(DataError, match="lacks the variable 'b'"):
        data.preprocessing.transform(read_series(written(HOURS), "t"))
