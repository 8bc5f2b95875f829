"""What the works share."""

from __future__ import annotations

from pellucid import Dataset, Dense, He, ReLU, Trained


def hidden(*sizes: int) -> list[Dense | ReLU]:
    return [layer for size in sizes for layer in (Dense(size, weight=He()), ReLU())]


def report(trained: Trained, data: Dataset) -> float:
    """Print the validation figure, by which settings were chosen; return that of the test part."""
    measure = "r2" if data.task == "regression" else "accuracy"
    print(f"    validation {trained.evaluate(data.validation)[measure]:.4f}  ({len(trained.history.epochs)} epochs)")
    return trained.evaluate(data.test)[measure]
