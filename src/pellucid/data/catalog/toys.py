"""Points in the plane in two classes, drawn as needed: problems that one can see."""

from __future__ import annotations

import math

import numpy as np

from pellucid.data.catalog.raw import RawData


def moons(n: int, noise: float, seed: int) -> RawData:
    """Two half circles, hooked into each other."""
    from sklearn.datasets import make_moons

    return _source(*make_moons(n, noise=noise, random_state=seed % 2**32))


def circles(n: int, noise: float, seed: int) -> RawData:
    """A circle of radius 1 around one of radius 1/2."""
    from sklearn.datasets import make_circles

    return _source(*make_circles(n, noise=noise, factor=0.5, random_state=seed % 2**32))


def spirals(n: int, noise: float, seed: int) -> RawData:
    """Two arms that wind one and a half times around each other (after Lang and Witbrock 1988)."""
    rng = np.random.default_rng(seed % 2**64)
    label = np.arange(n) % 2
    radius = rng.uniform(0.1, 1.0, n)
    angle = 3.0 * math.pi * radius + math.pi * label
    arm = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return _source(arm + noise * rng.standard_normal((n, 2)), label)


def xor(n: int, noise: float, seed: int) -> RawData:
    """The square from -1 to 1: class 1 where the coordinates differ in sign."""
    rng = np.random.default_rng(seed % 2**64)
    corner = rng.uniform(-1.0, 1.0, (n, 2))
    label = (corner[:, 0] * corner[:, 1] < 0).astype(int)
    return _source(corner + noise * rng.standard_normal((n, 2)), label)


def gauss(n: int, noise: float, seed: int) -> RawData:
    """Two round clouds with their centres at (-1, -1) and (1, 1); noise is their standard deviation."""
    rng = np.random.default_rng(seed % 2**64)
    label = np.arange(n) % 2
    centre = np.where(label[:, None] == 1, 1.0, -1.0)
    return _source(centre + noise * rng.standard_normal((n, 2)), label)


def _source(x: np.ndarray, y: np.ndarray) -> RawData:
    return RawData(x, y, ("x1", "x2"), "class", ("0", "1"))
