"""Results hold the figures of each part, of each class, and of what the network must beat."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import accuracy_score, f1_score, mean_absolute_error, median_absolute_error

from pellucid import (
    Adam,
    Chain,
    Dense,
    Flatten,
    GradientDescent,
    Hinge,
    MeanSquaredError,
    ReLU,
    Reshape,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
    dataset_from_series,
    fit,
    load_dataset,
    read_series,
)
from pellucid.initializers import Zeros
from pellucid.jobs.results import Results

IRIS, DIABETES, CANCER = (load_dataset(name) for name in ("iris", "diabetes", "breast-cancer"))


def results(data, loss, outputs, epochs=20):
    trained = fit(Chain(Dense(outputs)), loss, data, epochs=epochs, optimizer=Adam(0.05), engine="numpy")
    return trained, Results(trained, data)


def test_figures_of_each_part_and_class():
    trained, found = results(IRIS, SoftmaxCrossEntropy(), 3)
    parts, details = found.parts(), found.details()
    said = trained.classify(IRIS.test.x)
    assert set(parts["test"]) == {"loss", "accuracy", "macro_f1", "roc_auc", "brier", "calibration_error"}
    assert parts["test"]["macro_f1"] == pytest.approx(f1_score(IRIS.test.y, said, average="macro"))
    assert parts["train"]["accuracy"] == pytest.approx(accuracy_score(IRIS.train.y, trained.classify(IRIS.train.x)))
    assert [figures["class"] for figures in details["classes"]] == list(IRIS.classes)
    assert np.trace(details["confusion"]) == (said == IRIS.test.y).sum()
    assert sum(entry["examples"] for entry in details["reliability"]) == len(IRIS.test)


def test_one_output_has_the_figures_of_two_classes():
    _, one = results(CANCER, SigmoidCrossEntropy(), 1)
    parts = one.parts()
    assert parts["test"]["roc_auc"] > 0.95
    assert parts["test"]["brier"] < 0.1
    assert len(one.details()["confusion"]) == 2


@pytest.mark.parametrize("outputs", [1, 2])
def test_margins_have_no_reliability(outputs):
    _, found = results(CANCER, Hinge(), outputs)
    parts = found.parts()
    assert set(parts["test"]) == {"loss", "accuracy", "macro_f1", "roc_auc"}
    assert parts["test"]["roc_auc"] > 0.95
    assert set(found.details()) == {"classes", "confusion"}


def test_errors_of_amounts_in_their_own_unit():
    trained, found = results(DIABETES, MeanSquaredError(), 1)
    target = DIABETES.preprocessing.target
    truth, said = target.decode(DIABETES.test.y), target.decode(trained.predict(DIABETES.test.x))
    test = found.parts()["test"]
    assert test["mae"] == pytest.approx(mean_absolute_error(truth, said))
    assert test["median_error"] == pytest.approx(median_absolute_error(truth, said))
    assert found.details() == {}


@pytest.mark.parametrize(
    ("data", "loss", "outputs", "measure"),
    [(IRIS, SoftmaxCrossEntropy(), 3, "accuracy"), (DIABETES, MeanSquaredError(), 1, "r2")],
    ids=["classes", "amounts"],
)
def test_a_gain_is_the_difference_of_the_measures(data, loss, outputs, measure):
    _, found = results(data, loss, outputs, epochs=3)
    test = found.parts()["test"]
    for model in found.baselines(0).values():
        assert model["gain"] == pytest.approx(model[measure] - test[measure], abs=1e-6)
        assert model["standard_error"] >= 0
        assert 0 <= model["p_value"] <= 1


def test_a_code_is_compared_with_components():
    data = DIABETES.as_reconstruction()
    trained = fit(Chain(Dense(3), Dense(10)), MeanSquaredError(), data, epochs=5, engine="numpy")
    found = Results(trained, data)
    models = found.baselines(0)
    assert models["PCA"]["components"] == 3
    assert models["PCA"]["gain"] == pytest.approx(models["PCA"]["r2"] - found.parts()["test"]["r2"], abs=1e-5)


def test_the_first_layer_that_tells_no_example_apart_is_named():
    trained = fit(Chain(Dense(4), ReLU(), Dense(3)), SoftmaxCrossEntropy(), IRIS, epochs=1, engine="numpy")
    assert Results(trained, IRIS).constant_layer() is None
    trained.params["dense_1"]["b"] = np.full(4, -1e3, np.float32)
    assert Results(trained, IRIS).constant_layer() == {"layer": "relu_1", "silent": True}
    trained.params["dense_1"]["W"] = np.zeros((4, 4), np.float32)
    assert Results(trained, IRIS).constant_layer() == {"layer": "dense_1", "silent": False}


def test_a_forecast_that_stays_at_the_mean_is_held_against_the_last_value(tmp_path):
    """Figures of forecasts are as scaled; a network of zeros errs by what is to be forecast itself."""
    path = tmp_path / "series.csv"
    pl.DataFrame({"t": range(60), "a": np.arange(60.0) % 7}).write_csv(path)
    data = dataset_from_series(read_series(path, "t"), window=8, horizon=2)
    model = Chain(Flatten(), Dense(2, weight=Zeros()), Reshape((2, 1)))
    found = Results(
        fit(model, MeanSquaredError(), data, epochs=1, optimizer=GradientDescent(1e-30), engine="numpy"), data
    )
    test, x, y = found.parts()["test"], data.test.x, data.test.y.astype(np.float64)
    assert test == pytest.approx({"loss": (y**2).mean(), "mse": (y**2).mean(), "mae": np.abs(y).mean()})
    last = found.baselines(0)["repeat last"]
    assert last["mse"] == pytest.approx(((x[:, -1:] - y) ** 2).mean())
    assert last["gain"] == pytest.approx(test["mse"] - last["mse"])
    assert found.details() == {}
