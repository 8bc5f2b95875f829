import jax.numpy as jnp
import numpy as np
import optax
import pytest

from pellucid.errors import ConfigError, DataError
from pellucid.losses import Hinge

RNG = np.random.default_rng(0)


def test_several_classes_by_hand():
    """Label 0: classes 1 and 2 fall short by 1 - 2 + 1 = 0 (kept exactly) and 2.5 - 2 + 1 = 1.5."""
    y, target = np.array([[2.0, 1.0, 2.5], [0.0, 0.0, 0.0]]), np.array([0, 2])
    assert Hinge().value(y, target).tolist() == [1.5, 2.0]
    assert Hinge().gradient(y, target).tolist() == [[-1.0, 0.0, 1.0], [1.0, 1.0, -2.0]]
    assert Hinge().value(y, np.eye(3)[target]).tolist() == [1.5, 2.0]
    assert Hinge().predict(y) is y


def test_several_classes_are_the_sum_written_out():
    y, target = RNG.normal(size=(8, 4)), RNG.integers(4, size=8)
    expected = [
        sum(max(0.0, y[i, j] - y[i, t] + 0.7) for j in range(4) if j != t) for i, t in enumerate(target.tolist())
    ]
    np.testing.assert_allclose(Hinge(margin=0.7).value(y, target), expected, rtol=1e-13)


def test_several_classes_are_torchs():
    torch = pytest.importorskip("torch")
    y, target = RNG.normal(size=(8, 4)), RNG.integers(4, size=8)
    scores = torch.tensor(y, requires_grad=True)
    values = 4 * torch.nn.functional.multi_margin_loss(
        scores, torch.tensor(target), reduction="none"
    )  # it divides by K
    values.sum().backward()
    np.testing.assert_allclose(Hinge().value(y, target), values.detach().numpy(), rtol=1e-13)
    np.testing.assert_allclose(Hinge().gradient(y, target), scores.grad.numpy(), rtol=1e-13)


def test_one_output_is_optax_with_either_labels():
    y, yes = RNG.normal(scale=2.0, size=(20, 1)).astype(np.float32), RNG.integers(2, size=20)
    expected = optax.hinge_loss(jnp.asarray(y[:, 0]), jnp.asarray(2 * yes - 1))
    for target in (yes, 2 * yes - 1, yes[:, None]):
        np.testing.assert_allclose(Hinge().value(y, target), expected, rtol=1e-6)


def test_one_output_by_hand():
    y, target = np.array([[0.5], [0.5], [1.0], [-2.0]]), np.array([1, 0, 1, 0])
    assert Hinge().value(y, target).tolist() == [0.5, 1.5, 0.0, 0.0]
    assert Hinge().gradient(y, target).ravel().tolist() == [-1.0, 1.0, 0.0, 0.0]
    assert Hinge.threshold == 0.0


@pytest.mark.parametrize("xp", [np, jnp])
def test_scores_of_1000_in_float32(xp):
    y = xp.asarray([[1000.0, -1000.0, 0.0]] * 2, dtype="float32")
    assert Hinge().value(y, xp.asarray([0, 1])).tolist() == [0.0, 3002.0]
    assert Hinge().gradient(y, xp.asarray([0, 1])).tolist() == [[0.0, 0.0, 0.0], [1.0, -2.0, 1.0]]


@pytest.mark.parametrize(
    ("outputs", "target", "message"),
    [
        (3, [0, 3], "example 1 has the target 3, not a whole number from 0 to 2"),
        (3, [0.5, 1.0], r"example 0 has the target 0\.5"),
        (3, [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0]], r"example 1 has the target 0\.5, not 0 or 1"),
        (3, [[1, 0, 0], [1, 1, 0]], "example 1 has the target sum 2, not 1"),
        (1, [0, 1, 2], "example 2 has the target 2, not 0 or 1"),
        (1, [-1, 1, 0], "example 2 has the target 0, not -1 or 1"),
    ],
)
def test_targets_outside_the_outputs_are_refused(outputs, target, message):
    with pytest.raises(DataError, match=message):
        Hinge().check_target(np.zeros((1, outputs)), np.array(target))


@pytest.mark.parametrize("margin", [0.0, -1.0, float("nan"), "1"])
def test_a_bad_margin_is_refused(margin):
    with pytest.raises(ConfigError, match="Hinge: margin must be a number above 0"):
        Hinge(margin=margin)
