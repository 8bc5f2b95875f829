"""A folder of class folders of images, made here of scikit-learn's digits; one of the files is damaged.

The same on the command line: ``pellucid train images --network cnn``, then
``pellucid predict runs/images-1 new.png``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

from pellucid import (
    BatchNorm,
    Chain,
    Conv2D,
    Dense,
    Flatten,
    He,
    MaxPool2D,
    Reading,
    ReLU,
    Reshape,
    SoftmaxCrossEntropy,
    dataset_from_images,
    fit,
)


def write_images(folder: Path) -> None:
    digits = load_digits()
    for i, (pixels, digit) in enumerate(zip(digits.images, digits.target, strict=True)):
        (folder / str(digit)).mkdir(parents=True, exist_ok=True)
        Image.fromarray((pixels * 15.9).astype(np.uint8)).save(folder / str(digit) / f"{i}.png")
    (folder / "7" / "damaged.png").write_bytes(b"\x89PNG, and no more")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "images")
        write_images(folder)
        data = dataset_from_images(folder)
        print(*(note.replace(temporary, "") for note in data.notes), sep="\n")
        block = [Conv2D(16, 3, padding="same", weight=He()), BatchNorm(), ReLU(), MaxPool2D(2)]
        model = Chain(Reshape((8, 8, 1)), *block, Flatten(), Dense(64, weight=He()), ReLU(), Dense(10))
        trained = fit(model, SoftmaxCrossEntropy(), data, epochs=6, engine="jax")
        print(f"test accuracy {trained.evaluate(data.test)['accuracy']:.4f}")
        inputs = data.preprocessing.read(folder / "3" / "3.png", Reading())
        print(f"3.png shows a {data.classes[trained.classify(inputs.x)[0]]}")


if __name__ == "__main__":
    main()
