"""A convolutional network reads digits of 8 x 8 pixels, beside a fully connected one.

Both learn from the same images; then both see the test images moved by one pixel, as neither ever saw them. The
convolutional one uses each weight at every place of the image; what its filters look for is printed.
"""

from __future__ import annotations

import numpy as np

from pellucid import (
    BatchNorm,
    Chain,
    Conv2D,
    Dense,
    GlobalMaxPool2D,
    He,
    MaxPool2D,
    ReLU,
    Reshape,
    SoftmaxCrossEntropy,
    fit,
    load_dataset,
)

SHADES = " .:-=+*#%@"

NETWORKS = {
    "fully connected": Chain(Dense(64, weight=He()), ReLU(), Dense(10)),
    "convolutional": Chain(
        Reshape((8, 8, 1)),
        Conv2D(16, 3, padding="same", weight=He(), use_bias=False),
        BatchNorm(),
        ReLU(),
        MaxPool2D(2),
        Conv2D(32, 3, padding="same", weight=He(), use_bias=False),
        BatchNorm(),
        ReLU(),
        GlobalMaxPool2D(),
        Dense(10),
    ),
}


def main() -> None:
    data = load_dataset("digits")
    x, y = data.test
    moved = np.roll(x.reshape(-1, 8, 8), 1, axis=2).reshape(x.shape)
    for name, network in NETWORKS.items():
        trained = fit(network, SoftmaxCrossEntropy(), data, epochs=40, batch_size=32, engine="jax")
        weights = sum(leaf.size for layer in trained.params.values() for leaf in layer.values())
        there, away = (trained.evaluate(images, y)["accuracy"] for images in (x, moved))
        print(f"{name:16} {weights:5,} weights, test accuracy {there:.4f}, moved by a pixel {away:.4f}")
    print("\nthe first eight filters, dense where they are positive:")
    filters = trained.params["conv2d_1"]["W"][:, :, 0, :8]
    print(pictures(filters.transpose(2, 0, 1)))


def pictures(images: np.ndarray) -> str:
    """Images (N, H, W) side by side as text, a shade a pixel."""
    low, high = images.min(), images.max()
    shades = np.round((images - low) / (high - low) * (len(SHADES) - 1)).astype(int)
    rows = ("   ".join("".join(SHADES[pixel] * 2 for pixel in image[row]) for image in shades) for row in range(3))
    return "\n".join(rows)


if __name__ == "__main__":
    main()
