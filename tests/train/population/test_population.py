"""A population: every member is what ``fit`` gives for its settings, and bad input is told in one line."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from pellucid import (
    GRU,
    L1,
    L2,
    Adam,
    BatchNorm,
    Chain,
    ClipByNorm,
    ConfigError,
    Conv2D,
    Dense,
    Dropout,
    EarlyStopping,
    Flatten,
    GradientDescent,
    He,
    MeanSquaredError,
    Momentum,
    Recurrent,
    ReLU,
    ShapeError,
    SoftmaxCrossEntropy,
    Tanh,
    UnknownNameError,
    fit,
    ops,
    train_population,
)
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.feed.order import order_of_examples
from pellucid.train.population.group import Group
from pellucid.train.population.vmap_last import vmap_last_axis
from pellucid.train.recipe import Recipe
from pellucid.train.step import step

RNG = np.random.default_rng(0)
X, LABELS = RNG.normal(size=(35, 2)), RNG.integers(0, 2, 35)
HELD = RNG.normal(size=(20, 2)), RNG.integers(0, 2, 20)
NET = Chain(Dense(4), Tanh(), Dense(2))
LOSS = SoftmaxCrossEntropy()
OF_THE_MACHINE = {"seconds", "memory", "processor"}
"""What an epoch says of the machine; memory and processor are of the whole process, so that no member has them."""


def assert_same(trained, expected, tolerance):
    """The same weights, end and history, but for how long it took."""
    assert (trained.stopped, trained.best_epoch) == (expected.stopped, expected.best_epoch)
    for part in ("params", "state"):
        pairs = zip(jax.tree.leaves(getattr(trained, part)), jax.tree.leaves(getattr(expected, part)), strict=True)
        for ours, theirs in pairs:
            assert ours.dtype == theirs.dtype
            np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)
    assert set(trained.history.steps) == set(expected.history.steps)
    for name, values in expected.history.steps.items():
        np.testing.assert_allclose(trained.history.steps[name], values, rtol=tolerance, atol=tolerance)
    assert len(trained.history.epochs) == len(expected.history.epochs)
    for ours, theirs in zip(trained.history.epochs, expected.history.epochs, strict=True):
        assert set(ours) - OF_THE_MACHINE == set(theirs) - OF_THE_MACHINE
        for part in set(theirs) - OF_THE_MACHINE:
            assert ours[part] == pytest.approx(theirs[part], rel=tolerance, abs=tolerance)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, 1e-5), (np.float64, 1e-12)])
def test_members_are_what_fit_gives(dtype, tolerance):
    """Rates, momentum, lambdas and seeds at once, with dropout, weights and early stopping; 35 is no multiple of 10."""
    model = Chain(Dense(4), Tanh(), Dropout(0.2), Dense(2))
    x, held = X.astype(dtype), (HELD[0].astype(dtype), HELD[1])
    how = {
        "validation": held,
        "epochs": 5,
        "batch_size": 10,
        "early_stopping": EarlyStopping(2),
        "class_weight": "balanced",
        "sample_weight": np.linspace(0.5, 2, 35),
    }
    sweep = {"learning_rate": [0.01, 0.5], "momentum": [0.0, 0.9], "l2": [0.0, 0.02], "seed": [0, 3]}
    population = train_population(model, LOSS, (x, LABELS), sweep=sweep, optimizer=Momentum(), **how)
    assert len(population) == 16
    for member in population.members[::3]:
        rate, momentum, l2, seed = member.settings.values()
        rule = Momentum(rate, momentum=momentum)
        expected = fit(model, LOSS, (x, LABELS), optimizer=rule, penalty=L2(l2), seed=seed, **how)
        assert_same(member.trained, expected, tolerance)
    assert len({member.trained.stopped for member in population}) == 2  # some stopped early, the others went on


def test_given_members_of_several_programs_are_what_fit_gives():
    """Models, optimizers and clipping of a class of their own; weights to begin with; state; order as given."""
    other = Chain(Dense(4, weight=He()), BatchNorm(), ReLU(), Dense(2))
    began = fit(NET, LOSS, (X, LABELS), epochs=1)
    sweep = [
        {"model": NET, "optimizer": Adam(0.01), "clip": None, "start": began},
        {"model": other, "optimizer": GradientDescent(0.1), "clip": ClipByNorm(0.1), "start": None},
        {"model": NET, "optimizer": Adam(0.1, beta1=0.5), "clip": None, "start": None},
    ]
    how = {"epochs": 3, "batch_size": 8, "shuffle": False, "penalty": L1(0.01)}
    population = train_population(NET, LOSS, (X, LABELS), sweep=sweep, **how)
    for member, settings in zip(population, sweep, strict=True):
        settings = dict(settings)
        assert_same(member.trained, fit(settings.pop("model"), LOSS, (X, LABELS), **settings, **how), 1e-10)


@pytest.mark.parametrize(
    ("model", "shape"),
    [(Chain(Conv2D(3, 3), ReLU(), Flatten(), Dense(2)), (4, 6, 6, 1)), (Chain(Recurrent(GRU(3)), Dense(2)), (4, 5, 2))],
    ids=["convolution", "recurrent"],
)
def test_any_layer_can_have_the_members_last(model, shape):
    """One step of five members at once, beside the same step of each alone."""
    x = RNG.normal(size=shape)
    target = RNG.normal(size=model.forward(*model.init(ops.key(0), x), x)[0].shape)
    recipe, members = Recipe(model, MeanSquaredError(), GradientDescent()), range(5)
    weights = [Weights(*model.init(ops.key(k), x), {}) for k in members]

    def one(batch, own):
        return step(recipe, {"optimizer": {}}, own[0], batch, StepInputs(1, own[1]))

    with jax.enable_x64(True):
        own = jax.tree.map(lambda *each: np.stack(each, axis=-1), *weights), np.full(5, 0.1)
        moved, seen = jax.jit(lambda batch, own: vmap_last_axis(one, batch, own))(Batch(x, target), own)
    for k in members:
        expected, expected_seen = one(Batch(x, target), (weights[k], 0.1))
        np.testing.assert_allclose(seen["loss"][k], expected_seen["loss"], rtol=1e-10)
        for ours, theirs in zip(jax.tree.leaves(moved), jax.tree.leaves(expected), strict=True):
            np.testing.assert_allclose(ours[..., k], theirs, rtol=1e-9, atol=1e-12)


def test_a_member_that_meets_infinity_ends_and_the_others_go_on():
    y = X.sum(axis=1, keepdims=True)
    sweep = {"learning_rate": [0.01, 1e200]}
    good, bad = train_population(
        Dense(1), MeanSquaredError(), (X, y), sweep=sweep, optimizer=GradientDescent(), epochs=3
    )
    assert good.trained.stopped == "all epochs done"
    assert "(epoch 1): the loss is " in bad.trained.stopped
    assert "lower the learning rate" in bad.trained.stopped
    first = Dense(1).init(ops.fold_in(ops.key(0), 0), X)[0]
    np.testing.assert_array_equal(bad.trained.params["W"], first["W"])
    assert bad.trained.history.epochs == []


def test_what_an_interrupt_leaves_is_kept(monkeypatch):
    finish = Group.finish

    def interrupted(self, epoch):
        if epoch == 2:
            raise KeyboardInterrupt
        finish(self, epoch)

    monkeypatch.setattr(Group, "finish", interrupted)
    how = {"optimizer": GradientDescent(0.1), "batch_size": 10}
    (member,) = train_population(NET, LOSS, (X, LABELS), sweep={"seed": [1]}, epochs=9, **how)
    assert member.trained.stopped == "interrupted"
    expected = fit(NET, LOSS, (X, LABELS), seed=1, epochs=2, **how)
    np.testing.assert_allclose(member.trained.params["dense_1"]["W"], expected.params["dense_1"]["W"], rtol=1e-10)
    assert len(member.trained.history.epochs) == 2


def test_the_best_member_and_the_table():
    sweep = {"model": {"four": NET}, "learning_rate": [1e-9, 0.5]}
    population = train_population(NET, LOSS, (X, LABELS), sweep=sweep, optimizer=GradientDescent(), epochs=3)
    assert population.best().settings == {"model": "four", "learning_rate": 0.5}
    assert population.best("accuracy").trained.classify(X).shape == (35,)
    lines = population.table().splitlines()
    assert lines[0].split() == ["model", "learning_rate", "epochs", "train", "loss", "train", "accuracy"]
    assert [line.split()[:3] for line in lines[1:]] == [["four", "1e-09", "3"], ["four", "0.5", "3"]]
    assert repr(population).startswith("Population(2 members")
    with pytest.raises(UnknownNameError, match="did you mean accuracy"):
        population.best("acuracy")


@pytest.mark.parametrize(
    ("sweep", "error", "message"),
    [
        ({}, ConfigError, "sweep is empty"),
        ([], ConfigError, "sweep is empty"),
        ({"seed": []}, ConfigError, r"sweep\['seed'\] is empty"),
        ({"seed": 3}, ConfigError, r"sweep\['seed'\] must be a list of values, not 3"),
        ("seed", ConfigError, "sweep is a dict from name to values, or a list of dicts"),
        ({"learning_rat": [1]}, UnknownNameError, "did you mean learning_rate"),
        ({"momentum": [0.9]}, UnknownNameError, "choose one of: l1, l2, learning_rate, beta1"),
        ({"learning_rate": ["fast"]}, ConfigError, "learning_rate must be a number above 0, not 'fast'"),
        ({"seed": [0.5]}, ConfigError, "every seed must be a whole number, not 0.5"),
        ({"model": [Dense]}, ConfigError, "every model must be a Layer; write"),
        ({"model": [Dense(3), Conv2D(2, 3)]}, ShapeError, "Conv2D"),
        ([{"seed": 1}, {"l2": 1.0}], ConfigError, "member 2 of the sweep sets l2, the first seed"),
    ],
)
def test_bad_sweeps(sweep, error, message):
    with pytest.raises(error, match=message):
        train_population(NET, LOSS, (X, LABELS), sweep=sweep)


def test_early_stopping_needs_validation():
    with pytest.raises(ConfigError, match="needs validation"):
        train_population(NET, LOSS, (X, LABELS), sweep={"seed": [0]}, early_stopping=EarlyStopping())


def test_the_order_of_examples_is_that_of_the_seed_and_the_epoch():
    expected = np.random.default_rng([2**64 - 1, 4]).permutation(np.arange(50))
    np.testing.assert_array_equal(order_of_examples(50, True, -1, 4), expected)


def test_the_table_shows_four_digits_of_small_numbers():
    population = train_population(
        Dense(1),
        MeanSquaredError(),
        (X, 1e-4 * X[:, :1]),
        sweep={"seed": [1]},
        optimizer=GradientDescent(0.05),
        epochs=300,
    )
    record = population[0].trained.history.epochs[-1]["train"]["loss"]
    assert float(population.table().split()[-1]) == pytest.approx(record, rel=1e-3)


def test_a_start_that_does_not_fit_is_named_by_who_was_given_it():
    with pytest.raises(ConfigError, match="train_population: start is a Trained network or a pair"):
        train_population(NET, LOSS, (X, LABELS), sweep={"start": [3]})
