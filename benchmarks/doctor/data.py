"""The data of the programs: small sets that are drawn, or that scikit-learn brings; split by the seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn import datasets

from pellucid.data import Split, split

Parts = tuple[Split, Split]


def parts(x: Any, y: Any, seed: int) -> Parts:
    """A fifth held out, of classes in proportion."""
    x = np.asarray(x, np.float32)
    y = np.asarray(y, np.int32) if np.asarray(y).dtype.kind in "iub" else np.asarray(y, np.float32).reshape(len(x), -1)
    train, held_out = split(len(x), (0.8, 0.2), seed=seed, stratify=y if y.ndim == 1 else None)
    return Split(x[train], y[train]), Split(x[held_out], y[held_out])


def of_set(load: Callable[..., Any], scale: bool = True, rows: int | None = None) -> Callable[[int], Parts]:
    """A set of scikit-learn, its columns centred and of deviation 1 over all rows, or raw."""

    def make(seed: int) -> Parts:
        x, y = load(return_X_y=True)
        if rows is not None:
            kept = np.random.default_rng(seed).permutation(len(x))[:rows]
            x, y = x[kept], y[kept]
        if scale:
            x = (x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-9)
        return parts(x, y, seed)

    return make


def raw_digits(seed: int) -> Parts:
    x, y = datasets.load_digits(return_X_y=True)
    return parts(x, y, seed)


def digits(seed: int, rows: int | None = None, factor: float = 1.0) -> Parts:
    """Pixels from 0 to 1, times the factor."""
    x, y = datasets.load_digits(return_X_y=True)
    kept = np.random.default_rng(seed).permutation(len(x))[:rows]
    return parts(x[kept] / 16.0 * factor, y[kept], seed)


def diabetes(seed: int, scale_targets: bool = True) -> Parts:
    x, y = datasets.load_diabetes(return_X_y=True)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    return parts(x, (y - y.mean()) / y.std() if scale_targets else y, seed)


def curve(function: Callable[[np.ndarray], Any], low: float, high: float, rows: int, noise: float = 0.0) -> Any:
    """Amounts: a function of one input, with noise."""

    def make(seed: int) -> Parts:
        generator = np.random.default_rng(seed)
        x = generator.uniform(low, high, (rows, 1))
        return parts(x, function(x) + noise * generator.normal(size=(rows, 1)), seed)

    return make


def drawn(draw: Callable[..., Any], factor: float = 1.0, **options: Any) -> Callable[[int], Parts]:
    """Points of two or more classes that scikit-learn draws, times the factor."""

    def make(seed: int) -> Parts:
        x, y = draw(random_state=seed, **options)[:2]
        return parts(x * factor, y, seed)

    return make


def xor(seed: int) -> Parts:
    x = np.random.default_rng(seed).uniform(-1, 1, (200, 2))
    return parts(x, ((x[:, 0] * x[:, 1]) > 0).astype(float), seed)


def correlated(seed: int) -> Parts:
    """Five columns, each with two near duplicates; the target hangs on small differences between them too."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(400, 5))
    near = x + 0.1 * generator.normal(size=x.shape)
    y = x @ [1, -1, 0.5, 2, -0.5] + (near - x) @ [8, -6, 7, 5, -8]
    return parts(np.hstack([x, near, x]), y[:, None] + 0.05 * generator.normal(size=(400, 1)), seed)


def several_labels(seed: int) -> Parts:
    x, y = datasets.make_multilabel_classification(600, 20, n_classes=5, random_state=seed)
    return parts((x - x.mean(axis=0)) / x.std(axis=0), y.astype(float), seed)


def with_labels(make: Callable[[int], Parts], change: Callable[..., np.ndarray]) -> Callable[[int], Parts]:
    """The training labels changed: ``change(labels, generator)``."""

    def changed(seed: int) -> Parts:
        train, held_out = make(seed)
        return Split(train.x, change(train.y.copy(), np.random.default_rng(seed))), held_out

    return changed


def as_rows(make: Callable[[int], Parts]) -> Callable[[int], Parts]:
    """Labels as one-hot rows."""

    def changed(seed: int) -> Parts:
        found = make(seed)
        classes = 1 + max(int(part.y.max()) for part in found)
        train, held_out = (Split(part.x, np.eye(classes, dtype=np.float32)[part.y]) for part in found)
        return train, held_out

    return changed


def as_column(make: Callable[[int], Parts], factor: float = 1.0) -> Callable[[int], Parts]:
    """Labels as a column of numbers, times the factor."""

    def changed(seed: int) -> Parts:
        train, held_out = (Split(part.x, (part.y * factor).astype(np.float32)[:, None]) for part in make(seed))
        return train, held_out

    return changed
