"""Decision regions: what a network answers at every point of the plane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.errors import DataError
from pellucid.types import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Bounds = tuple[float, float, float, float]


def plot_regions(
    answer: Callable[[Array], Array],
    data: tuple[Any, Any] | None = None,
    *,
    bounds: Bounds | None = None,
    resolution: int = 200,
    ax: Axes | None = None,
) -> Axes:
    """Draw ``answer`` over the plane, and the examples of ``data`` (x (B, 2), labels (B,)) on it.

    ``answer`` takes points (N, 2). Probabilities, (N,), (N, 1) or (N, K), are shaded by how sure they are; labels,
    whole numbers (N,), are shaded flat. Classes differ in marker as well as colour, and the line of a half is drawn.
    ``bounds`` are (left, right, bottom, top): by default those of the data and a margin, or the unit square and one.
    Raises DataError for data that is not in the plane.
    """
    import matplotlib.pyplot as plt

    x, labels = (np.zeros((0, 2)), np.zeros(0, int)) if data is None else (np.asarray(data[0]), np.asarray(data[1]))
    if x.ndim != 2 or x.shape[1] != 2:
        raise DataError(f"plot_regions draws the plane: x must have shape (B, 2), not {x.shape}")
    left, right, bottom, top = bounds or _bounds(x)
    axes = plt.subplots(layout="constrained")[1] if ax is None else ax
    across, up = np.meshgrid(np.linspace(left, right, resolution), np.linspace(bottom, top, resolution))
    chances = _chances(np.asarray(answer(np.stack([across.ravel(), up.ravel()], axis=1))))
    _shade(axes, across, up, chances)
    colours = _colours(max(chances.shape[1], int(labels.max(initial=0)) + 1))
    for k in np.unique(labels):
        members = x[labels == k]
        marker = "os^DvP*X<>"[int(k) % 10]
        axes.scatter(
            members[:, 0], members[:, 1], s=28, marker=marker, color=colours[int(k)], edgecolor="white", linewidth=0.6
        )
    axes.set(xlim=(left, right), ylim=(bottom, top))
    return axes


def _bounds(x: Array) -> Bounds:
    if not len(x):
        return (-0.5, 1.5, -0.5, 1.5)
    (left, bottom), (right, top) = x.min(axis=0), x.max(axis=0)
    margin = 0.1 * max(right - left, top - bottom, 1e-9)
    return (left - margin, right + margin, bottom - margin, top + margin)


def _chances(answer: Array) -> Array:
    """Answers of any of the three kinds as probabilities (N, K)."""
    if answer.ndim == 1 and np.issubdtype(answer.dtype, np.integer):
        return np.eye(max(2, int(answer.max(initial=0)) + 1))[answer]
    columns = answer.reshape(len(answer), -1)
    return np.concatenate([1 - columns, columns], axis=1) if columns.shape[1] == 1 else columns


def _shade(axes: Axes, across: Array, up: Array, chances: Array) -> None:
    count = chances.shape[1]
    winner, sure = chances.argmax(axis=1), chances.max(axis=1)
    strength = np.clip((sure - 1 / count) / (1 - 1 / count), 0, 1)[:, None]
    colours = np.array(_colours(count))[winner]
    picture = 1 - (1 - colours) * (0.15 + 0.4 * strength)
    extent = (across.min(), across.max(), up.min(), up.max())
    axes.imshow(
        picture.reshape(*across.shape, 3), extent=extent, origin="lower", aspect="auto", interpolation="bilinear"
    )
    for k in range(1 if count == 2 else 0, count):
        lead = chances[:, k] - np.delete(chances, k, axis=1).max(axis=1)
        if lead.min() < 0 < lead.max():
            axes.contour(across, up, lead.reshape(across.shape), levels=[0.0], colors="black", linewidths=1.0)


def _colours(count: int) -> list[tuple[float, float, float]]:
    """Colours told apart with any colour vision: Okabe and Ito 2008, "Color universal design"."""
    safe = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#666666"]
    return [tuple(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)) for c in (safe[k % 8] for k in range(count))]  # type: ignore[misc]
