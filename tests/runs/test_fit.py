"""``fit``: what it promises, on problems small enough to know the answer."""

from __future__ import annotations

import numpy as np
import optax
import pytest

from pellucid import (
    L2,
    Adam,
    BatchNorm,
    Chain,
    ClipByNorm,
    ConfigError,
    DataError,
    Dense,
    EarlyStopping,
    EpochDone,
    GradientDescent,
    HalfSquaredError,
    MaxNorm,
    MeanSquaredError,
    Momentum,
    NonFiniteError,
    ReLU,
    RunError,
    ShapeError,
    SoftmaxCrossEntropy,
    StepDecay,
    fit,
)
from pellucid.trees import flatten

ENGINES = ("numpy", "jax")
NET = Chain(Dense(6), ReLU(), Dense(3))


def blobs(n=90, seed=0, dtype=np.float32):
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    centres = np.array([[0, 2], [2, -1], [-2, -1]])
    return (centres[y] + 0.3 * rng.normal(size=(n, 2))).astype(dtype), y


def line(n=40, dtype=np.float64):
    x = np.linspace(-1, 1, n, dtype=dtype)[:, None]
    return x, 3 * x + 1


def same(a, b):
    a, b = flatten(a.params), flatten(b.params)
    return a.keys() == b.keys() and all((a[path] == b[path]).all() for path in a)


@pytest.mark.parametrize("engine", ENGINES)
def test_learns_to_tell_blobs_apart(engine):
    trained = fit(NET, SoftmaxCrossEntropy(), blobs(), epochs=40, optimizer=Adam(0.02), engine=engine)
    assert trained.engine == engine
    assert trained.evaluate(blobs(seed=1))["accuracy"] == 1.0
    assert trained.predict(blobs()[0]).sum(axis=1) == pytest.approx(1.0)
    assert (trained.classify(blobs()[0]) == blobs()[1]).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_finds_the_line_that_least_squares_finds(engine):
    trained = fit(
        Chain(Dense(1)),
        MeanSquaredError(),
        line(),
        epochs=300,
        batch_size=40,
        optimizer=GradientDescent(0.3),
        engine=engine,
    )
    assert trained.params["dense_1"]["W"].item() == pytest.approx(3.0, abs=1e-9)
    assert trained.params["dense_1"]["b"].item() == pytest.approx(1.0, abs=1e-9)
    assert trained.evaluate(line())["r2"] == pytest.approx(1.0)


