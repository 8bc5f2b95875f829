import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, NonFiniteError
from pellucid.layers import Dense, Tanh
from pellucid.losses import HalfSquaredError, MixedLoss, SoftmaxCrossEntropy
from pellucid.optim import GradientDescent
from pellucid.runs import fit
from pellucid.train.batch import Batch
from pellucid.train.mixup import draw_shares, mix_batch

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 4))
LABELS = RNG.integers(0, 3, 40).astype(np.int32)


@pytest.mark.parametrize("alpha", [0.1, 0.4, 1.0, 8.0])
def test_shares_are_beta_folded_at_the_half(alpha):
    share = draw_shares(ops.key(0), 4000, alpha, np.float64)
    beta = stats.beta(alpha, alpha)
    assert stats.kstest(share, lambda s: beta.cdf(s) - beta.cdf(1.0 - s)).pvalue > 0.001
    assert share.min() >= 0.5
    on_jax = draw_shares(jnp.asarray(ops.key(0)), 4000, alpha, np.float32)
    np.testing.assert_allclose(on_jax, share, atol=1e-4)


def test_a_batch_is_mixed_with_itself_in_another_order():
    weight = RNG.uniform(1.0, 2.0, 40)
    batch, loss = mix_batch(Batch({"a": X, "b": X[..., None]}, LABELS, weight), SoftmaxCrossEntropy(), ops.key(0), 0.5)
    assert loss == MixedLoss(SoftmaxCrossEntropy())
    share = batch.target["share"]
    partner = (batch.x["a"] - share[:, None] * X) / (1.0 - share)[:, None]
    sure = share < 0.99
    at = np.abs(partner[:, None] - X).sum(axis=-1).argmin(axis=1)
    np.testing.assert_allclose(partner[sure], X[at][sure], atol=1e-9)
    np.testing.assert_array_equal(batch.target["second"][sure], LABELS[at][sure])
    np.testing.assert_allclose(batch.weight[sure], (share * weight + (1.0 - share) * weight[at])[sure], rtol=1e-12)
    np.testing.assert_array_equal(batch.x["b"][..., 0], batch.x["a"])
    assert len(set(at[sure].tolist())) == sure.sum()


def test_the_gradient_is_that_of_the_mixed_target():
    y, rows, other = RNG.normal(size=(3, 40, 3))
    share = RNG.uniform(0.5, 1.0, 40)
    one_hot, second = np.eye(3)[LABELS], LABELS[::-1]
    target = {"first": LABELS, "second": second, "share": share}
    soft = share[:, None] * one_hot + (1.0 - share[:, None]) * one_hot[::-1]
    loss = SoftmaxCrossEntropy(label_smoothing=0.1)
    np.testing.assert_allclose(MixedLoss(loss).gradient(y, target), loss.gradient(y, soft), atol=1e-12)
    np.testing.assert_allclose(MixedLoss(loss).value(y, target), loss.value(y, soft), atol=1e-12)
    target = {"first": rows, "second": other, "share": share}
    mean = share[:, None] * rows + (1.0 - share[:, None]) * other
    loss = HalfSquaredError()
    np.testing.assert_allclose(MixedLoss(loss).gradient(y, target), loss.gradient(y, mean), atol=1e-12)


def test_both_engines_train_alike_and_mixing_matters():
    model = Chain(Dense(6), Tanh(), Dense(3))
    plain, first, second = (
        fit(model, SoftmaxCrossEntropy(), (X, LABELS), epochs=4, batch_size=16, engine=engine, mixup=mixup)
        for engine, mixup in (("numpy", None), ("numpy", 0.4), ("jax", 0.4))
    )
    for one, other in zip(jax.tree.leaves(first.params), jax.tree.leaves(second.params), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)
    assert first.history.column("train", "accuracy") == second.history.column("train", "accuracy")
    assert not np.allclose(first.params["dense_1"]["W"], plain.params["dense_1"]["W"], atol=1e-6)


def test_alpha_near_0_mixes_nothing():
    model = Dense(3)
    plain, barely = (
        fit(model, SoftmaxCrossEntropy(), (X, LABELS), epochs=2, engine="numpy", mixup=mixup) for mixup in (None, 1e-6)
    )
    np.testing.assert_allclose(barely.params["W"], plain.params["W"], atol=1e-6)


def test_a_failure_is_found_among_the_mixtures():
    with pytest.raises(NonFiniteError, match="lower the learning rate"):
        fit(Dense(1), HalfSquaredError(), (X * 1e200, X[:, 0]), optimizer=GradientDescent(1e200), mixup=0.2, epochs=5)


def test_what_does_not_fit_is_refused():
    for mixup in (0, -0.2, "0.2"):
        with pytest.raises(ConfigError, match="fit: mixup must be a number above 0"):
            fit(Dense(3), SoftmaxCrossEntropy(), (X, LABELS), mixup=mixup)
