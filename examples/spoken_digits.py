"""Which digit is spoken? A convolution over time on log-mel spectrograms, of a part of the recordings.

Reads the free spoken digits from $PELLUCID_DATA if they are there; else makes tones that rise or fall.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from pellucid import (
    AdamW,
    BatchNorm,
    Chain,
    Conv1D,
    Dense,
    Dropout,
    Flatten,
    He,
    MaxPool1D,
    ReLU,
    SoftmaxCrossEntropy,
    dataset_from_sounds,
    fit,
)

SPEAKERS, RECORDINGS = ("jackson", "theo"), 20


def recordings(folder: Path) -> None:
    """Files named by digit, speaker and number."""
    import soundfile

    from pellucid.data.sound.files import read_archive

    archive = Path(os.environ.get("PELLUCID_DATA", ""), "fsdd", "fsdd_recordings.tar.gz")
    if archive.is_file():
        for name, recording in read_archive(archive):
            _, speaker, number = name.removesuffix(".wav").split("_")
            if speaker in SPEAKERS and int(number) < RECORDINGS:
                soundfile.write(folder / name, recording.samples, recording.rate)
        return
    rng, time = np.random.default_rng(0), np.arange(4000) / 8000
    for i in range(200):
        direction = 1 if i % 2 else -1
        sweep = np.sin(2 * np.pi * (800 + rng.uniform(-100, 100) + direction * 500 * time) * time)
        soundfile.write(folder / f"{i % 2}_tone_{i}.wav", 0.3 * sweep + 0.02 * rng.standard_normal(4000), 8000)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        recordings(Path(folder))
        data = dataset_from_sounds(folder, label_from="{label}_*_*.wav")
    print(*data.notes, sep="\n")

    def block(filters: int) -> list:
        return [Conv1D(filters, 5, padding="same", use_bias=False, weight=He()), BatchNorm(), ReLU(), MaxPool1D(2)]

    model = Chain(*block(48), *block(64), Flatten(), Dropout(0.5), Dense(len(data.classes)))
    trained = fit(model, SoftmaxCrossEntropy(), data, optimizer=AdamW(0.002), epochs=20, engine="jax")
    print(f"test accuracy {trained.evaluate(data.test)['accuracy']:.4f}")


if __name__ == "__main__":
    main()
