"""Images moved, turned, lit and covered: beside slices and scipy, and their draws beside the distribution."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import ndimage, stats

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Cutout, RandomBrightness, RandomCrop, RandomFlip, RandomRotation, RandomShift

X = np.random.default_rng(0).normal(size=(400, 7, 6, 2))
LAYERS = (
    RandomFlip(vertical=True),
    RandomCrop(5, 4),
    RandomShift(2),
    RandomRotation(20.0),
    RandomBrightness(0.3),
    Cutout(3),
)


def drawn(layer, x=X, seed=0):
    return layer.forward({}, {}, x, ops.key(seed), True)[:2]


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_both_engines_and_both_precisions_draw_the_same(layer):
    y, _ = drawn(layer)
    small, _ = drawn(layer, X.astype(np.float32))
    assert small.dtype == np.float32
    np.testing.assert_allclose(small, y, atol=1e-5)
    compiled = jax.jit(lambda x, key: layer.forward({}, {}, x, key, True)[0])
    np.testing.assert_allclose(compiled(jnp.asarray(X, jnp.float32), jnp.asarray(ops.key(0))), small, atol=1e-5)
    assert not np.array_equal(y, drawn(layer, seed=1)[0])


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_in_use_nothing_is_left_to_chance(layer):
    y, cache, _ = layer.forward({}, {}, X)
    wanted = X[:, 1:6, 1:5] if isinstance(layer, RandomCrop) else X
    np.testing.assert_array_equal(y, wanted)
    np.testing.assert_array_equal(layer.forward({}, {}, X, ops.key(3))[0], wanted)
    dx = np.zeros_like(X)
    dx[:, 1:6, 1:5] = wanted if isinstance(layer, RandomCrop) else 0.0
    np.testing.assert_array_equal(layer.backward({}, cache, y)[1], dx if isinstance(layer, RandomCrop) else X)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_what_does_not_fit_is_refused(layer):
    name = type(layer).__name__
    with pytest.raises(ConfigError, match=f"{name}.* draws at random in training: forward needs a key"):
        layer.forward({}, {}, X, None, True)
    with pytest.raises(ShapeError, match=f"{name}.* needs x of shape"):
        layer.forward({}, {}, X[0])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RandomFlip(horizontal=False), "neither horizontal nor vertical"),
        (lambda: RandomCrop(0, 3), "height must be a whole number of at least 1, not 0"),
        (lambda: RandomCrop(3, 3, -1), "padding must be a whole number of at least 0"),
        (lambda: RandomShift(0), "pixels must be a whole number of at least 1"),
        (lambda: RandomShift((1, 2, 3)), "a tuple of 2"),
        (lambda: RandomRotation(0.0), "degrees must be a number above 0"),
        (lambda: RandomBrightness(-0.1), "amount must be a number above 0"),
        (lambda: Cutout(2.5), "size must be a whole number"),
    ],
)
def test_hyper_parameters_that_mean_nothing_are_refused(make, message):
    with pytest.raises(ConfigError, match=message):
        make()


def test_flips_are_those_of_numpy_one_in_two_each_way():
    y, cache = drawn(RandomFlip(vertical=True))
    for x, out, (vertical, horizontal) in zip(X, y, cache["flipped"], strict=True):
        wanted = x[::-1] if vertical else x
        np.testing.assert_array_equal(out, wanted[:, ::-1] if horizontal else wanted)
    kinds = np.bincount(cache["flipped"] @ [2, 1], minlength=4)
    assert stats.chisquare(kinds).pvalue > 0.001
    assert not drawn(RandomFlip())[1]["flipped"][:, 0].any()
    assert not drawn(RandomFlip(horizontal=False, vertical=True))[1]["flipped"][:, 1].any()


def test_a_window_of_24_on_27_takes_each_of_its_16_places_as_often():
    x = np.arange(27 * 27, dtype=float).reshape(1, 27, 27, 1).repeat(2000, axis=0)
    y, cache = drawn(RandomCrop(24, 24), x)
    for out, (r, s) in zip(y, cache["corner"], strict=True):
        np.testing.assert_array_equal(out, x[0, r : r + 24, s : s + 24])
    counts = np.bincount(cache["corner"] @ [4, 1], minlength=16)
    assert len(counts) == 16
    assert stats.chisquare(counts).pvalue > 0.001
    np.testing.assert_array_equal(RandomCrop(24, 24).forward({}, {}, x)[0], x[:, 1:25, 1:25])


def test_a_window_on_a_padded_image_sees_zeros():
    layer = RandomCrop(7, 6, padding=2)
    y, cache = drawn(layer)
    padded = np.pad(X, ((0, 0), (2, 2), (2, 2), (0, 0)))
    for image, out, (r, s) in zip(padded, y, cache["corner"], strict=True):
        np.testing.assert_array_equal(out, image[r + 2 : r + 9, s + 2 : s + 8])
    np.testing.assert_array_equal(layer.forward({}, {}, X)[0], X)


def test_a_window_larger_than_the_image_is_refused():
    message = r"RandomCrop\(8, 6\) is larger than the images of x, 7 x 6, .*take a smaller window, or padding"
    with pytest.raises(ShapeError, match=message):
        RandomCrop(8, 6).forward({}, {}, X)
    assert RandomCrop(8, 6, padding=1).forward({}, {}, X)[0].shape == (400, 8, 6, 2)


def test_shifts_are_those_of_scipy_and_all_as_likely():
    y, cache = drawn(RandomShift((1, 2)))
    for x, out, shift in zip(X, y, cache["shift"], strict=True):
        np.testing.assert_array_equal(out, ndimage.shift(x, (*-shift, 0), order=0, mode="constant"))
    counts = np.bincount((cache["shift"] + [1, 2]) @ [5, 1], minlength=15)
    assert len(counts) == 15
    assert stats.chisquare(counts).pvalue > 0.001


def test_turning_is_that_of_scipy():
    y, cache = drawn(RandomRotation(40.0))
    for x, out, angle in zip(X[:50], y, cache["angle"], strict=False):
        turned = ndimage.rotate(
            x, np.degrees(angle), axes=(1, 0), reshape=False, order=1, mode="grid-constant", prefilter=False
        )
        np.testing.assert_allclose(out, turned, atol=1e-12)
    scaled = np.degrees(cache["angle"]) / 80.0 + 0.5
    assert stats.kstest(scaled, "uniform").pvalue > 0.001


def test_an_angle_above_0_is_counter_clockwise():
    x = np.zeros((1, 5, 5, 1))
    x[0, 2, 4] = 1.0  # on the right
    layer = RandomRotation(90.0)
    source, weight = layer.sources({"angle": np.array([np.pi / 2])}, x)
    y = (x.reshape(-1)[source] * weight).sum(axis=0)
    assert y[0].argmax() == 2  # at the top, in the middle


def test_light_is_the_same_all_over_an_image():
    y, _ = drawn(RandomBrightness(0.4))
    added = (y - X).reshape(len(X), -1)
    np.testing.assert_allclose(added, added[:, :1].repeat(84, axis=1), atol=1e-12)
    assert stats.kstest(added[:, 0] / 0.8 + 0.5, "uniform").pvalue > 0.001


@pytest.mark.parametrize("size", [1, 3, 4, 20])
def test_a_square_is_covered_about_a_pixel_anywhere(size):
    _, cache = drawn(Cutout(size))
    hidden = cache["mask"][..., 0] == 0.0
    assert hidden.any(axis=(1, 2)).all()
    rows, columns = hidden.any(axis=2), hidden.any(axis=1)
    np.testing.assert_array_equal(hidden, rows[:, :, None] & columns[:, None, :])
    wanted = np.mean(  # the share of the rows that a middle in any row covers
        [np.isin(np.arange(7), np.arange(size) + middle - size // 2).mean() for middle in range(7)]
    )
    assert rows.mean() == pytest.approx(wanted, abs=0.05)
    np.testing.assert_array_equal(drawn(Cutout(size))[0], np.where(hidden[..., None], 0.0, X))


def test_rows_of_pixels_are_to_be_reshaped_first():
    with pytest.raises(ShapeError, match="Reshape before it"):
        RandomCrop(3, 3).forward({}, {}, X.reshape(len(X), -1))
