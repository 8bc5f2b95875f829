import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.initializers import Constant, Zeros
from pellucid.layers import Dense, MultiHeadAttention
from pellucid.masked import Masked

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5, 8))
DY = RNG.normal(size=(3, 5, 8))
MASK = np.array([[1.0, 1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0, 1.0]])


def drawn(layer, x=X):
    """Weights with biases that are not 0."""
    params, state = layer.init(ops.key(0), x)
    assert state == {}
    for part in params.values():
        if "b" in part:
            part["b"] = RNG.normal(size=part["b"].shape)
    return params


def run(layer, params, x, dy=DY):
    y, cache, _ = layer.forward(params, {}, x)
    return y, cache, *layer.backward(params, cache, dy)


def test_forward_and_backward_by_hand():
    """One head of one unit, steps x = (0, 1), k = x and v = 4 x, and q = ln 3 at every step.

    So the scores are (0, ln 3), the weights (1/4, 3/4), the heads 3, and y = 2 * 3. With dy = (1, 0), dhead is (2, 0):
    dv = (1/2, 3/2), dweights = (0, 8) at step 0, dscores = (1/4 (0 - 6), 3/4 (8 - 6)) = (-3/2, 3/2), so that
    dq = (3/2, 0), dk = ln 3 (-3/2, 3/2), and dx = dk + 4 dv as q does not look at x.
    """
    one = np.ones((1, 1))
    params = {
        "q": {"W": 0 * one, "b": np.log([3.0])},
        "k": {"W": one, "b": np.zeros(1)},
        "v": {"W": 4 * one, "b": np.zeros(1)},
        "output": {"W": 2 * one, "b": np.zeros(1)},
    }
    x, dy = np.array([[[0.0], [1.0]]]), np.array([[[1.0], [0.0]]])
    y, cache, dparams, dx = run(MultiHeadAttention(1), params, x, dy)
    log3 = np.log(3.0)
    np.testing.assert_allclose(cache["weights"], [[[[0.25, 0.75], [0.25, 0.75]]]])
    np.testing.assert_allclose(cache["heads"], [[[[3.0], [3.0]]]])
    np.testing.assert_allclose(y, [[[6.0], [6.0]]])
    np.testing.assert_allclose(dx, [[[-1.5 * log3 + 2.0], [1.5 * log3 + 6.0]]])
    gradients = {"q": (0.0, 1.5), "k": (1.5 * log3, 0.0), "v": (1.5, 2.0), "output": (3.0, 1.0)}
    for name, (dW, db) in gradients.items():
        np.testing.assert_allclose(dparams[name]["W"], dW, atol=1e-15)
        np.testing.assert_allclose(dparams[name]["b"], db, atol=1e-15)


@pytest.mark.parametrize("causal", [False, True])
def test_heads_are_those_of_jax_nn(causal):
    layer = MultiHeadAttention(2, units=6, causal=causal)
    y, cache, _, _ = run(layer, params := drawn(layer), X)
    with jax.enable_x64(True):
        q, k, v = (jnp.asarray(cache[name]).swapaxes(1, 2) for name in ("q", "k", "v"))
        heads = np.asarray(jax.nn.dot_product_attention(q, k, v, is_causal=causal))
    close = {"rtol": 1e-5, "atol": 1e-6}  # JAX takes this softmax in float32
    np.testing.assert_allclose(cache["heads"].swapaxes(1, 2), heads, **close)
    np.testing.assert_allclose(cache["weights"].sum(axis=-1), 1.0)
    expected = heads.reshape(3, 5, 6) @ params["output"]["W"] + params["output"]["b"]
    np.testing.assert_allclose(y, expected, **close)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("masked", [False, True])
def test_forward_and_backward_are_those_of_torch(causal, masked):
    torch = pytest.importorskip("torch")
    mask = MASK.copy()
    mask[2, 0] = 1.0  # torch gives NaN to a step that sees nothing
    layer = MultiHeadAttention(4, causal=causal)
    params = drawn(layer)
    theirs = torch.nn.MultiheadAttention(8, 4, batch_first=True, dtype=torch.float64)
    inside = [params[name] for name in ("q", "k", "v")]
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.tensor(np.concatenate([part["W"].T for part in inside])))
        theirs.in_proj_bias.copy_(torch.tensor(np.concatenate([part["b"] for part in inside])))
        theirs.out_proj.weight.copy_(torch.tensor(params["output"]["W"].T))
        theirs.out_proj.bias.copy_(torch.tensor(params["output"]["b"]))
    x = torch.tensor(X, requires_grad=True)
    hidden = torch.tensor(np.triu(np.ones((5, 5), dtype=bool), 1)) if causal else None
    padding = torch.tensor(mask < 0.5) if masked else None
    expected, weights = theirs(x, x, x, key_padding_mask=padding, attn_mask=hidden, average_attn_weights=False)
    expected.backward(torch.tensor(DY))

    if masked:
        y, cache, dparams, dx = run(layer, params, Masked(X, mask), Masked(DY, mask))
        np.testing.assert_array_equal(y.mask, mask)
        np.testing.assert_array_equal(dx.mask, mask)  # handed on as it came
        y, dx = y.values, dx.values
    else:
        y, cache, dparams, dx = run(layer, params, X)
    close = {"rtol": 1e-9, "atol": 1e-12}
    np.testing.assert_allclose(y, expected.detach(), **close)
    np.testing.assert_allclose(cache["weights"], weights.detach(), **close)
    np.testing.assert_allclose(dx, x.grad, **close)
    dW = np.concatenate([dparams[name]["W"].T for name in ("q", "k", "v")])
    np.testing.assert_allclose(dW, theirs.in_proj_weight.grad, **close)
    np.testing.assert_allclose(dparams["output"]["W"].T, theirs.out_proj.weight.grad, **close)
    np.testing.assert_allclose(dparams["output"]["b"], theirs.out_proj.bias.grad, **close)


