"""What autoencoders find, beside what is known of it: principal components, and the bound of a variational one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.linalg import subspace_angles
from scipy.stats import norm
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from pellucid import (
    ActivityL1,
    Adam,
    Chain,
    ContractiveDense,
    CosineDecay,
    Dense,
    Fork,
    GaussianKL,
    GaussianNoise,
    GaussianSample,
    HalfSquaredError,
    Identity,
    LossSum,
    MeanSquaredError,
    Parallel,
    Sigmoid,
    Tanh,
    TiedAutoencoder,
    fit,
    ops,
)
from pellucid.trees import flatten, items

DIGITS = load_digits().data[:600] / 16
DIGITS -= DIGITS.mean(axis=0)


def drawn():
    """500 points off 0, of full rank; they vary most along four directions, none of them a coordinate's."""
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.normal(size=(12, 12)))[0]
    deviations = np.concatenate([np.linspace(2.5, 1.8, 4), np.linspace(1.2, 0.5, 8)])
    return rng.normal(size=(500, 12)) * deviations @ turn + rng.normal(size=12)


@pytest.fixture(scope="module")
def linear():
    """Data, the network trained on it, and its PCA."""
    x = drawn()
    rule = Adam(CosineDecay(0.1, 1500))
    trained = fit(
        Chain(code=Dense(4), out=Dense(12)), MeanSquaredError(), (x, x), optimizer=rule, epochs=1500, batch_size=500
    )
    return x, trained, PCA(4).fit(x)


def test_a_linear_autoencoder_finds_the_principal_subspace(linear):
    _, trained, pca = linear
    components = pca.components_.T
    assert subspace_angles(trained.params["out"]["W"].T, components).max() < 1e-3
    assert subspace_angles(trained.params["code"]["W"], components).max() < 1e-3


def test_it_reconstructs_as_pca_does_with_biases_for_the_mean(linear):
    x, trained, pca = linear
    np.testing.assert_allclose(trained.outputs(x), pca.inverse_transform(pca.transform(x)), atol=1e-4)


def test_its_units_are_not_the_principal_axes(linear):
    """Only the subspace is determined: no row of the decoder is along a component, though together they span them."""
    _, trained, pca = linear
    rows = trained.params["out"]["W"]
    cosines = abs(rows @ pca.components_.T) / np.linalg.norm(rows, axis=1, keepdims=True)
    assert cosines.max() < 0.99


def test_a_linear_autoencoder_finds_the_principal_subspace_of_digits():
    model = Chain(code=Dense(4, use_bias=False), out=Dense(64, use_bias=False))
    rule = Adam(CosineDecay(0.02, 700))
    trained = fit(model, MeanSquaredError(), (DIGITS, DIGITS), optimizer=rule, epochs=700, batch_size=600)
    components = PCA(4).fit(DIGITS).components_.T
    assert trained.params["out"]["W"].dtype == np.float64
    assert subspace_angles(trained.params["out"]["W"].T, components).max() < 1e-3


KINDS = {
    "denoising": (Chain(GaussianNoise(0.1), Dense(8), Tanh(), Dense(64)), MeanSquaredError()),
    "tied": (TiedAutoencoder(Chain(Dense(8), Tanh())), MeanSquaredError()),
    "sparse": (
        Chain(Dense(8), Sigmoid(), Fork(reconstruction=Dense(64), code=Identity())),
        LossSum(reconstruction=MeanSquaredError(), code=ActivityL1(0.001)),
    ),
    "contractive": (
        Chain(ContractiveDense(8), Parallel(code=Dense(64), contraction=Identity())),
        LossSum(code=MeanSquaredError(), contraction=ActivityL1(0.001)),
    ),
    "variational": (
        Chain(
            latent=Fork(mean=Dense(4), log_variance=Dense(4)),
            out=Fork(reconstruction=Chain(GaussianSample(), Dense(64)), latent=Identity()),
        ),
        LossSum(reconstruction=HalfSquaredError(), latent=GaussianKL(0.1)),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_learns(kind):
    model, loss = KINDS[kind]
    trained = fit(model, loss, (DIGITS, DIGITS), optimizer=Adam(0.01), epochs=15)
    losses = trained.history.column("train", "loss")
    assert losses[-1] < 0.7 * losses[0]


def test_both_engines_train_a_variational_one_alike():
    model, loss = KINDS["variational"]
    eager, compiled = (fit(model, loss, (DIGITS, DIGITS), epochs=2, engine=engine) for engine in ("numpy", "jax"))
    for path, leaf in items(eager.params):
        np.testing.assert_allclose(flatten(compiled.params)[path], leaf, rtol=1e-8, atol=1e-12)


def test_the_variational_loss_is_a_bound_that_the_true_posterior_reaches():
    """z normal, x = z + noise of variance 1/4. The posterior of z is normal with mean 4/5 x and variance 1/5; with that
    as the encoder, the loss, over the variance, is -ln p(x) but for a constant; with any other it is more.
    """
    s, x, K = 0.25, 1.3, 1
    loss = LossSum(out=HalfSquaredError(), latent=GaussianKL(s))
    evidence, _ = quad(lambda z: norm.pdf(z) * norm.pdf(x, z, np.sqrt(s)), -10, 10)

    def bound(mean, variance, draws=200_000):
        latent = {"mean": np.full((draws, K), mean), "log_variance": np.full((draws, K), np.log(variance))}
        z, _, _ = GaussianSample().forward({}, {}, latent, ops.key(0), True)
        return loss.value({"out": z, "latent": latent}, np.full((draws, K), x)).mean() / s + 0.5 * np.log(2 * np.pi * s)

    assert bound(0.8 * x, 0.2) == pytest.approx(-np.log(evidence), abs=5e-3)
    for mean, variance in ((0.5 * x, 0.2), (0.8 * x, 0.5), (0.0, 1.0)):
        assert bound(mean, variance) > -np.log(evidence) + 0.05
