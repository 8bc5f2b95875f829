import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import (
    AveragePool1D,
    AveragePool2D,
    GlobalAveragePool1D,
    GlobalAveragePool2D,
    GlobalMaxPool1D,
    GlobalMaxPool2D,
    MaxPool1D,
    MaxPool2D,
)

X = np.array([[1.0, 5.0, 2.0], [4.0, 3.0, 5.0], [0.0, 6.0, 7.0]]).reshape(1, 3, 3, 1)
DY = np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(1, 2, 2, 1)


def run(layer, x, dy):
    y, cache, state = layer.forward({}, {}, x)
    dparams, dx = layer.backward({}, cache, dy)
    assert dparams == state == {}
    return y, dx


def test_max_pool_by_hand():
    """5 wins in both windows above, the first of two 5s in the second; 6 and 7 below."""
    y, dx = run(MaxPool2D(2, stride=1), X, DY)
    assert y[0, :, :, 0].tolist() == [[5.0, 5.0], [6.0, 7.0]]
    assert dx[0, :, :, 0].tolist() == [[0.0, 11.0, 0.0], [0.0, 0.0, 0.0], [0.0, 100.0, 1000.0]]


def test_average_pool_by_hand():
    y, dx = run(AveragePool2D(2, stride=1), X, 4.0 * DY)
    assert y[0, :, :, 0].tolist() == [[3.25, 3.75], [3.25, 5.25]]
    assert dx[0, :, :, 0].tolist() == [[1.0, 11.0, 10.0], [101.0, 1111.0, 1010.0], [100.0, 1100.0, 1000.0]]


def test_global_average_pool_by_hand():
    x = np.concatenate([X, -2.0 * X], axis=-1)
    y, dx = run(GlobalAveragePool2D(), x, np.array([[9.0, 18.0]]))
    np.testing.assert_allclose(y, [[33.0 / 9.0, -66.0 / 9.0]], rtol=1e-15)
    assert dx.shape == x.shape
    assert (dx[..., 0] == 1.0).all()
    assert (dx[..., 1] == 2.0).all()


def test_global_average_pool_over_time_by_hand():
    y, dx = run(GlobalAveragePool1D(), np.array([1.0, 2.0, 6.0]).reshape(1, 3, 1), np.array([[9.0]]))
    assert y.tolist() == [[3.0]]
    assert dx.ravel().tolist() == [3.0, 3.0, 3.0]


def test_global_max_pool_by_hand():
    """The first of two 7s wins, and in the other channel the least of X."""
    x = np.concatenate([X.clip(0.0, 6.0) + 1.0, -X], axis=-1)
    y, dx = run(GlobalMaxPool2D(), x, np.array([[9.0, 18.0]]))
    assert y.tolist() == [[7.0, 0.0]]
    assert dx[0, :, :, 0].tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 9.0, 0.0]]
    assert dx[0, :, :, 1].tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [18.0, 0.0, 0.0]]
    y, dx = run(GlobalMaxPool1D(), np.array([1.0, np.nan, 3.0]).reshape(1, 3, 1), np.array([[2.0]]))
    assert np.isnan(y).all()
    assert dx.ravel().tolist() == [0.0, 2.0, 0.0]


def test_padding_never_wins_and_is_not_counted():
    """Windows (-, -4), (-3, -2): the zeros that would be largest are not there."""
    x = np.array([-4.0, -3.0, -2.0]).reshape(1, 3, 1)
    dy = np.array([1.0, 10.0]).reshape(1, 2, 1)
    y, dx = run(MaxPool1D(2, padding=((1, 0),)), x, dy)
    assert y.ravel().tolist() == [-4.0, -2.0]
    assert dx.ravel().tolist() == [1.0, 0.0, 10.0]
    y, dx = run(AveragePool1D(2, padding=((1, 0),)), x, dy)
    assert y.ravel().tolist() == [-4.0, -2.5]
    assert dx.ravel().tolist() == [1.0, 5.0, 5.0]


@pytest.mark.parametrize("stride", [1, 2])
def test_padded_pools_are_those_of_torch(stride):
    torch = pytest.importorskip("torch")
    x = np.random.default_rng(0).normal(size=(2, 7, 6, 3))
    theirs = torch.tensor(x.transpose(0, 3, 1, 2))
    expected = torch.nn.functional.max_pool2d(theirs, 3, stride, 1)
    y, _, _ = MaxPool2D(3, stride, ((1, 1), (1, 1))).forward({}, {}, x)
    np.testing.assert_array_equal(y.transpose(0, 3, 1, 2), expected)
    expected = torch.nn.functional.avg_pool2d(theirs, 3, stride, 1, count_include_pad=False)
    y, _, _ = AveragePool2D(3, stride, ((1, 1), (1, 1))).forward({}, {}, x)
    np.testing.assert_allclose(y.transpose(0, 3, 1, 2), expected, rtol=1e-14)


