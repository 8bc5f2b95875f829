"""What holds for every loss, over a table of cases with inputs off the kinks."""

import inspect

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid.errors import ShapeError
from pellucid.layer import Loss
from pellucid.losses import (
    ActivityL1,
    EnsembleLoss,
    GaussianKL,
    HalfSquaredError,
    Hinge,
    Huber,
    LossSum,
    MeanAbsoluteError,
    MeanSquaredError,
    MixedLoss,
    SequenceLoss,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.value import subclasses

RNG = np.random.default_rng(0)
NUMBERS = RNG.normal(size=(5, 3))
LABELS = RNG.integers(3, size=5)
ONE_HOT = np.eye(3)[LABELS]
PROBABILITIES = RNG.dirichlet(np.ones(3), size=5)
ANSWERS = RNG.integers(2, size=(5, 3))
SEQUENCE_LABELS = RNG.integers(3, size=(5, 4))

# loss, shape of the outputs, targets
CASES = [
    (HalfSquaredError(), (5, 3), NUMBERS),
    (HalfSquaredError(), (5, 1), NUMBERS[:, 0]),
    (MeanSquaredError(), (5, 3), NUMBERS),
    (MeanSquaredError(), (5, 2, 3), RNG.normal(size=(5, 2, 3))),
    (MeanAbsoluteError(), (5, 3), NUMBERS),
    (MeanAbsoluteError(), (5, 1), NUMBERS[:, 0]),
    (MeanAbsoluteError(), (5, 2, 3), RNG.normal(size=(5, 2, 3))),
    (Huber(), (5, 3), NUMBERS),
    (Huber(delta=0.3), (5, 2, 3), RNG.normal(size=(5, 2, 3))),
    (SoftmaxCrossEntropy(), (5, 3), LABELS),
    (SoftmaxCrossEntropy(), (5, 3), ONE_HOT),
    (SoftmaxCrossEntropy(label_smoothing=0.1), (5, 3), LABELS),
    (SoftmaxCrossEntropy(label_smoothing=0.3), (5, 3), PROBABILITIES),
    (SoftmaxCrossEntropy(), (5, 4, 3), SEQUENCE_LABELS),
    (SoftmaxCrossEntropy(label_smoothing=0.1), (5, 4, 3), np.eye(3)[SEQUENCE_LABELS]),
    (SigmoidCrossEntropy(), (5, 3), ANSWERS),
    (SigmoidCrossEntropy(), (5, 1), ANSWERS[:, 0]),
    (SigmoidCrossEntropy(label_smoothing=0.2), (5, 3), PROBABILITIES),
    (Hinge(), (5, 3), LABELS),
    (Hinge(margin=0.5), (5, 3), ONE_HOT),
    (Hinge(), (5, 4, 3), SEQUENCE_LABELS),
    (Hinge(margin=2.0), (5, 1), ANSWERS[:, 0]),
    (Hinge(), (5, 1), 2 * ANSWERS[:, :1] - 1),
    (Hinge(), (5, 4, 1), RNG.integers(2, size=(5, 4))),
]
NAMES = [f"{loss!r} {shape} {target.dtype}{target.shape}" for loss, shape, target in CASES]
every_case = pytest.mark.parametrize(("loss", "shape", "target"), CASES, ids=NAMES)


def outputs(shape, dtype=np.float64):
    return np.random.default_rng(1).normal(scale=1.5, size=shape).astype(dtype)


def test_no_loss_is_left_out():
    concrete = (cls for cls in subclasses(Loss) if not inspect.isabstract(cls))
    ours = {cls for cls in concrete if cls.__module__.startswith("pellucid.losses.")}
    with_other_tests = {ActivityL1, EnsembleLoss, GaussianKL, LossSum, MixedLoss, SequenceLoss}
    assert {type(loss) for loss, _, _ in CASES} == ours - with_other_tests


@every_case
def test_gradient_is_the_central_difference(loss, shape, target):
    y, h = outputs(shape), 1e-5
    gradient = loss.gradient(y, target)
    assert gradient.shape == shape
    assert loss.value(y, target).shape == (5,)
    for place in np.ndindex(shape):
        step = np.zeros(shape)
        step[place] = h
        numerical = (loss.value(y + step, target) - loss.value(y - step, target)) / (2 * h)
        assert gradient[place] == pytest.approx(numerical[place[0]], rel=1e-7, abs=1e-9)
        assert (np.delete(numerical, place[0]) == 0.0).all()  # no example's loss depends on another's outputs


@every_case
def test_gradient_is_the_automatic_derivative(loss, shape, target):
    y = outputs(shape)
    with jax.enable_x64(True):
        automatic = jax.grad(lambda y: loss.value(y, jnp.asarray(target)).sum())(jnp.asarray(y))
    np.testing.assert_allclose(loss.gradient(y, target), automatic, rtol=1e-11, atol=1e-14)


@every_case
def test_both_engines_agree_and_keep_float32(loss, shape, target):
    y = outputs(shape, np.float32)

    def run(y, target):
        return loss.value(y, target), loss.gradient(y, target), loss.predict(y)

    eager, compiled = run(y, target), jax.jit(run)(jnp.asarray(y), jnp.asarray(target))
    for ours, theirs in zip(eager, compiled, strict=True):
        assert ours.dtype == theirs.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@every_case
def test_a_nan_is_not_hidden(loss, shape, target):
    y = outputs(shape)
    y[1] = np.nan
    assert np.isnan(loss.value(y, target)).tolist() == [False, True, False, False, False]


@every_case
def test_good_targets_pass_the_check(loss, shape, target):
    loss.check_target(outputs((1, *shape[1:])), target)


@every_case
def test_targets_of_another_shape_are_refused(loss, shape, target):
    y = outputs(shape)
    for wrong in (target[:-1], np.ones((5, 7), dtype=target.dtype), np.ones((*shape, 2))):
        with pytest.raises(ShapeError, match=rf"{type(loss).__name__}.*shape"):
            loss.value(y, wrong)
        with pytest.raises(ShapeError, match=rf"{type(loss).__name__}.*shape"):
            loss.gradient(y, wrong)
    with pytest.raises(ShapeError):
        loss.check_target(y, np.ones((5, 7)))
