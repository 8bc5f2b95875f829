import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import GroupNorm


def test_forward_and_backward_by_hand():
    """Channels (1, 3 | 0, 8): means 2 and 4, variances 1 and 16; with epsilon 9 deviations sqrt 10 and 5.

    In the second group x_hat = (-4/5, 4/5); with dx_hat = (0, 5) its mean is 5/2, that of dx_hat x_hat is 2, so
    dx = ((0, 5) - 5/2 - (-4/5, 4/5) 2) / 5 = (-9/50, 9/50); nothing goes to the first group.
    """
    layer, params = GroupNorm(2, epsilon=9.0), {"gamma": np.array([1.0, 1.0, 1.0, 5.0]), "beta": np.arange(4.0)}
    y, cache, state = layer.forward(params, {}, np.array([[1.0, 3.0, 0.0, 8.0]]))
    dparams, dx = layer.backward(params, cache, np.array([[0.0, 0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(y, [[-(0.1**0.5), 1.0 + 0.1**0.5, 1.2, 7.0]], rtol=1e-14)
    np.testing.assert_allclose(dx, [[0.0, 0.0, -0.18, 0.18]], atol=1e-15)
    np.testing.assert_allclose(dparams["gamma"], [0.0, 0.0, 0.0, 0.8])
    assert dparams["beta"].tolist() == [0.0, 0.0, 0.0, 1.0]
    assert state == {}


@pytest.mark.parametrize("groups", [1, 2, 6])
@pytest.mark.parametrize("shape", [(3, 6), (2, 5, 6), (2, 3, 4, 6)])
def test_forward_and_backward_are_those_of_torch(groups, shape):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=shape), rng.normal(size=shape)
    params = {"gamma": rng.normal(size=6), "beta": rng.normal(size=6)}
    theirs = {name: torch.tensor(leaf, requires_grad=True) for name, leaf in {**params, "x": x}.items()}
    channels_first = theirs["x"].movedim(-1, 1)
    expected = torch.nn.functional.group_norm(channels_first, groups, theirs["gamma"], theirs["beta"], 1e-3)
    expected.movedim(1, -1).backward(torch.tensor(dy))
    layer = GroupNorm(groups, epsilon=1e-3)
    y, cache, _ = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, dy)
    np.testing.assert_allclose(y, expected.detach().movedim(1, -1), rtol=1e-10, atol=1e-12)
    for name, ours in {**dparams, "x": dx}.items():
        np.testing.assert_allclose(ours, theirs[name].grad, rtol=1e-9, atol=1e-12)


def test_each_group_of_an_example_has_mean_0_and_variance_1():
    x = np.random.default_rng(1).normal(3.0, 2.0, size=(4, 5, 5, 6))
    params, _ = GroupNorm(3).init(ops.key(0), x)
    y, _, _ = GroupNorm(3).forward(params, {}, x)
    for first in (0, 2, 4):
        group = y[..., first : first + 2].reshape(4, -1)
        np.testing.assert_allclose(group.mean(axis=1), 0.0, atol=1e-14)
        np.testing.assert_allclose(group.var(axis=1), 1.0, rtol=1e-4)


def test_what_does_not_fit_is_refused():
    for wrong in ({"groups": 0}, {"groups": 1.0}, {"groups": 2, "epsilon": 0.0}):
        with pytest.raises(ConfigError, match=r"GroupNorm: .* must be"):
            GroupNorm(**wrong)
    with pytest.raises(ShapeError, match=r"GroupNorm\(4\) cannot cut 6 channels into 4 equal groups, .*\(2, 5, 6\)"):
        GroupNorm(4).init(ops.key(0), np.zeros((2, 5, 6)))
    params, _ = GroupNorm(2).init(ops.key(0), np.zeros((1, 6)))
    with pytest.raises(ShapeError, match=r"weights for 6 features, but x has shape \(2, 4\)"):
        GroupNorm(2).forward(params, {}, np.zeros((2, 4)))
