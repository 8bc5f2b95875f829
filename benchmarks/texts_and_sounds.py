"""Text messages and spoken digits."""

from __future__ import annotations

from common import hidden, report

from pellucid import (
    AdamW,
    BatchNorm,
    Chain,
    Conv1D,
    CosineDecay,
    Dense,
    Dropout,
    EarlyStopping,
    Flatten,
    GaussianNoise,
    He,
    MaxPool1D,
    ReLU,
    SoftmaxCrossEntropy,
    fit,
    load_dataset,
)


def sms_spam(seed: int) -> float:
    """SMS spam, pieces of 2 to 5 characters weighed, one hidden layer: accuracy on the last 70 %."""
    data = load_dataset("sms-spam", seed)
    trained = fit(
        Chain(*hidden(64), Dropout(0.5), Dense(2)),
        SoftmaxCrossEntropy(),
        data,
        optimizer=AdamW(0.001, weight_decay=0.01),
        epochs=30,
        early_stopping=EarlyStopping(patience=8),
        seed=seed,
    )
    return report(trained, data)


def spoken_digits(seed: int) -> float:
    """Spoken digits, log-mel spectrograms, three convolutions over time: test accuracy."""
    data, epochs, batch = load_dataset("spoken-digits", seed), 25, 32

    def block(filters: int, kernel: int) -> list:
        return [Conv1D(filters, kernel, padding="same", use_bias=False, weight=He()), BatchNorm(), ReLU(), MaxPool1D(2)]

    model = Chain(GaussianNoise(0.3), *block(96, 5), *block(128, 5), *block(128, 3), Flatten(), Dropout(0.5), Dense(10))
    steps = epochs * -(-len(data.train) // batch)
    trained = fit(
        model,
        SoftmaxCrossEntropy(label_smoothing=0.1),
        data.train,
        optimizer=AdamW(CosineDecay(0.002, steps), weight_decay=0.05),
        epochs=epochs,
        batch_size=batch,
        seed=seed,
    )
    return report(trained, data)
