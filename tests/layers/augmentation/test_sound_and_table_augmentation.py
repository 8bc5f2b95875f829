"""Sound shifted and masked, cells swapped."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import FrequencyMask, SwapNoise, TimeMask, TimeShift

X = np.random.default_rng(0).normal(size=(600, 9, 5))


def drawn(layer, x=X, seed=0):
    return layer.forward({}, {}, x, ops.key(seed), True)[:2]


@pytest.mark.parametrize("x", [X, X[..., 0]], ids=["spectrogram", "wave"])
def test_time_is_shifted_by_each_amount_as_often_and_what_is_missing_is_silence(x):
    y, cache = drawn(TimeShift(3), x)
    padded = np.pad(x, ((0, 0), (3, 3), *((0, 0),) * (x.ndim - 2)))
    for sound, out, (shift,) in zip(padded, y, cache["shift"], strict=True):
        np.testing.assert_array_equal(out, sound[3 + shift : 12 + shift])
    assert stats.chisquare(np.bincount(cache["shift"][:, 0] + 3, minlength=7)).pvalue > 0.001


@pytest.mark.parametrize(("layer", "axis"), [(TimeMask(4), 1), (FrequencyMask(4), 2), (TimeMask(99), 1)], ids=repr)
def test_a_stretch_of_any_length_up_to_the_most_is_hidden(layer, axis):
    y, cache = drawn(layer)
    n, most = X.shape[axis], min(4 if "99" not in repr(layer) else 99, X.shape[axis])
    hidden = (cache["mask"] == 0.0).reshape(len(X), n)
    assert stats.chisquare(np.bincount(hidden.sum(axis=1), minlength=most + 1)).pvalue > 0.001
    ends = np.abs(np.diff(np.pad(hidden, ((0, 0), (1, 1))).astype(int), axis=1)).sum(axis=1)
    np.testing.assert_array_equal(ends, np.where(hidden.any(axis=1), 2, 0))  # one stretch, without a gap
    starts = hidden.argmax(axis=1)[hidden.sum(axis=1) == 2]
    assert stats.chisquare(np.bincount(starts, minlength=n - 1)).pvalue > 0.001
    np.testing.assert_array_equal(y, np.where(np.expand_dims(hidden, 3 - axis), 0.0, X))


def test_several_stretches_may_overlap():
    _, cache = drawn(TimeMask(2, count=3))
    assert set((cache["mask"] == 0.0).sum(axis=1).ravel().tolist()) == set(range(7))


def test_swapped_cells_have_values_of_their_own_column():
    x = X[:, 0] + 100.0 * np.arange(5)
    y, cache = drawn(SwapNoise(0.2), x)
    np.testing.assert_array_equal(y, np.take_along_axis(x, cache["row"], axis=0))
    np.testing.assert_array_equal(np.abs(y - 100.0 * np.arange(5)).max() < 50.0, True)
    swapped = cache["row"] != np.arange(600)[:, None]
    assert stats.binomtest(int(swapped.sum()), swapped.size, 0.2).pvalue > 0.001
    further = (cache["row"] - np.arange(600)[:, None])[swapped] % 600
    assert stats.kstest(further / 600.0, "uniform").pvalue > 0.001


def test_there_is_nothing_to_swap_with_in_a_batch_of_one():
    np.testing.assert_array_equal(drawn(SwapNoise(0.9), X[:1, 0])[0], X[:1, 0])


@pytest.mark.parametrize("layer", [TimeShift(2), TimeMask(3), FrequencyMask(2), SwapNoise(0.3)], ids=repr)
def test_in_use_nothing_happens_and_engines_draw_the_same(layer):
    x = X[:, 0] if isinstance(layer, SwapNoise) else X
    y, cache, _ = layer.forward({}, {}, x, ops.key(0))
    np.testing.assert_array_equal(y, x)
    np.testing.assert_array_equal(layer.backward({}, cache, y)[1], x)
    small, compiled = (drawn(layer, part)[0] for part in (x.astype(np.float32), jnp.asarray(x, jnp.float32)))
    assert small.dtype == compiled.dtype == np.float32
    np.testing.assert_array_equal(compiled, small)
    np.testing.assert_array_equal(small, drawn(layer, x)[0].astype(np.float32))


def test_what_does_not_fit_is_refused():
    for make, message in (
        (lambda: TimeShift(0), "TimeShift: steps must be"),
        (lambda: TimeMask(0), "TimeMask: steps must be"),
        (lambda: TimeMask(1, count=0), "TimeMask: count must be"),
        (lambda: FrequencyMask(0), "FrequencyMask: bands must be"),
        (lambda: SwapNoise(1.0), "SwapNoise: rate must be"),
    ):
        with pytest.raises(ConfigError, match=message):
            make()
    for layer, x in ((TimeShift(1), X[:, 0, 0]), (TimeMask(1), X[:, 0, 0]), (FrequencyMask(1), X[:, 0])):
        with pytest.raises(ShapeError, match=f"{type(layer).__name__}.* needs x of shape"):
            layer.forward({}, {}, x)
    with pytest.raises(ShapeError, match=r"SwapNoise\(0.1\) needs x of shape \(batch, features\)"):
        SwapNoise(0.1).forward({}, {}, X)