def test_engines_agree_in_float64():
    how = {"epochs": 3, "batch_size": 7, "penalty": L2(0.01), "clip": ClipByNorm(0.5), "constraint": MaxNorm(1.5)}
    data = blobs(dtype=np.float64)
    eager = fit(NET, SoftmaxCrossEntropy(), data, engine="numpy", **how)
    compiled = fit(NET, SoftmaxCrossEntropy(), data, engine="jax", **how)
    for path, leaf in flatten(eager.params).items():
        assert leaf.dtype == np.float64
        np.testing.assert_allclose(flatten(compiled.params)[path], leaf, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(compiled.history.steps["loss"], eager.history.steps["loss"], rtol=1e-10)
    assert len(eager.history.steps["loss"]) == 3 * 13


@pytest.mark.parametrize("engine", ENGINES)
def test_a_seed_repeats_the_run_to_the_bit(engine):
    how = {"epochs": 3, "engine": engine, "batch_size": 16}
    first = fit(NET, SoftmaxCrossEntropy(), blobs(), seed=5, **how)
    assert same(first, fit(NET, SoftmaxCrossEntropy(), blobs(), seed=5, **how))
    assert not same(first, fit(NET, SoftmaxCrossEntropy(), blobs(), seed=6, **how))


def test_one_step_is_the_step_worked_out_by_hand():
    x, y = np.array([[1.0], [3.0]]), np.array([[2.0], [1.0]])
    start = ({"dense_1": {"W": np.array([[0.5]]), "b": np.array([0.0])}}, {"dense_1": {}})
    trained = fit(
        Chain(Dense(1)), HalfSquaredError(), (x, y), epochs=1, batch_size=2, optimizer=GradientDescent(0.1), start=start
    )
    # Errors -1.5 and 0.5: dW = (-1.5 * 1 + 0.5 * 3) / 2 = 0, db = -0.5.
    assert trained.params["dense_1"]["W"].item() == pytest.approx(0.5)
    assert trained.params["dense_1"]["b"].item() == pytest.approx(0.05)
    assert trained.history.epochs[0]["train"]["loss"] == pytest.approx((1.125 + 0.125) / 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_of_examples_act_like_repetition(engine):
    x, y = blobs(12, dtype=np.float64)
    weight = np.where(y == 0, 2.0, 1.0)
    twice = np.concatenate([np.arange(12), np.flatnonzero(y == 0)])
    how = {"epochs": 2, "optimizer": GradientDescent(0.1), "engine": engine, "batch_size": 100}
    by_weight = fit(NET, SoftmaxCrossEntropy(), (x, y), sample_weight=weight, **how)
    by_class = fit(NET, SoftmaxCrossEntropy(), (x, y), class_weight={0: 2.0}, **how)
    repeated = fit(NET, SoftmaxCrossEntropy(), (x[twice], y[twice]), **how)
    for path, leaf in flatten(repeated.params).items():
        np.testing.assert_allclose(flatten(by_weight.params)[path], leaf, rtol=1e-9)
        np.testing.assert_allclose(flatten(by_class.params)[path], leaf, rtol=1e-9)


def test_balanced_class_weights_undo_the_imbalance():
    x = np.ones((10, 1))
    y = np.array([0] * 8 + [1] * 2)
    trained = fit(
        Chain(Dense(2)),
        SoftmaxCrossEntropy(),
        (x, y),
        class_weight="balanced",
        epochs=300,
        optimizer=Adam(0.05),
        batch_size=10,
    )
    assert trained.predict(x[:1])[0] == pytest.approx([0.5, 0.5], abs=0.01)


@pytest.mark.parametrize("engine", ENGINES)
def test_early_stopping_gives_back_the_best_weights(engine):
    x, y = blobs()
    noise = np.random.default_rng(0).permutation(y)  # nothing to learn: validation gets worse
    trained = fit(
        NET,
        SoftmaxCrossEntropy(),
        (x[:60], noise[:60]),
        validation=(x[60:], noise[60:]),
        epochs=200,
        optimizer=Adam(0.05),
        early_stopping=EarlyStopping(patience=5),
        engine=engine,
    )
    losses = trained.history.column("validation", "loss")
    assert trained.stopped == "validation no longer improved"
    assert trained.best_epoch == int(np.argmin(losses)) + 1 == len(losses) - 5
    assert trained.evaluate(x[60:], noise[60:])["loss"] == pytest.approx(min(losses), rel=1e-5)


@pytest.mark.parametrize("engine", ENGINES)
def test_stops_at_the_first_infinity_and_says_where(engine):
    x, y = line(dtype=np.float32)
    with pytest.raises(NonFiniteError, match=r"step \d+ \(epoch \d+\): .* is (infinite|NaN).*learning rate") as caught:
        fit(
            NET,
            MeanSquaredError(),
            (x, np.repeat(y, 3, axis=1)),
            optimizer=GradientDescent(1e5),
            epochs=50,
            engine=engine,
        )
    kept = flatten(caught.value.trained.params)
    assert all(np.isfinite(leaf).all() for leaf in kept.values())


def test_a_step_that_breaks_is_named_with_its_layer():
    x, y = blobs(dtype=np.float32)
    start = fit(NET, SoftmaxCrossEntropy(), (x, y), epochs=1)
    start.params["dense_2"]["W"] = np.full((6, 3), 3e38, np.float32)
    with pytest.raises(NonFiniteError, match=r"step 1 \(epoch 1\): the output of layer dense_2"):
        fit(NET, SoftmaxCrossEntropy(), (10 * x, y), start=start, epochs=1)


@pytest.mark.parametrize("units", [8, 300])
def test_a_changed_number_compiles_nothing_anew(units):
    from pellucid.train.engines import compiled

    net = Chain(Dense(units), ReLU(), Dense(3))
    programs = compiled.compiled_whole_batches(units == 8), compiled.compiled_last_batch()

    def run(**how):
        fit(net, SoftmaxCrossEntropy(), blobs(), epochs=2, engine="jax", batch_size=32, **how)
        return [program._cache_size() for program in programs]

    before = [program._cache_size() for program in programs]
    first = run(optimizer=Momentum(0.1, momentum=0.9), penalty=L2(0.1), seed=1)
    assert first == [size + 1 for size in before]
    assert run(optimizer=Momentum(0.02, momentum=0.5), penalty=L2(0.3), seed=2) == first
    assert run(optimizer=Momentum(StepDecay(0.1, 0.5, every=1)), penalty=L2(0.3), seed=3) == first


def test_a_schedule_sets_the_rate_of_every_step():
    rate = StepDecay(0.8, 0.5, every=3)
    trained = fit(Chain(Dense(1)), MeanSquaredError(), line(), epochs=2, batch_size=10, optimizer=GradientDescent(rate))
    assert trained.history.steps["learning_rate"] == pytest.approx([0.8] * 3 + [0.4] * 3 + [0.2] * 2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("transformation", [optax.adam(0.01), optax.sgd(0.1, momentum=0.9), optax.adamw(0.01)])
def test_optax_keeps_the_precision_of_the_data(transformation, dtype):
    trained = fit(NET, SoftmaxCrossEntropy(), blobs(dtype=dtype), optimizer=transformation, epochs=2)
    assert trained.params["dense_1"]["W"].dtype == dtype
    assert trained.history.epochs[0]["learning_rate"] is None


def test_takes_an_optax_transformation():
    ours = fit(NET, SoftmaxCrossEntropy(), blobs(), optimizer=Adam(0.01), epochs=3, engine="jax")
    theirs = fit(NET, SoftmaxCrossEntropy(), blobs(), optimizer=optax.adam(0.01), epochs=3)
    assert theirs.engine == "jax"
    assert theirs.history.epochs[-1]["train"]["loss"] == pytest.approx(
        ours.history.epochs[-1]["train"]["loss"], rel=1e-4
    )
    with pytest.raises(ConfigError, match="runs on jax only"):
        fit(NET, SoftmaxCrossEntropy(), blobs(), optimizer=optax.adam(0.01), engine="numpy")


def test_one_hot_targets_of_a_regression_loss_are_counted_as_classes():
    x, y = blobs()
    trained = fit(NET, HalfSquaredError(), (x, np.eye(3)[y]), epochs=60, optimizer=Adam(0.02))
    assert trained.history.epochs[-1]["train"]["accuracy"] > 0.95


def test_what_a_trained_network_says_of_itself_is_short():
    trained = fit(NET, SoftmaxCrossEntropy(), blobs(), epochs=2)
    assert repr(trained).startswith("Trained(Chain(Dense(6), ReLU(), Dense(3)), SoftmaxCrossEntropy(): 39 parameters")
    assert len(repr(trained)) < 200
    assert repr(trained.history).startswith("History(2 epochs, 6 steps, the last {'epoch': 2")


def test_evaluate_refuses_what_it_cannot_measure():
    trained = fit(NET, SoftmaxCrossEntropy(), blobs(), epochs=1)
    x, y = blobs()
    assert trained.evaluate(x, y) == trained.evaluate((x, y))
    for data, message in (((x, y + 5), "5"), (x, "pair"), ((x, y, y), "pair"), ((x, None), "no targets")):
        with pytest.raises(DataError, match=message):
            trained.evaluate(data)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_only_the_ratios_of_sample_weights_count(engine, scale):
    x, y = blobs(12)
    weight = np.array([1.0, 0, 0, 0] * 3)  # with batches of 2, some have no weight at all
    how = {"epochs": 3, "batch_size": 2, "engine": engine}
    plain = fit(NET, SoftmaxCrossEntropy(), (x, y), sample_weight=weight, **how)
    assert same(plain, fit(NET, SoftmaxCrossEntropy(), (x, y), sample_weight=scale * weight, **how))
    assert np.isfinite(plain.params["dense_1"]["W"]).all()


def test_ctrl_c_keeps_what_was_reached():
    def interrupt(event):
        if isinstance(event, EpochDone) and event.epoch == 2:
            raise KeyboardInterrupt

    trained = fit(NET, SoftmaxCrossEntropy(), blobs(), epochs=50, listeners=[interrupt])
    assert trained.stopped == "interrupted"
    assert len(trained.history.epochs) == 2
    assert same(trained, fit(NET, SoftmaxCrossEntropy(), blobs(), epochs=2))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"data": (np.ones((3, 2)), [0, 1])}, DataError, "3 examples.*y has 2"),
        ({"data": (np.array([[0.0, np.nan]] * 3), [0, 1, 2])}, DataError, "NaN|nan"),
        ({"data": (np.ones((3, 2)), [0, 1, 7])}, DataError, "7"),
        ({"data": np.ones((3, 2))}, DataError, "pair"),
        ({"model": NET.layers[0], "data": (np.ones((3, 2)), [0, 1, 6])}, DataError, "6"),
        ({"epochs": 0}, ConfigError, "epochs"),
        ({"batch_size": -1}, ConfigError, "batch_size"),
        ({"model": Dense}, ConfigError, r"write Dense\("),
        ({"optimizer": "adam"}, ConfigError, "adam"),
        ({"early_stopping": EarlyStopping()}, ConfigError, "validation"),
        ({"validation": 1.5}, ConfigError, "validation"),
        ({"validation": (np.ones((3, 5)), [0, 1, 2])}, ShapeError, r"\(5,\)"),
        ({"sample_weight": [1.0]}, ShapeError, "sample_weight"),
        ({"sample_weight": [-1.0] * 90}, DataError, "sample_weight"),
        ({"class_weight": "even"}, ConfigError, "even"),
        ({"class_weight": {5: 1.0}}, ConfigError, "5"),
        ({"penalty": 0.1}, ConfigError, "penalty must be a Penalty"),
        ({"clip": 1.0}, ConfigError, "Clipping"),
        ({"constraint": "max"}, ConfigError, "Constraint"),
        ({"listeners": [3]}, ConfigError, "every listener"),
        ({"seed": 1.5}, ConfigError, "seed must be a whole number"),
        ({"engine": "jaxx"}, ConfigError, "jax"),
        ({"start": ({"dense_1": {}}, {})}, RunError, "dense_1/W"),
        ({"start": 3}, ConfigError, "start is a Trained"),
        ({"validation": (np.ones((3, 2)), [0, 1, 7])}, DataError, "7"),
        ({"validation": (np.ones((3, 2)), [0.0, 1.0, 1.7])}, DataError, "validation targets are float"),
        ({"sample_weight": np.ones(90) + 1j}, DataError, "complex"),
        ({"run": 3}, ConfigError, "run must be"),
    ],
)
def test_refuses_what_does_not_fit(change, error, message):
    arguments = {"model": NET, "loss": SoftmaxCrossEntropy(), "data": blobs(), "epochs": 1, **change}
    with pytest.raises(error, match=message):
        fit(**arguments)


@pytest.mark.parametrize("batch_size", [1, 4, 9])
def test_a_batch_of_one_that_batch_norm_cannot_take_is_found_before_training(batch_size, tmp_path):
    """One a batch, what is left of 9 by 4, or the only one there is."""
    data = tuple(part[: 1 if batch_size == 9 else 9] for part in blobs())
    with pytest.raises(ShapeError, match="a batch of 1 in training"):
        fit(Chain(BatchNorm(), NET), SoftmaxCrossEntropy(), data, batch_size=batch_size, run=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_whole_numbers_below_0_are_amounts_where_the_loss_is_of_regression():
    x = np.linspace(-1, 1, 20)[:, None]
    y = np.arange(-10, 10)
    trained = fit(Chain(Dense(1)), MeanSquaredError(), (x, y), validation=(x, y), epochs=2)
    assert np.isfinite(trained.evaluate(x, y)["r2"])
    with pytest.raises(DataError, match="labels are whole numbers from 0"):
        fit(Chain(Dense(2)), SoftmaxCrossEntropy(), (x, y), epochs=1)