def test_what_is_left_over_is_dropped():
    y, dx = run(MaxPool2D(2), X, DY[:, :1, :1])
    assert y.ravel().tolist() == [5.0]
    assert MaxPool2D(2).forward({}, {}, X.astype(np.uint8))[0].ravel().tolist() == [5]
    assert dx[0, :, :, 0].tolist() == [[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("layer", "shape", "window", "stride"),
    [
        (MaxPool2D(2), (2, 7, 6, 3), (2, 2), (2, 2)),
        (MaxPool2D((3, 2), stride=(1, 3)), (2, 7, 6, 3), (3, 2), (1, 3)),
        (MaxPool1D(3, stride=2), (2, 9, 3), (3,), (2,)),
        (AveragePool2D(3), (2, 7, 6, 3), (3, 3), (3, 3)),
        (AveragePool2D((1, 4), stride=2), (2, 7, 6, 3), (1, 4), (2, 2)),
        (AveragePool1D(4, stride=1), (2, 9, 3), (4,), (1,)),
    ],
    ids=repr,
)
def test_pools_are_those_of_the_library(layer, shape, window, stride):
    start, reduce, share = (
        (-np.inf, jax.lax.max, 1.0) if "Max" in repr(layer) else (0.0, jax.lax.add, 1.0 / np.prod(window))
    )

    def library(x):
        return share * jax.lax.reduce_window(x, start, reduce, (1, *window, 1), (1, *stride, 1), "VALID")

    rng = np.random.default_rng(0)
    x = rng.normal(size=shape)
    with jax.enable_x64(True):
        expected, pull = jax.vjp(library, jnp.asarray(x))
        dy = rng.normal(size=expected.shape)
        expected_dx = pull(jnp.asarray(dy))[0]
    y, dx = run(layer, x, dy)
    np.testing.assert_allclose(y, expected, rtol=1e-14)
    np.testing.assert_allclose(dx, expected_dx, rtol=1e-13, atol=1e-15)


def test_a_tie_goes_to_the_first_place_also_for_automatic_derivatives():
    x = np.zeros((1, 2, 2, 1))
    _, dx = run(MaxPool2D(2), x, np.ones((1, 1, 1, 1)))
    automatic = jax.grad(lambda x: MaxPool2D(2).forward({}, {}, x)[0].sum())(jnp.asarray(x))
    assert dx.ravel().tolist() == automatic.ravel().tolist() == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_nan_is_seen(place):
    x = np.zeros((1, 3, 1))
    x[0, place] = np.nan
    for layer in (MaxPool1D(3), AveragePool1D(3)):
        assert np.isnan(layer.forward({}, {}, x)[0]).all()
    assert MaxPool1D(3).forward({}, {}, x)[1]["winner"].item() == place


@pytest.mark.parametrize(
    "layer",
    [MaxPool2D(2, stride=1, padding="same"), AveragePool2D(2), GlobalAveragePool2D(), GlobalMaxPool2D()],
    ids=repr,
)
def test_both_engines_agree_and_keep_float32(layer):
    x = np.random.default_rng(0).normal(size=(2, 5, 4, 3)).astype(np.float32)

    def both(x):
        y, cache, _ = layer.forward({}, {}, x)
        return y, layer.backward({}, cache, y)[1]

    for ours, theirs in zip(both(x), jax.jit(both)(x), strict=True):
        assert ours.dtype == theirs.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="MaxPool2D: size must be a whole number of at least 1"):
        MaxPool2D(0)
    with pytest.raises(ConfigError, match="MaxPool2D: stride must be a whole number or a tuple of 2"):
        MaxPool2D(2, stride=(1, 2, 3))
    with pytest.raises(ConfigError, match="AveragePool1D: size must be a whole number or a tuple of 1"):
        AveragePool1D((2, 2))
    for padding in (((2, 0), (0, 0)), ((0, 0), (0, 5))):
        with pytest.raises(ConfigError, match="padding must be smaller than the windows"):
            MaxPool2D(2, padding=padding)
    for layer in (MaxPool2D(2), AveragePool2D(2), GlobalAveragePool2D(), GlobalMaxPool2D()):
        with pytest.raises(ShapeError, match=r"needs x of shape \(batch, height, width, channels\), not \(5, 4\)"):
            layer.forward({}, {}, np.zeros((5, 4)))
    for layer in (MaxPool2D((4, 2)), AveragePool2D((4, 2))):
        with pytest.raises(ShapeError, match=r"windows of 4 x 2, larger than x of shape \(1, 3, 3, 1\)"):
            layer.forward({}, {}, X)
    for layer in (GlobalAveragePool2D(), GlobalMaxPool2D()):
        with pytest.raises(ShapeError, match="needs at least one number in each channel"):
            layer.forward({}, {}, np.zeros((1, 0, 3, 1)))
    assert MaxPool2D(2).init(ops.key(0), X) == ({}, {})
