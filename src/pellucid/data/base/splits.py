"""Splits: which rows are for training, for validation and for testing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pellucid import validate
from pellucid.errors import ConfigError, DataError

FRACTIONS = (0.7, 0.15, 0.15)
"""Train, validation, test."""

PARTS = ("train", "validation", "test")

FEWEST_ROWS = 5


def split(
    n: int, fractions: Sequence[float] = FRACTIONS, *, seed: int = 0, stratify: np.ndarray | None = None
) -> tuple[np.ndarray, ...]:
    """The row numbers of each part: 0 .. n - 1 in random order, each row once, no part empty.

    The same arguments give the same rows.

    Args:
        n: how many rows there are, at least 5.
        fractions: the sizes of the parts, which add up to 1.
        seed: of the order.
        stratify: each row's class, (n,): every part then has each class in its proportion, and a class too small for
            all parts goes to the first ones.

    Returns:
        The rows of each part, sorted.

    Raises:
        DataError: for fewer than 5 rows, or a ``stratify`` of another shape.
        ConfigError: for fractions that are not above 0 or do not add up to 1, an n or seed that is no whole number.
    """
    validate.whole("split", "n", n)
    validate.whole("split", "seed", seed)
    for fraction in fractions:
        validate.positive("split", "each of fractions", fraction)
    if n < FEWEST_ROWS:
        raise DataError(f"{n} rows are too few to split: at least {FEWEST_ROWS} are needed")
    if not math.isclose(sum(fractions), 1.0, abs_tol=1e-6):
        raise ConfigError(f"the fractions of a split add up to 1, not {tuple(fractions)}")
    if len(fractions) > n:
        raise DataError(f"{n} rows cannot be split into {len(fractions)} parts")
    order = np.random.default_rng(seed % 2**64).permutation(n)
    if stratify is not None:
        if np.shape(stratify) != (n,):
            raise DataError(f"stratify gives each of {n} rows its class, but has the shape {np.shape(stratify)}")
        order = order[np.argsort(_places(np.asarray(stratify)[order]), kind="stable")]
    ends = np.cumsum(_sizes(n, fractions))
    return tuple(np.sort(rows) for rows in np.split(order, ends[:-1]))


def split_by_parts(
    parts: Sequence[str], fractions: Sequence[float] = FRACTIONS, *, seed: int = 0, stratify: np.ndarray | None = None
) -> tuple[tuple[np.ndarray, ...], tuple[str, ...]]:
    """The row numbers of parts that are given, and notes; a part that no row is of is held out of the training rows.

    Args:
        parts: the part of each row, "train", "validation" or "test".
        fractions: the sizes of training, validation and test part, where one is held out; without the last there is no
            test part.
        seed: draws what is held out.
        stratify: each row's class, (n,), as for ``split``.

    Returns:
        The rows of each part, sorted, and what was done in sentences.

    Raises:
        DataError: for too few training rows to hold some out.
    """
    names = PARTS[: len(fractions)]
    rows = {name: np.flatnonzero(np.array(parts) == name) for name in names}
    sizes = [f"{name} {len(rows[name]):,}" for name in names if len(rows[name])]
    notes = [f"parts as given: {', '.join(sizes)}"]
    if drawn := [name for name in names if not len(rows[name])]:
        training = rows["train"]
        shares = [fraction for name, fraction in zip(names, fractions, strict=True) if name in ("train", *drawn)]
        within = None if stratify is None else stratify[training]
        held = split(len(training), [share / sum(shares) for share in shares], seed=seed, stratify=within)
        for name, places in zip(("train", *drawn), held, strict=True):
            rows[name] = training[places]
        sizes = [f"{name} {len(rows[name]):,}" for name in drawn]
        notes.append(f"no part for {' and '.join(drawn)}: held out of train: {', '.join(sizes)}")
    return tuple(rows.values()), tuple(notes)


def _places(labels: np.ndarray) -> np.ndarray:
    """Where each row stands within its class, as a fraction: rows 1 .. m of m stand at (i - 1/2) / m.

    Cutting all rows, sorted by place, at 70 % cuts every class at 70 %, to within half a row.
    """
    _, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    by_class = np.argsort(codes, kind="stable")
    first = np.cumsum(counts) - counts
    rank = np.empty(len(labels))
    rank[by_class] = np.arange(len(labels)) - np.repeat(first, counts)
    places: np.ndarray = (rank + 0.5) / counts[codes]
    return places


def _sizes(n: int, fractions: Sequence[float]) -> np.ndarray:
    """Whole numbers that add up to n, each at least 1: rounded down, the rest to the largest remainders (Hamilton)."""
    wanted = np.array(fractions) / sum(fractions) * n
    sizes: np.ndarray = np.maximum(np.floor(wanted).astype(int), 1)
    while sizes.sum() > n:
        sizes[np.argmax(sizes)] -= 1
    while sizes.sum() < n:
        sizes[np.argmax(wanted - sizes)] += 1
    return sizes
