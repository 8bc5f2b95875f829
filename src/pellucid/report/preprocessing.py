"""The five stages of preparing inputs, and what they do to the error surface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data import Centre, Decorrelate, Normalise, Whiten
from pellucid.errors import DataError
from pellucid.types import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE = "#0072b2", "#d55e00"
"""Colours told apart with any colour vision: Okabe and Ito 2008."""

NEAR = 0.01
"""Gradient descent has arrived where this share of the first error above the least is left."""

MOST_STEPS = 10_000


def stages(x: Array) -> dict[str, Array]:
    """x (B, 2) raw, centred, normalised, decorrelated and whitened, each step taken from the one before it."""
    normal = Normalise.fit(x).apply(x)
    return {
        "raw": x,
        "centre": Centre.fit(x).apply(x),
        "normalise": normal,
        "decorrelate": Decorrelate.fit(normal).apply(normal),
        "whiten": Whiten.fit(normal, epsilon=1e-9).apply(normal),
    }


def descend(x: Array, y: Array) -> Array:
    """The weights (steps + 1, D) of a linear network on its way from 0 down to ``NEAR`` the least error.

    ``E(w) = |x w - y|^2 / (2 B)`` has the Hessian ``H = x^T x / B``; a step is ``w -= rate (H w - x^T y / B)``. With a
    and b the least and largest eigenvalue of H, ``rate = 2 / (a + b)`` shrinks the slowest direction most: each step
    leaves ``(b - a) / (b + a)`` of what w lacks there (LeCun and others 1998, "Efficient BackProp", section 5, has the
    largest rate, 2 / b).
    """
    curvature, pull = x.T @ x / len(x), x.T @ y / len(x)
    curvatures = np.linalg.eigvalsh(curvature)
    rate = 2 / (curvatures[0] + curvatures[-1])
    best = np.linalg.solve(curvature, pull)
    path = [np.zeros(len(best))]
    first = best @ curvature @ best
    while (path[-1] - best) @ curvature @ (path[-1] - best) > NEAR * first and len(path) <= MOST_STEPS:
        path.append(path[-1] - rate * (curvature @ path[-1] - pull))
    return np.array(path)


def plot_preprocessing(x: Any = None) -> Figure:
    """A cloud in the plane at the five stages; below, the error surface of a linear network with two weights.

    The surface is drawn for the raw and for the whitened cloud, with the path that gradient descent takes from 0 at its
    best constant rate. The network learns a linear function of x (B, 2), by default a cloud whose columns correlate.
    Raises DataError for an x that does not fill the plane.
    """
    import matplotlib.pyplot as plt

    x = _cloud() if x is None else np.asarray(x, np.float64)
    if x.ndim != 2 or x.shape[1] != 2:
        raise DataError(f"plot_preprocessing draws the plane: x must have shape (B, 2), not {x.shape}")
    found = stages(x)
    if found["decorrelate"].shape[1] < 2:
        raise DataError("plot_preprocessing draws the plane, and these points lie on a line: give it others")
    figure = plt.figure(figsize=(13, 7.6), layout="constrained")
    parts: Any = figure.subfigures(2, 1, height_ratios=(1, 1.5))
    above, below = parts
    reach = 1.1 * max(float(np.abs(points).max()) for points in found.values())
    panels = above.subplots(1, 5, sharex=True, sharey=True)
    for axes, (name, points) in zip(panels, found.items(), strict=True):
        axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
        axes.axvline(0, color="0.8", linewidth=0.8, zorder=0)
        axes.scatter(*points.T, s=8, c=found["decorrelate"][:, 0], cmap="viridis")
        axes.set(title=name, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    y = x @ _weights(x)
    before, after, course = below.subplots(1, 3)
    for axes, name, colour, style in ((before, "raw", ORANGE, "-"), (after, "whiten", BLUE, "--")):
        points, target = found[name], y if name == "raw" else y - y.mean()
        path = descend(points, target)
        left = _draw_surface(axes, points, target, path, colour)
        axes.set_title(f"error surface, {name}: {len(path) - 1} step{'s' if len(path) > 2 else ''}")
        course.semilogy(np.maximum(left, NEAR / 10), style, marker="o", markersize=3, color=colour, label=name)
    course.axhline(NEAR, color="0.5", linewidth=0.8, linestyle=":")
    course.set(title="error above the least, share of the first", xlabel="step", ylim=(NEAR / 20, 2), box_aspect=1)
    course.legend()
    return figure


def _cloud() -> Array:
    """200 points off the origin, of which the second coordinate mostly follows the first."""
    rng = np.random.default_rng(0)
    first, second = rng.standard_normal((2, 200))
    return np.stack([1.5 + 2.0 * first, 1.0 + 0.7 * first + 0.35 * second], axis=1)


def _weights(x: Array) -> Array:
    """The weights to learn: far along the valley of x's error surface, and a little up its side."""
    _, directions = np.linalg.eigh(x.T @ x)
    along, across = directions.T * np.sign(directions[0])[:, None]
    return 2.0 * along + 0.6 * across


def _draw_surface(axes: Axes, x: Array, y: Array, path: Array, colour: str) -> Array:
    """Contours of the error around ``path``, and it on them; the error above the least at each of its points."""
    curvature = x.T @ x / len(x)
    best = np.linalg.solve(curvature, x.T @ y / len(x))

    def above(w: Array) -> Array:
        return np.einsum("...i,ij,...j", w - best, curvature, w - best) / 2

    centre, half = (best + path[0]) / 2, 0.8 * float(np.abs(path - best).max())
    across, up = (np.linspace(c - half, c + half, 201) for c in centre)
    surface = above(np.stack(np.meshgrid(across, up), axis=-1))
    axes.contour(
        across, up, surface, levels=surface.max() * np.linspace(0.02, 1, 9) ** 2, cmap="Greys_r", linewidths=0.8
    )
    axes.plot(*path.T, "-o", color=colour, markersize=3, linewidth=1.2)
    axes.plot(*best, "k*", markersize=11)
    axes.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    return above(path) / above(path[0])
