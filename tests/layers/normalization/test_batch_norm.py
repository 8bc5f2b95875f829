import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import BatchNorm, Dense, Tanh
from pellucid.losses import MeanSquaredError
from pellucid.runs import fit


def example(shape):
    rng = np.random.default_rng(0)
    features = shape[-1]
    params = {"gamma": rng.normal(size=features), "beta": rng.normal(size=features)}
    state = {"mean": rng.normal(size=features), "variance": rng.uniform(0.5, 2.0, size=features)}
    return params, state, rng.normal(3.0, 2.0, size=shape), rng.normal(size=shape)


def test_training_by_hand():
    """x = 1, 3: mean 2, variance 1 (unbiased 2), and with epsilon 3 the deviation is 2, so x_hat = -1/2, 1/2.

    dy = 1, 0 and gamma = 4: dx_hat = 4, 0, its mean is 2, that of dx_hat x_hat is -1, so
    dx = ((4, 0) - 2 - (-1/2, 1/2) (-1)) / 2 = 3/4, -3/4.
    """
    layer = BatchNorm(momentum=0.75, epsilon=3.0)
    params = {"gamma": np.array([4.0]), "beta": np.array([10.0])}
    y, cache, state = layer.forward(
        params, {"mean": np.zeros(1), "variance": np.ones(1)}, np.array([[1.0], [3.0]]), train=True
    )
    dparams, dx = layer.backward(params, cache, np.array([[1.0], [0.0]]))
    assert y.tolist() == [[8.0], [12.0]]
    assert dparams["gamma"].tolist() == [-0.5]
    assert dparams["beta"].tolist() == [1.0]
    assert dx.tolist() == [[0.75], [-0.75]]
    assert state["mean"].tolist() == [0.5]
    assert state["variance"].tolist() == [1.25]


def test_use_by_hand():
    layer = BatchNorm(epsilon=3.0)
    params, before = {"gamma": np.array([4.0]), "beta": np.array([10.0])}, {"mean": np.ones(1), "variance": np.ones(1)}
    y, cache, after = layer.forward(params, before, np.array([[5.0]]))
    dparams, dx = layer.backward(params, cache, np.array([[1.5]]))
    assert y.tolist() == [[18.0]]
    assert dparams["gamma"].tolist() == [3.0]
    assert dx.tolist() == [[3.0]]
    assert after == before


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("shape", [(2, 5), (6, 5), (1, 3, 5), (2, 3, 4, 5)])
def test_everything_is_that_of_torch(shape, train):
    torch = pytest.importorskip("torch")
    params, state, x, dy = example(shape)
    theirs = {name: torch.tensor(leaf, requires_grad=True) for name, leaf in {**params, "x": x}.items()}
    running = {name: torch.tensor(leaf) for name, leaf in state.items()}
    expected = torch.nn.functional.batch_norm(  # features on axis 1; its momentum is the part of what is new
        theirs["x"].reshape(-1, 5),
        running["mean"],
        running["variance"],
        theirs["gamma"],
        theirs["beta"],
        train,
        0.3,
        1e-3,
    ).reshape(shape)
    expected.backward(torch.tensor(dy))
    layer = BatchNorm(momentum=0.7, epsilon=1e-3)
    y, cache, after = layer.forward(params, state, x, train=train)
    dparams, dx = layer.backward(params, cache, dy)
    np.testing.assert_allclose(y, expected.detach(), rtol=1e-11, atol=1e-13)
    for name, ours in {**dparams, "x": dx}.items():
        np.testing.assert_allclose(ours, theirs[name].grad, rtol=1e-9, atol=1e-12)
    for name, ours in after.items():
        np.testing.assert_allclose(ours, running[name], rtol=1e-12)


def test_running_statistics_come_to_those_of_the_data():
    rng = np.random.default_rng(1)
    layer = BatchNorm()
    params, state = layer.init(ops.key(0), np.zeros((1, 2)))
    means, variances = [], []
    for _ in range(2000):
        _, _, state = layer.forward(params, state, rng.normal([3.0, -1.0], [2.0, 0.5], size=(4, 2)), train=True)
        means.append(state["mean"])
        variances.append(state["variance"])
    np.testing.assert_allclose(np.mean(means[100:], axis=0), [3.0, -1.0], rtol=0.05)
    np.testing.assert_allclose(np.mean(variances[100:], axis=0), [4.0, 0.25], rtol=0.1)


def test_a_batch_of_one_is_explained_in_training_and_fine_in_use():
    network = Chain(Dense(3), BatchNorm())
    x = np.ones((1, 4))
    params, state = network.init(ops.key(0), x)
    assert network.forward(params, state, x)[0].shape == (1, 3)
    with pytest.raises(ShapeError, match=r"got a batch of 1 in training.*at least 2 examples.*LayerNorm") as caught:
        network.forward(params, state, x, train=True)
    assert caught.value.__notes__ == ["in batch_norm_1: BatchNorm() got x of shape (1, 3)"]


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_network_with_it_trains_and_is_used_with_running_statistics(engine):
    rng = np.random.default_rng(2)
    x = rng.normal(100.0, 20.0, size=(128, 2)).astype(np.float32)
    y = np.tanh((x[:, :1] - x[:, 1:]) / 20.0)
    network = Chain(BatchNorm(), Dense(16), BatchNorm(), Tanh(), Dense(1))
    trained = fit(network, MeanSquaredError(), (x, y), epochs=40, engine=engine)
    np.testing.assert_allclose(trained.state["batch_norm_1"]["mean"], x.mean(axis=0), rtol=0.02)
    np.testing.assert_allclose(trained.state["batch_norm_1"]["variance"], x.var(axis=0), rtol=0.2)
    assert np.mean((trained.predict(x) - y) ** 2) < 0.1 * y.var()


def test_what_does_not_fit_is_refused():
    for momentum in (1.0, -0.1, "0.9"):
        with pytest.raises(ConfigError, match="BatchNorm: momentum must be a number from 0 up to"):
            BatchNorm(momentum)
    with pytest.raises(ConfigError, match="BatchNorm: epsilon must be a number above 0"):
        BatchNorm(epsilon=0.0)
    with pytest.raises(ShapeError, match=r"one example is x\[None, :\]"):
        BatchNorm().init(ops.key(0), np.zeros(5))
    params, state = BatchNorm().init(ops.key(0), np.zeros((1, 5)))
    with pytest.raises(ShapeError, match=r"weights for 5 features, but x has shape \(2, 1\)"):
        BatchNorm().forward(params, state, np.zeros((2, 1)))
