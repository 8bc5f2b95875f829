"""What ``fit`` and ``train_population`` ask of their arguments, and seeds of any whole number."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, ConfigError, Dense, EarlyStopping, SoftmaxCrossEntropy, fit, generate, train_population

RNG = np.random.default_rng(0)
DATA = RNG.normal(size=(20, 3)), RNG.integers(0, 2, 20)
MODEL, LOSS = Chain(Dense(2)), SoftmaxCrossEntropy()


def population(model, loss, data, **how):
    return train_population(model, loss, data, sweep={"learning_rate": [0.1]}, **how)


@pytest.mark.parametrize(("train", "owner"), [(fit, "fit"), (population, "train_population")])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("batch_size", 2.5),
        ("seed", 1.5),
        ("seed", True),
        ("shuffle", "yes"),
        ("penalty", 0.1),
        ("clip", 1.0),
        ("constraint", 3),
        ("early_stopping", 5),
    ],
)
def test_both_name_the_argument_that_does_not_fit(train, owner, name, value):
    with pytest.raises(ConfigError, match=rf"^{owner}: {name} must be "):
        train(MODEL, LOSS, DATA, **{name: value})


@pytest.mark.parametrize(("train", "owner"), [(fit, "fit"), (population, "train_population")])
def test_both_want_networks_losses_and_data_to_validate(train, owner):
    with pytest.raises(ConfigError, match=rf"^{owner}: model must be a Layer"):
        train(Dense, LOSS, DATA)
    with pytest.raises(ConfigError, match=rf"^{owner}: loss must be a Loss"):
        train(MODEL, "mse", DATA)
    with pytest.raises(ConfigError, match=rf"^{owner}: early_stopping needs validation"):
        train(MODEL, LOSS, DATA, early_stopping=EarlyStopping())


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint8])
def test_a_seed_may_be_a_whole_number_of_numpy(kind):
    """Of NumPy's, 2^64 is out of range: they are made into Python's."""
    by_numpy, plain = (
        fit(MODEL, LOSS, DATA, epochs=2, validation=0.2, seed=seed, engine="numpy") for seed in (kind(3), 3)
    )
    assert (by_numpy.params["dense_1"]["W"] == plain.params["dense_1"]["W"]).all()


def test_seeds_of_a_sweep_and_of_generate_too():
    swept = train_population(MODEL, LOSS, DATA, sweep=[{"seed": np.int64(3)}], epochs=1, seed=np.int64(1))
    plain = train_population(MODEL, LOSS, DATA, sweep=[{"seed": 3}], epochs=1, seed=1)
    assert (swept[0].trained.params["dense_1"]["W"] == plain[0].trained.params["dense_1"]["W"]).all()
    teller = fit(Chain(Dense(4)), LOSS, (RNG.normal(size=(8, 1)), RNG.integers(0, 4, 8)), epochs=1, engine="numpy")
    drawn = [generate(teller, [1], 5, context=1, seed=seed) for seed in (np.int64(3), 3)]
    assert (drawn[0] == drawn[1]).all()
