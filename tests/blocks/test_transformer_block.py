import numpy as np
import pytest

from pellucid import ops, trees
from pellucid.blocks import TransformerBlock
from pellucid.combinators import Chain, record
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense, Embedding, LayerNorm, LearnedPositions
from pellucid.losses import SoftmaxCrossEntropy
from pellucid.runs import fit

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5, 8))
DY = RNG.normal(size=(3, 5, 8))


def drawn(block):
    """Weights, all of them away from 0 and 1."""
    params, state = block.init(ops.key(0), X)
    return trees.tree_map(lambda leaf: leaf + 0.3 * RNG.normal(size=leaf.shape), params), state


@pytest.mark.parametrize("causal", [False, True])
def test_forward_and_backward_are_those_of_torch(causal):
    torch = pytest.importorskip("torch")
    block = TransformerBlock(2, hidden=12, causal=causal)
    params, state = drawn(block)
    attention, feed_forward = params["attention"], params["feed_forward"]
    inside, norms = attention["multi_head_attention_1"], (attention["layer_norm_1"], feed_forward["layer_norm_1"])
    given = {
        "self_attn.in_proj_weight": np.concatenate([inside[name]["W"].T for name in ("q", "k", "v")]),
        "self_attn.in_proj_bias": np.concatenate([inside[name]["b"] for name in ("q", "k", "v")]),
        "self_attn.out_proj.weight": inside["output"]["W"].T,
        "self_attn.out_proj.bias": inside["output"]["b"],
        **{f"linear{i}.weight": feed_forward[f"dense_{i}"]["W"].T for i in (1, 2)},
        **{f"linear{i}.bias": feed_forward[f"dense_{i}"]["b"] for i in (1, 2)},
        **{f"norm{i}.weight": norm["gamma"] for i, norm in enumerate(norms, 1)},
        **{f"norm{i}.bias": norm["beta"] for i, norm in enumerate(norms, 1)},
    }
    theirs = torch.nn.TransformerEncoderLayer(
        8, 2, 12, dropout=0.0, activation="gelu", batch_first=True, norm_first=True, dtype=torch.float64
    )
    theirs.load_state_dict({name: torch.tensor(leaf) for name, leaf in given.items()})
    x = torch.tensor(X, requires_grad=True)
    hidden = torch.tensor(np.triu(np.ones((5, 5), dtype=bool), 1)) if causal else None
    expected = theirs(x, src_mask=hidden)
    expected.backward(torch.tensor(DY))
    y, cache, _ = block.forward(params, state, X)
    dparams, dx = block.backward(params, cache, DY)
    np.testing.assert_allclose(y, expected.detach(), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(dx, x.grad, rtol=1e-9, atol=1e-11)
    ours = dparams["feed_forward"]["dense_1"]["W"].T
    np.testing.assert_allclose(ours, theirs.linear1.weight.grad, rtol=1e-9, atol=1e-11)


def test_without_weights_x_goes_around_both_parts():
    block = TransformerBlock(2)
    params, state = block.init(ops.key(0), X)
    y, cache, _ = block.forward(trees.tree_map(np.zeros_like, params), state, X)
    np.testing.assert_array_equal(y, X)
    np.testing.assert_array_equal(block.backward(trees.tree_map(np.zeros_like, params), cache, DY)[1], DY)


def test_a_causal_step_does_not_see_the_future():
    block = TransformerBlock(2, causal=True)
    params, state = drawn(block)
    other = X.copy()
    other[:, 3:] = 7.0
    y, changed = (block.forward(params, state, x)[0] for x in (X, other))
    np.testing.assert_array_equal(y[:, :3], changed[:, :3])
    assert (y[:, 3:] != changed[:, 3:]).all()


def test_its_network_can_be_looked_into():
    block = TransformerBlock(2, dropout=0.5)
    params, state = drawn(block)
    assert trees.flatten(params)["feed_forward/dense_1/W"].shape == (8, 32)
    seen = record(block.network(8), params, state, X)
    assert "attention/multi_head_attention_1" in seen
    np.testing.assert_array_equal(
        seen["feed_forward/layer_norm_1"]["x"], seen["attention/layer_norm_1"]["x"] + seen["attention/dropout_1"]["y"]
    )
    assert block.is_random()
    assert not TransformerBlock(2).is_random()


def test_a_network_with_it_learns_to_copy_what_was_said_before():
    """Each letter is to be answered with the one two steps earlier: only looking back can tell."""
    letters = RNG.integers(0, 4, size=(256, 6))
    target = np.concatenate([np.zeros((256, 2), np.int64), letters[:, :-2]], axis=1)
    network = Chain(Embedding(4, 16), LearnedPositions(6), TransformerBlock(2, causal=True), LayerNorm(), Dense(4))
    trained = fit(network, SoftmaxCrossEntropy(), (letters, target), epochs=60, batch_size=32, seed=0)
    assert (trained.predict(letters).argmax(axis=-1) == target).mean() > 0.98


def test_what_does_not_fit_is_refused():
    for wrong in ({"heads": 0}, {"heads": 1, "hidden": 0}, {"heads": 1, "causal": 1}, {"heads": 1, "dropout": 1.0}):
        with pytest.raises(ConfigError, match=r"TransformerBlock: .* must be"):
            TransformerBlock(**wrong)
    with pytest.raises(ShapeError, match=r"TransformerBlock\(2\) needs x of shape \(batch, time, features\)"):
        TransformerBlock(2).init(ops.key(0), X[..., 0])
    with pytest.raises(ShapeError, match="3 heads do not divide the 8 features") as error:
        Chain(TransformerBlock(3)).init(ops.key(0), X)
    assert error.value.__notes__[-1].startswith("in transformer_block_1/attention/multi_head_attention_1: ")
