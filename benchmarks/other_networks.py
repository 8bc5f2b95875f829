"""Convolutional and recurrent networks, an embedding, an autoencoder: on images and text."""

from __future__ import annotations

import numpy as np
from common import hidden

from pellucid import (
    LSTM,
    Adam,
    AdamW,
    BatchNorm,
    Chain,
    ClipByNorm,
    Conv2D,
    CosineDecay,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    He,
    MaxPool2D,
    MeanSquaredError,
    Recurrent,
    ReLU,
    Reshape,
    SmallNormal,
    SoftmaxCrossEntropy,
    Tanh,
    Vocabulary,
    fit,
    load_dataset,
    load_text,
    split_into_streams,
)


def fashion_conv(seed: int) -> float:
    """Fashion-MNIST, two convolutions with pooling and batch normalisation: test accuracy."""

    def block(filters: int) -> list:
        return [
            Conv2D(filters, 3, padding="same", use_bias=False, weight=He()),
            BatchNorm(),
            ReLU(),
            MaxPool2D(2),
        ]

    dense = [Dense(128, weight=He()), BatchNorm(), ReLU()]
    model = Chain(
        Reshape((28, 28, 1)), *block(32), *block(64), Flatten(), Dropout(0.3), *dense, Dropout(0.3), Dense(10)
    )
    return accuracy("fashion-mnist", model, epochs=12, weight_decay=0.05, seed=seed)


def mnist_conv(seed: int) -> float:
    """MNIST, Nielsen's convolutions of 20 and 40 filters and 100 units, all ReLU: test accuracy."""
    model = Chain(
        Reshape((28, 28, 1)),
        *(Conv2D(20, 5, weight=He()), ReLU(), MaxPool2D(2)),
        *(Conv2D(40, 5, weight=He()), ReLU(), MaxPool2D(2)),
        Flatten(),
        *hidden(100),
        Dense(10),
    )
    return accuracy("mnist", model, epochs=15, weight_decay=0.1, seed=seed)


def accuracy(name: str, model: Chain, epochs: int, weight_decay: float, seed: int) -> float:
    data, batch = load_dataset(name), 64
    steps = epochs * -(-len(data.train) // batch)
    trained = fit(
        model,
        SoftmaxCrossEntropy(label_smoothing=0.1),
        data.train,
        optimizer=AdamW(CosineDecay(0.002, steps), weight_decay=weight_decay),
        epochs=epochs,
        batch_size=batch,
        seed=seed,
    )
    print(f"    validation {trained.evaluate(data.validation)['accuracy']:.4f}  ({epochs} epochs)")
    return trained.evaluate(data.test)["accuracy"]


def shakespeare(seed: int) -> float:
    """Tiny Shakespeare, 90/10, an LSTM that goes on from piece to piece: nats a character on the last tenth."""
    numbers = (vocabulary := Vocabulary.of(text := load_text("tinyshakespeare"))).encode(text)
    train, held_out = np.split(numbers, [len(numbers) * 9 // 10])
    streams, epochs = 64, 10
    x, y = split_into_streams(train, streams, steps=64)
    model = Chain(
        Embedding(len(vocabulary), 64), Recurrent(LSTM(512), streams=streams), Dropout(0.3), Dense(len(vocabulary))
    )
    trained = fit(
        model,
        SoftmaxCrossEntropy(),
        (x, y),
        optimizer=AdamW(CosineDecay(0.003, epochs * len(x) // streams), weight_decay=0.01),
        clip=ClipByNorm(1.0),
        epochs=epochs,
        batch_size=streams,
        shuffle=False,
        seed=seed,
    )
    print(f"    training took {trained.seconds / 60:.1f} minutes")
    return trained.evaluate(split_into_streams(held_out, 16, steps=len(held_out) // 16 - 1))["loss"]


def names(seed: int) -> float:
    """Names, 80/10/10, eight letters of context, embedding, batch normalisation: nats a character, validation."""
    words = load_text("names").split()
    vocabulary = Vocabulary.of([".", *words])
    order = np.random.default_rng(0).permutation(len(words))
    parts = np.split(order, [len(words) * 8 // 10, len(words) * 9 // 10])
    train, validation, test = (next_letters(vocabulary, [words[i] for i in part], context=8) for part in parts)
    model = Chain(
        Embedding(len(vocabulary), 16),
        Flatten(),
        Dense(256, use_bias=False, weight=He()),
        BatchNorm(),
        Tanh(),
        Dropout(0.2),
        Dense(len(vocabulary), weight=SmallNormal(0.01)),
    )
    epochs, batch = 15, 256
    steps = epochs * -(-len(train[0]) // batch)
    trained = fit(
        model,
        SoftmaxCrossEntropy(),
        train,
        optimizer=AdamW(CosineDecay(0.003, steps), weight_decay=0.01),
        epochs=epochs,
        batch_size=batch,
        seed=seed,
    )
    print(f"    test {trained.evaluate(test)['loss']:.4f}")
    return trained.evaluate(validation)["loss"]


def next_letters(vocabulary: Vocabulary, words: list[str], context: int) -> tuple[np.ndarray, np.ndarray]:
    """For every letter, and the end, of each word: the letters before it, with full stops before the first."""
    windows = [
        vocabulary.encode(("." * context + word + ".")[i : i + context + 1])
        for word in words
        for i in range(len(word) + 1)
    ]
    rows = np.stack(windows)
    return rows[:, :-1], rows[:, -1]


def autoencoder(seed: int) -> float:
    """Fashion-MNIST, dense autoencoder with a code of 32: test reconstruction error over that of PCA with 32."""
    from sklearn.decomposition import PCA

    data, epochs, batch = load_dataset("fashion-mnist"), 20, 128
    x = data.train.x
    steps = epochs * -(-len(x) // batch)
    model = Chain(*hidden(512, 256), Dense(32), *hidden(256, 512), Dense(784))
    optimizer = Adam(CosineDecay(0.002, steps))
    trained = fit(model, MeanSquaredError(), (x, x), optimizer=optimizer, epochs=epochs, batch_size=batch, seed=seed)
    pca = PCA(32, random_state=0).fit(x)

    def ratio(part: np.ndarray) -> float:
        """Our mean squared error over PCA's."""
        projected = pca.inverse_transform(pca.transform(part))
        return float(((trained.outputs(part) - part) ** 2).mean() / ((projected - part) ** 2).mean())

    print(f"    validation {ratio(data.validation.x):.4f}  ({epochs} epochs)")
    return ratio(data.test.x)
