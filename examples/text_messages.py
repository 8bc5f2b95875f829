"""Which messages are spam? Two ways to make text numbers: words in their order, and what each weighs.

Reads SMSSpamCollection from $PELLUCID_DATA if it is there; else writes messages of its own.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from pellucid import (
    Chain,
    Dense,
    Dropout,
    EarlyStopping,
    Embedding,
    GlobalAveragePool1D,
    He,
    ReLU,
    SoftmaxCrossEntropy,
    dataset_from_texts,
    fit,
)

PART = 1500


def messages(folder: Path) -> Path:
    """A part of the real ones, or made ones, in lines of label, tab and text."""
    real = Path(os.environ.get("PELLUCID_DATA", ""), "sms-spam", "SMSSpamCollection")
    path = folder / "messages"
    if real.is_file():
        lines = real.read_text(encoding="utf-8").splitlines()[:PART]
    else:
        rng = np.random.default_rng(0)
        words = {
            "ham": ["see", "you", "at", "home", "tonight", "then", "call", "me"],
            "spam": ["win", "a", "free", "prize", "call", "now", "cash"],
        }
        kinds = rng.choice(["ham", "spam"], 300)
        lines = [f"{kind}\t{' '.join(rng.choice(words[kind], 8))}" for kind in kinds]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = messages(Path(folder))
        in_order = dataset_from_texts(path, features="sequence")
        weighed = dataset_from_texts(path, features="bag", level="character", vocabulary=3000)
    terms = in_order.preprocessing.vocabulary
    networks = {
        "mean of embeddings": (in_order, [Embedding(terms, 32, padding=0), GlobalAveragePool1D(), Dropout(0.3)]),
        "weighed pieces": (weighed, [Dense(32, weight=He()), ReLU(), Dropout(0.5)]),
    }
    for name, (data, layers) in networks.items():
        trained = fit(
            Chain(*layers, Dense(2)), SoftmaxCrossEntropy(), data, epochs=30, early_stopping=EarlyStopping(patience=6)
        )
        print(f"{name}: test accuracy {trained.evaluate(data.test)['accuracy']:.4f}")


if __name__ == "__main__":
    main()
