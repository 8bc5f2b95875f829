"""The step that prepares inputs: in known sets and in tables, fitted on training rows, stored and read back."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pellucid import ConfigError, DataError, Preprocessing, StepChoice, UnknownNameError, load_dataset
from pellucid.data import Table, dataset_from_table
from pellucid.data.base.splits import split
from pellucid.data.catalog import scikit_learn
from pellucid.errors import describe

ROTATING = ("decorrelate", "whiten", "zca")


def table(n=60, words=True, seed=0):
    rng = np.random.default_rng(seed)
    a = rng.normal(5, 2, n)
    columns = {"a": a, "b": 3 * a + rng.normal(size=n), "c": rng.normal(size=n)}
    if words:
        columns["town"] = rng.choice(["Bonn", "Trier"], n)
    return Table(pl.DataFrame({**columns, "y": a + rng.normal(size=n)}), "t.csv", np.arange(2, n + 2), "line", "y")


def test_the_usual_steps_are_as_they_were():
    for name in ("iris", "moons"):
        np.testing.assert_array_equal(load_dataset(name).train.x, load_dataset(name, standardise=True).train.x)
        np.testing.assert_array_equal(load_dataset(name).train.x, load_dataset(name, prepare="normalise").train.x)
        raw = load_dataset(name, prepare="raw")
        np.testing.assert_array_equal(raw.train.x, load_dataset(name, standardise=False).train.x)


def test_each_step_on_a_table_by_what_defines_it():
    raw = load_dataset("wine", prepare="raw").train.x
    np.testing.assert_allclose(load_dataset("wine", prepare="centre").train.x, raw - raw.mean(axis=0), atol=1e-3)
    covariances = {name: np.cov(load_dataset("wine", prepare=name).train.x.T, bias=True) for name in ROTATING}
    np.testing.assert_allclose(covariances["decorrelate"] - np.diag(np.diag(covariances["decorrelate"])), 0, atol=1e-5)
    for name in ("whiten", "zca"):
        np.testing.assert_allclose(covariances[name], np.eye(13), atol=2e-4)  # the epsilon of 1e-5 tells


def test_images_share_one_mean_and_scale_and_stay_images_but_as_components():
    raw = load_dataset("digits", prepare="raw")
    assert (raw.train.x.min(), raw.train.x.max()) == (0, 1)
    np.testing.assert_allclose(
        load_dataset("digits", prepare="centre").train.x, raw.train.x - raw.train.x.mean(), atol=1e-6
    )
    assert load_dataset("digits", prepare="zca").image_shape == (8, 8)
    white = load_dataset("digits", prepare=StepChoice("whiten", components=20))
    assert white.image_shape is None
    assert white.features == tuple(f"component_{k}" for k in range(1, 21))
    assert white.train.x.shape[1] == 20


def test_only_training_rows_count():
    """Against PCA of the training rows alone; and rows held out may be anything."""
    source = scikit_learn.wine()
    train, _, test = split(len(source.y), seed=3, stratify=source.y)
    theirs = make_pipeline(StandardScaler(), PCA(4, svd_solver="full")).fit(source.x[train])
    ours = load_dataset("wine", 3, prepare=StepChoice("decorrelate", components=4))
    expected = theirs.transform(source.x[test])
    np.testing.assert_allclose(np.abs(ours.test.x), np.abs(expected), rtol=1e-4, atol=1e-4)
    whole = make_pipeline(StandardScaler(), PCA(4, svd_solver="full")).fit(source.x).transform(source.x[test])
    assert np.abs(np.abs(ours.test.x) - np.abs(whole)).max() > 0.01


@pytest.mark.parametrize("step", ROTATING)
def test_rows_held_out_of_a_table_change_nothing(step):
    first = table()
    rows = np.arange(40)
    wild = first.frame.with_columns(pl.when(pl.int_range(pl.len()) >= 40).then(1e6).otherwise(pl.col("b")).alias("b"))
    changed = Table(wild, "t.csv", first.lines, "line", "y")
    assert Preprocessing.fit(first, "regression", rows, prepare=step) == Preprocessing.fit(
        changed, "regression", rows, prepare=step
    )


@pytest.mark.parametrize("step", ROTATING)
def test_stored_and_read_back_to_the_bit(step, tmp_path):
    from pellucid.weights import load_arrays, save_arrays

    data = dataset_from_table(table(), prepare=StepChoice(step, components=2))
    fitted = data.preprocessing
    save_arrays(tmp_path / "matrices.safetensors", fitted.arrays())
    values = json.loads(json.dumps(fitted.to_dict()))
    restored = Preprocessing.from_dict(values, load_arrays(tmp_path / "matrices.safetensors"))
    assert restored == fitted
    np.testing.assert_array_equal(restored.transform(table(seed=1))[0], fitted.transform(table(seed=1))[0])


def test_categories_come_after_what_was_whitened():
    data = dataset_from_table(table(), prepare=StepChoice("whiten", components=2))
    assert data.features[:2] == ("component_1", "component_2")
    assert {"town=Bonn", "town=Trier"} == set(data.features[2:])
    np.testing.assert_allclose(np.cov(data.train.x[:, :2].T, bias=True), np.eye(2), atol=1e-4)
    assert set(np.unique(data.train.x[:, 2:])) == {0, 1}


def test_without_a_rotation_what_is_stored_is_as_it_was():
    fitted = Preprocessing.fit(table(), "regression")
    assert set(fitted.to_dict()) == {"kind", "numbers", "categories", "target", "left_out", "notes", "order"}
    assert fitted.arrays() == {}


def test_what_was_not_stored_by_us_is_refused():
    fitted = Preprocessing.fit(table(), "regression", prepare="whiten")
    values, arrays = fitted.to_dict(), fitted.arrays()
    spoiled = [
        ({**values, "rotation": None}, arrays),
        ({**values, "rotation": {**values["rotation"], "type": "Centre"}}, arrays),
        ({**values, "rotation": {**values["rotation"], "epsilon": 0.0}}, arrays),
        ({**values, "rotation": {**values["rotation"], "surprise": 1}}, arrays),
        (values, None),
        (values, {**arrays, "basis": arrays["basis"][:2]}),
        (values, {**arrays, "basis": arrays["basis"].astype(np.float32)}),
        (values, {**arrays, "mean": np.full(3, np.nan)}),
        (values, {**arrays, "variances": -arrays["variances"]}),
        (values, {**arrays, "variances": np.float64(1)}),
    ]
    for wrong, matrices in spoiled:
        with pytest.raises(DataError, match="this is not a stored preprocessing: rotation") as caught:
            Preprocessing.from_dict(wrong, matrices)
        assert "\n" not in describe(caught.value)


def test_advice_by_kind_of_data():
    assert load_dataset("iris").notes == ("inputs: normalise, which suits tables",)
    assert load_dataset("iris", prepare="raw").notes[0] == (
        "inputs: raw, but tables are better normalised, or whitened where columns go together"
    )
    assert (
        load_dataset("digits", prepare="whiten")
        .notes[0]
        .startswith("inputs: whiten, but images are better centred and scaled")
    )


def test_what_cannot_be():
    with pytest.raises(UnknownNameError, match="did you mean whiten"):
        load_dataset("iris", prepare="white")
    with pytest.raises(ConfigError, match="components is for decorrelate, whiten, zca, not for normalise"):
        StepChoice("normalise", components=2)
    with pytest.raises(ConfigError, match="not for auto: add prepare"):
        StepChoice(components=2)
    with pytest.raises(ConfigError, match="epsilon is for whiten, zca, not for decorrelate"):
        StepChoice("decorrelate", epsilon=0.1)
    with pytest.raises(ConfigError, match="epsilon must be a number above 0, not -1"):
        StepChoice("whiten", epsilon=-1)
    with pytest.raises(ConfigError, match="say the same thing"):
        load_dataset("iris", prepare="raw", standardise=True)
    with pytest.raises(DataError, match="components is 4, but 42 rows of 3 columns vary in 3 directions"):
        dataset_from_table(table(), prepare=StepChoice("whiten", components=4))
    words = Table(table().frame.select("town", "y"), "t.csv", np.arange(60), "line", "y")
    with pytest.raises(DataError, match=r"t\.csv has no column of numbers to whiten"):
        dataset_from_table(words, prepare="whiten")
