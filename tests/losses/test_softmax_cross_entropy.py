import math

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
import scipy.special

from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.losses import SoftmaxCrossEntropy

RNG = np.random.default_rng(0)
LOGITS = 3.0 * RNG.normal(size=(6, 4))
LABELS = RNG.integers(4, size=6)


def test_by_hand():
    """Logits (0, ln 3) are probabilities (1/4, 3/4)."""
    y, target = np.array([[0.0, math.log(3.0)]] * 2), np.array([0, 1])
    loss = SoftmaxCrossEntropy()
    np.testing.assert_allclose(loss.value(y, target), [math.log(4.0), math.log(4.0 / 3.0)], rtol=1e-14)
    np.testing.assert_allclose(loss.gradient(y, target), [[-0.75, 0.75], [0.25, -0.25]], rtol=1e-14)
    np.testing.assert_allclose(loss.predict(y), [[0.25, 0.75]] * 2, rtol=1e-14)


def test_values_are_scipys():
    expected = -scipy.special.log_softmax(LOGITS, axis=-1)[np.arange(6), LABELS]
    for target in (LABELS, LABELS.astype(float), np.eye(4)[LABELS]):
        np.testing.assert_allclose(SoftmaxCrossEntropy().value(LOGITS, target), expected, rtol=1e-13)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.9])
def test_label_smoothing_is_optax(smoothing):
    with jax.enable_x64(True):
        rows = optax.smooth_labels(jnp.asarray(np.eye(4)[LABELS]), smoothing)
        expected = optax.softmax_cross_entropy(jnp.asarray(LOGITS), rows)
        expected_gradient = jax.grad(lambda y: optax.softmax_cross_entropy(y, rows).sum())(jnp.asarray(LOGITS))
    loss = SoftmaxCrossEntropy(label_smoothing=smoothing)
    np.testing.assert_allclose(loss.value(LOGITS, LABELS), expected, rtol=1e-13)
    np.testing.assert_allclose(loss.gradient(LOGITS, LABELS), expected_gradient, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("kind", ["labels", "probabilities", "sequence"])
def test_value_and_gradient_are_torchs(kind, smoothing):
    torch = pytest.importorskip("torch")
    y = RNG.normal(size=(5, 7, 4) if kind == "sequence" else (5, 4))
    target = RNG.dirichlet(np.ones(4), size=5) if kind == "probabilities" else RNG.integers(4, size=y.shape[:-1])
    logits = torch.tensor(y, requires_grad=True)
    channels_second = logits.transpose(1, -1) if kind == "sequence" else logits
    values = torch.nn.functional.cross_entropy(
        channels_second, torch.tensor(target), reduction="none", label_smoothing=smoothing
    )
    values = values.reshape(5, -1).mean(dim=1)
    values.sum().backward()
    loss = SoftmaxCrossEntropy(label_smoothing=smoothing)
    np.testing.assert_allclose(loss.value(y, target), values.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(loss.gradient(y, target), logits.grad.numpy(), rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("xp", [np, jnp])
def test_logits_of_1000_in_float32(xp):
    y = xp.asarray([[1000.0, -1000.0, 0.0]] * 3, dtype="float32")
    loss, target = SoftmaxCrossEntropy(), xp.asarray([0, 1, 2])
    assert loss.value(y, target).tolist() == [0.0, 2000.0, 1000.0]
    assert loss.gradient(y, target).tolist() == [[0.0, 0.0, 0.0], [1.0, -1.0, 0.0], [1.0, 0.0, -1.0]]
    smoothed = SoftmaxCrossEntropy(label_smoothing=0.3).value(y, target)
    np.testing.assert_allclose(smoothed, [300.0, 1700.0, 1000.0], rtol=1e-6)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ([0, 2, 7], r"example 2 has the target 7, not a whole number from 0 to 2: .* \(it has 3\)"),
        ([0, -1, 2], "example 1 has the target -1"),
        ([1.5, 0.0, 1.0], r"example 0 has the target 1\.5"),
        ([float("nan"), 0.0, 1.0], "example 0 has the target nan"),
        ([[1.0, 0.0, 0.0], [2.0, -1.0, 0.0]], r"example 1 has the target 2\.0, not a number from 0 to 1"),
        ([[1.0, 0.0, 0.0], [0.5, 0.4, 0.0]], r"example 1 has the target sum 0\.9, not 1"),
    ],
)
def test_targets_outside_the_outputs_are_refused(target, message):
    with pytest.raises(DataError, match=message):
        SoftmaxCrossEntropy().check_target(np.zeros((1, 3)), np.array(target))


def test_a_bad_label_in_a_sequence_is_refused():
    with pytest.raises(DataError, match="example 1 has the target 3"):
        SoftmaxCrossEntropy().check_target(np.zeros((1, 2, 3)), np.array([[0, 1], [2, 3]]))


def test_a_single_output_is_refused():
    with pytest.raises(ShapeError, match=r"not \(1, 1\); for one output there is SigmoidCrossEntropy"):
        SoftmaxCrossEntropy().check_target(np.zeros((1, 1)), np.array([0, 1]))
    with pytest.raises(ShapeError, match="needs outputs of shape"):
        SoftmaxCrossEntropy().value(np.zeros(3), np.zeros(3))


@pytest.mark.parametrize("smoothing", [-0.1, 1.0, float("nan"), "0.1"])
def test_a_bad_label_smoothing_is_refused(smoothing):
    with pytest.raises(ConfigError, match="SoftmaxCrossEntropy: label_smoothing must be a number from 0 up to"):
        SoftmaxCrossEntropy(label_smoothing=smoothing)