def test_a_causal_step_does_not_see_the_future():
    layer = MultiHeadAttention(2, causal=True)
    params = drawn(layer)
    y, cache, _, _ = run(layer, params, X)
    assert not np.triu(cache["weights"], 1).any()
    for t in range(5):
        other = X.copy()
        other[:, t + 1 :] = RNG.normal(size=other[:, t + 1 :].shape)
        np.testing.assert_array_equal(layer.forward(params, {}, other)[0][:, : t + 1], y[:, : t + 1])
    dx = run(layer, params, X, np.where(np.arange(5)[:, None] == 2, DY, 0.0))[3]
    assert dx[:, :3].all()
    assert not dx[:, 3:].any()


@pytest.mark.parametrize("causal", [False, True])
def test_one_step_sees_itself(causal):
    layer = MultiHeadAttention(2, causal=causal)
    params = drawn(layer)
    y, cache, _, _ = run(layer, params, X[:, :1], DY[:, :1])
    assert (cache["weights"] == 1.0).all()
    v = X[:, :1] @ params["v"]["W"] + params["v"]["b"]
    np.testing.assert_allclose(y, v @ params["output"]["W"] + params["output"]["b"])


def test_padding_is_not_seen():
    layer = MultiHeadAttention(2)
    params = drawn(layer)
    y, cache, _, dx = run(layer, params, Masked(X, MASK), Masked(np.where(MASK[..., None] > 0.5, DY, 0.0), MASK))
    np.testing.assert_array_equal(cache["weights"] == 0.0, np.broadcast_to(MASK[:, None, None] == 0.0, (3, 2, 5, 5)))
    np.testing.assert_array_equal((dx.values == 0.0).all(axis=-1), MASK == 0.0)
    alone = layer.forward(params, {}, X[:1, :3])[0]
    np.testing.assert_allclose(y.values[:1, :3], alone, rtol=1e-12)


def test_a_step_that_sees_nothing_gets_nothing_and_not_nan():
    layer = MultiHeadAttention(2, causal=True)
    params = drawn(layer)
    y, _, dparams, dx = run(layer, params, Masked(X, MASK), Masked(DY, MASK))
    np.testing.assert_allclose(y.values[2, 0], params["output"]["b"])
    assert all(np.isfinite(leaf).all() for leaf in jax.tree.leaves((y, dparams, dx)))
    hidden = Masked(jnp.asarray(X, jnp.float32), jnp.zeros((3, 5)))
    y, _, dparams, dx = jax.jit(lambda x: run(layer, params, x, x))(hidden)
    np.testing.assert_allclose(y.values[0, 0], params["output"]["b"], rtol=1e-6)
    assert all(np.isfinite(leaf).all() for leaf in jax.tree.leaves((y, dparams, dx)))
    with pytest.raises(DataError, match=r"causal=True\): the mask hides every step of example 1"):
        layer.forward(params, {}, Masked(X, np.array([[1.0], [0.0], [1.0]]) * MASK[1]))


def test_scores_however_large_do_not_overflow():
    layer = MultiHeadAttention(2)
    y, _, _, dx = run(layer, drawn(layer), 1e8 * X)
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()


def test_first_weights():
    params, _ = MultiHeadAttention(2, units=4).init(ops.key(0), X.astype(np.float32))
    assert [part["W"].shape for part in params.values()] == [(8, 4), (8, 4), (8, 4), (4, 8)]
    assert not np.array_equal(params["q"]["W"], params["k"]["W"])
    bare, _ = MultiHeadAttention(2, use_bias=False, weight=Constant(3.0)).init(ops.key(0), X)
    assert all(set(part) == {"W"} and (part["W"] == 3.0).all() for part in bare.values())


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="MultiHeadAttention: 3 heads do not divide units=8 evenly"):
        MultiHeadAttention(3, units=8)
    for wrong in ({"heads": 0}, {"heads": 2, "units": 0}, {"heads": 1, "causal": 1}, {"heads": 1, "weight": Zeros}):
        with pytest.raises(ConfigError, match="must be"):
            MultiHeadAttention(**wrong)
    with pytest.raises(ShapeError, match=r"3 heads do not divide the 8 features of x of shape \(3, 5, 8\) evenly"):
        MultiHeadAttention(3).init(ops.key(0), X)
    with pytest.raises(ShapeError, match="3 heads do not divide the 8 features") as error:
        Chain(Dense(8), MultiHeadAttention(3)).init(ops.key(0), X)
    assert error.value.__notes__ == ["in multi_head_attention_1: MultiHeadAttention(3) got x of shape (1, 5, 8)"]
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, features\), not \(3, 5\)"):
        MultiHeadAttention(1).init(ops.key(0), X[..., 0])
    with pytest.raises(ShapeError, match="at least one time step"):
        MultiHeadAttention(1).init(ops.key(0), X[:, :0])
    with pytest.raises(ShapeError, match=r"MultiHeadAttention\(2\) has weights for 8 features"):
        MultiHeadAttention(2).forward(drawn(MultiHeadAttention(2)), {}, X[..., :6])
