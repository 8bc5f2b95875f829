import math

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from pellucid.errors import ConfigError, DataError
from pellucid.losses import SigmoidCrossEntropy

RNG = np.random.default_rng(0)
LOGITS = 3.0 * RNG.normal(size=(6, 4))
ANSWERS = RNG.integers(2, size=(6, 4))


def test_by_hand():
    """The logit ln 3 is the probability 3/4."""
    y = np.array([[math.log(3.0), 0.0], [math.log(3.0), 0.0]])
    target = np.array([[1, 0], [0, 1]])
    loss = SigmoidCrossEntropy()
    np.testing.assert_allclose(loss.value(y, target), [math.log(8.0 / 3.0), math.log(8.0)], rtol=1e-14)
    np.testing.assert_allclose(loss.gradient(y, target), [[-0.25, 0.5], [0.75, -0.5]], rtol=1e-14)
    np.testing.assert_allclose(loss.predict(y), [[0.75, 0.5]] * 2, rtol=1e-14)


def test_value_and_gradient_are_optax():
    with jax.enable_x64(True):
        y, target = jnp.asarray(LOGITS), jnp.asarray(ANSWERS)
        expected = optax.sigmoid_binary_cross_entropy(y, target).sum(axis=-1)
        expected_gradient = jax.grad(lambda y: optax.sigmoid_binary_cross_entropy(y, target).sum())(y)
    np.testing.assert_allclose(SigmoidCrossEntropy().value(LOGITS, ANSWERS), expected, rtol=1e-13)
    np.testing.assert_allclose(SigmoidCrossEntropy().gradient(LOGITS, ANSWERS), expected_gradient, rtol=1e-12)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_value_and_gradient_are_torchs(smoothing):
    torch = pytest.importorskip("torch")
    logits = torch.tensor(LOGITS, requires_grad=True)
    target = torch.tensor(ANSWERS.astype(float)) * (1 - smoothing) + smoothing / 2
    values = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(dim=1)
    values.sum().backward()
    loss = SigmoidCrossEntropy(label_smoothing=smoothing)
    np.testing.assert_allclose(loss.value(LOGITS, ANSWERS), values.detach().numpy(), rtol=1e-13)
    np.testing.assert_allclose(loss.gradient(LOGITS, ANSWERS), logits.grad.numpy(), rtol=1e-11)


def test_label_smoothing_by_hand():
    """Smoothing 0.2 makes targets 0.9 and 0.1; at the logit 0 the value is ln 2 whatever the target."""
    loss = SigmoidCrossEntropy(label_smoothing=0.2)
    y = np.zeros((1, 2))
    np.testing.assert_allclose(loss.value(y, np.array([[1, 0]])), [2 * math.log(2.0)], rtol=1e-14)
    np.testing.assert_allclose(loss.gradient(y, np.array([[1, 0]])), [[-0.4, 0.4]], rtol=1e-14)


@pytest.mark.parametrize("xp", [np, jnp])
def test_logits_of_1000_in_float32(xp):
    y = xp.asarray([[1000.0], [1000.0], [-1000.0], [-1000.0]], dtype="float32")
    loss, target = SigmoidCrossEntropy(), xp.asarray([1, 0, 1, 0])
    assert loss.value(y, target).tolist() == [0.0, 1000.0, 1000.0, 0.0]
    assert loss.gradient(y, target).ravel().tolist() == [0.0, 1.0, -1.0, 0.0]


def test_a_small_loss_keeps_its_digits():
    """At the logit 30 of a right answer, ``-ln p = ln(1 + exp(-30))`` is exp(-30) to 13 digits."""
    value = SigmoidCrossEntropy().value(np.array([[30.0]]), np.array([1])).item()
    assert value == pytest.approx(math.exp(-30.0), rel=1e-12, abs=0.0)


@pytest.mark.parametrize("bad", [2, -1, float("nan"), 1.01])
def test_targets_that_are_no_probabilities_are_refused(bad):
    with pytest.raises(DataError, match=rf"example 1 has the target {bad}(\.0)?, not a number from 0 to 1"):
        SigmoidCrossEntropy().check_target(np.zeros((1, 1)), np.array([1, bad, 0]))


@pytest.mark.parametrize("smoothing", [-0.1, 1.0, float("nan")])
def test_a_bad_label_smoothing_is_refused(smoothing):
    with pytest.raises(ConfigError, match="SigmoidCrossEntropy: label_smoothing must be a number from 0 up to"):
        SigmoidCrossEntropy(label_smoothing=smoothing)
