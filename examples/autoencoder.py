"""Autoencoders of several kinds on scikit-learn's digits: 64 pixels, a code of 8 numbers, and back to 64 pixels.

Prints what each loses on digits it has not seen, beside PCA with as many numbers, and digits that the variational
one makes up.
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from pellucid import (
    ActivityL1,
    Adam,
    Chain,
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
    ReLU,
    Tanh,
    TiedAutoencoder,
    Trained,
    fit,
)

CODE, EPOCHS, BATCH = 8, 40, 32
pixels = load_digits().data.astype(np.float32) / 16
train, test = pixels[:1400], pixels[1400:]


def encoder() -> Chain:
    return Chain(Dense(64), ReLU(), Dense(CODE))


def decoder() -> Chain:
    return Chain(Dense(64), ReLU(), Dense(64))


def trained(model, loss) -> Trained:
    steps = EPOCHS * -(-len(train) // BATCH)
    rule = Adam(CosineDecay(0.003, steps))
    return fit(model, loss, (train, train), optimizer=rule, epochs=EPOCHS, batch_size=BATCH)


def error(reconstruction: np.ndarray) -> float:
    return float(((reconstruction - test) ** 2).mean())


def text_picture(digit: np.ndarray) -> list[str]:
    shades = np.clip(digit.reshape(8, 8) * 5, 0, 4).astype(int)
    return ["".join(" .:*#"[shade] * 2 for shade in row) for row in shades]


def made_up(variational: Trained, count: int) -> np.ndarray:
    """Codes drawn from the standard normal distribution, decoded."""
    decode = variational.model.children()["out"].children()["reconstruction"].children()["decoder"]
    weights = variational.params["out"]["reconstruction"]["decoder"]
    state = variational.state["out"]["reconstruction"]["decoder"]
    codes = np.random.default_rng(0).normal(size=(count, CODE)).astype(np.float32)
    return decode.forward(weights, state, codes)[0]


def main() -> None:
    pca = PCA(CODE).fit(train)
    squared = MeanSquaredError()
    dense = trained(Chain(encoder(), decoder()), squared)
    tied = trained(TiedAutoencoder(Chain(Dense(64), Tanh(), Dense(CODE))), squared)
    denoising = trained(Chain(GaussianNoise(0.2), encoder(), decoder()), squared)
    sparse = trained(
        Chain(Dense(64), ReLU(), Dense(64), ReLU(), Fork(reconstruction=decoder(), code=Identity())),
        LossSum(reconstruction=squared, code=ActivityL1(0.002)),
    )
    variational = trained(
        Chain(
            encoder=Chain(Dense(64), ReLU()),
            latent=Fork(mean=Dense(CODE), log_variance=Dense(CODE)),
            out=Fork(reconstruction=Chain(sample=GaussianSample(), decoder=decoder()), latent=Identity()),
        ),
        LossSum(reconstruction=HalfSquaredError(), latent=GaussianKL(0.05)),
    )
    sparse_outputs = sparse.outputs(test)
    active = (sparse_outputs["code"] > 0.01).mean()
    noisy = test + np.random.default_rng(0).normal(0, 0.2, test.shape).astype(np.float32)

    print("mean squared error of pixels (0 to 1) on 397 digits not seen in training")
    for name, figure, what in (
        ("PCA", error(pca.inverse_transform(pca.transform(test))), "the best that is linear"),
        ("dense", error(dense.outputs(test)), "a hidden layer of 64 on each side"),
        ("tied", error(tied.outputs(test)), "decoded by the encoder's own weights: half as many"),
        ("denoising", error(denoising.outputs(test)), "trained on noisy digits to give clean ones"),
        ("sparse", error(sparse_outputs["reconstruction"]), f"a code of 64 of which {active:.0%} are active"),
        ("variational", error(variational.outputs(test)["reconstruction"]), "its codes are close to standard normal"),
    ):
        print(f"{name:>12}  {figure:.4f}  {what}")
    print(f"of digits with noise of 0.2: dense {error(dense.outputs(noisy)):.4f}, ", end="")
    print(f"denoising {error(denoising.outputs(noisy)):.4f}")
    print("\ndigits that the variational one makes up:")
    for row in zip(*map(text_picture, made_up(variational, 6)), strict=True):
        print("  ".join(row).rstrip())


if __name__ == "__main__":
    main()
