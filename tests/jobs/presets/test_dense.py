"""The linear network of a series begins with the plainest forecast, that all stays as it is."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import dataset_from_series, ops, read_series
from pellucid.jobs.gather import validate
from pellucid.jobs.presets import make_preset
from pellucid.shape_inference import first_weights


@pytest.mark.parametrize("targets", [["a"], ["a", "b"]])
def test_a_linear_network_of_a_series_first_repeats_the_last_value(tmp_path, targets):
    path = tmp_path / "series.csv"
    pl.DataFrame({"t": range(40), "a": np.arange(40.0) ** 2, "b": np.sin(np.arange(40.0))}).write_csv(path)
    data = dataset_from_series(read_series(path, "t"), window=5, horizon=3, targets=targets)
    model, said = make_preset("linear", validate({"data": "series.csv", "dropout": 0.2}, "options"), data)
    params, state = first_weights(model, ops.key(0), data.test.x)
    y, _, _ = model.forward(params, state, data.test.x)
    np.testing.assert_array_equal(y, np.repeat(data.test.x[:, -1:, : len(targets)], 3, axis=1))
    assert said == "network: linear for 5 steps of 2 variables: weights over time, from the last step on"
