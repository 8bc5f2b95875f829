"""The directions in which rows vary most, by singular values."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.errors import ConfigError, DataError


def principal_directions(
    c: np.ndarray, components: float | None, owner: str, noise: float = 0.0
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Eigenvectors (D, K) of ``c^T c / B``, largest eigenvalue first, the eigenvalues (K,), and notes.

    c is (B, D), centred, of numbers known to within ``noise``. They come from the singular values of c, which
    are twice as exact as the eigenvalues of its product. Each vector points where its largest entry is above 0.
    Directions whose singular value may be rounding count as none: that of the arithmetic, as
    ``numpy.linalg.matrix_rank`` judges it, or that of the numbers, which is noise of at most this size.
    """
    rows, columns = c.shape
    triangle = np.linalg.qr(c, mode="r") if rows > columns else c
    _, singular, directions = np.linalg.svd(triangle, full_matrices=False)
    larger = max(rows, columns)
    least = max(singular[0] * larger * float(np.finfo(np.float64).eps), noise * larger**0.5)
    rank = int((singular > least).sum())
    if rank == 0:
        raise DataError(f"{owner}: the {rows} rows are all alike: give it more rows, or leave the step out")
    variances = singular**2 / rows
    kept = _count_kept(variances[:rank], components, owner, rows, columns)
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    basis = np.ascontiguousarray((directions * signs[:, None])[:kept].T)
    notes = []
    if rank < columns:
        why = "there are too few" if rows <= columns else "the rest are constant, or sums of others"
        notes.append(f"{owner.lower()}: the {rows} rows vary in {rank} directions of {columns}: {why}")
    if kept < rank:
        share = variances[:kept].sum() / variances[:rank].sum()
        notes.append(f"{owner.lower()}: {kept} of {rank} components kept, with {share:.1%} of the variance")
    return basis, variances[:kept].copy(), tuple(notes)


def check_components(owner: str, components: Any) -> None:
    """Raise ConfigError unless ``components`` is a number of them, a share between 0 and 1, or None."""
    share = isinstance(components, float) and 0 < components < 1
    count = isinstance(components, (int, np.integer)) and not isinstance(components, bool) and components > 0
    if components is not None and not share and not count:
        raise ConfigError(
            f"{owner}: components must be how many to keep, from 1, or a share of the variance between 0 and 1, "
            f"not {components!r}"
        )


def _count_kept(variances: np.ndarray, components: float | None, owner: str, rows: int, columns: int) -> int:
    """How many of the directions with these variances to keep."""
    if components is None:
        return len(variances)
    if components < 1:
        shares = np.cumsum(variances) / variances.sum()
        return min(int(np.searchsorted(shares, components)) + 1, len(variances))
    if components > len(variances):
        raise DataError(
            f"{owner}: components is {components}, but {rows} rows of {columns} columns vary in {len(variances)} "
            "directions: take at most so many"
        )
    return int(components)
