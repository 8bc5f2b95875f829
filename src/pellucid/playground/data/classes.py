"""The data sets of classes. Points lie within 6 of the origin; labels are the numbers of classes, from 0.

circle, xor, gauss and spiral are those of TensorFlow Playground (its labels -1 and 1 are 0 and 1 here).
"""

from __future__ import annotations

import math

import numpy as np

from pellucid.playground.data.draw import Draw, Points, points_of


def circle(draw: Draw) -> Points:
    """A disc of radius 2.5, class 1, in a ring from 3.5 to 5. Noise moves a point while its class is decided."""
    inner = draw.numbers < draw.count // 2
    radius = np.where(inner, draw.uniform(0, 0.0, 2.5), draw.uniform(0, 3.5, 5.0))
    angle = draw.uniform(1, 0.0, 2.0 * math.pi)
    x1, x2 = radius * np.sin(angle), radius * np.cos(angle)
    seen1, seen2 = x1 + draw.uniform(2, -5.0, 5.0) * draw.noise, x2 + draw.uniform(3, -5.0, 5.0) * draw.noise
    return points_of(x1, x2, np.sqrt(seen1 * seen1 + seen2 * seen2) < 2.5)


def xor(draw: Draw) -> Points:
    """Class 1 where both inputs have the same sign. Noise moves a point while its class is decided."""
    x1, x2 = draw.uniform(0, -5.0, 5.0), draw.uniform(1, -5.0, 5.0)
    x1, x2 = x1 + np.where(x1 > 0, 0.3, -0.3), x2 + np.where(x2 > 0, 0.3, -0.3)
    seen1, seen2 = x1 + draw.uniform(2, -5.0, 5.0) * draw.noise, x2 + draw.uniform(3, -5.0, 5.0) * draw.noise
    return points_of(x1, x2, seen1 * seen2 >= 0)


def gauss(draw: Draw) -> Points:
    """Two round clouds, class 1 around (2, 2), class 0 around (-2, -2), of variance 0.5 + 7 noise."""
    first = draw.numbers < draw.count // 2
    centre, deviation = np.where(first, 2.0, -2.0), math.sqrt(0.5 + 7.0 * draw.noise)
    return points_of(centre + draw.normal(0, deviation), centre + draw.normal(1, deviation), first)


def spiral(draw: Draw) -> Points:
    """Two arms that wind one and three quarters times around each other."""
    half = draw.count // 2
    first = draw.numbers < half
    part = np.where(first, draw.numbers / max(half, 1), (draw.numbers - half) / (draw.count - half))
    angle = 1.75 * part * 2.0 * math.pi + np.where(first, 0.0, math.pi)
    x1 = 5.0 * part * np.sin(angle) + draw.uniform(0, -1.0, 1.0) * draw.noise
    x2 = 5.0 * part * np.cos(angle) + draw.uniform(1, -1.0, 1.0) * draw.noise
    return points_of(x1, x2, first)


def moons(draw: Draw) -> Points:
    """Two half circles of radius 3, hooked into each other."""
    upper = draw.numbers < draw.count // 2
    angle = draw.uniform(0, 0.0, math.pi)
    x1 = np.where(upper, np.cos(angle), 1.0 - np.cos(angle))
    x2 = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    spread = 3.0 * draw.noise
    return points_of(3.0 * (x1 - 0.5) + draw.normal(1, spread), 3.0 * (x2 - 0.25) + draw.normal(2, spread), upper)


def rings(draw: Draw) -> Points:
    """A ring for each class around the origin, the last with radius 5."""
    label = draw.numbers % draw.classes
    radius = 5.0 * (label + 1) / draw.classes + draw.uniform(0, -0.3, 0.3)
    angle = draw.uniform(1, 0.0, 2.0 * math.pi)
    spread = 2.0 * draw.noise
    x1, x2 = radius * np.sin(angle), radius * np.cos(angle)
    return points_of(x1 + draw.normal(2, spread), x2 + draw.normal(3, spread), label)


def checkerboard(draw: Draw) -> Points:
    """Four by four squares of side 3 whose classes alternate. Noise moves a point while its class is decided."""
    x1, x2 = draw.uniform(0, -6.0, 6.0), draw.uniform(1, -6.0, 6.0)
    seen1, seen2 = x1 + draw.uniform(2, -6.0, 6.0) * draw.noise, x2 + draw.uniform(3, -6.0, 6.0) * draw.noise
    return points_of(x1, x2, (np.floor(seen1 / 3.0) + np.floor(seen2 / 3.0)) % 2.0)


def blobs(draw: Draw) -> Points:
    """A round cloud for each class, their centres on a circle of radius 4, of variance 0.4 + 4 noise."""
    label = draw.numbers % draw.classes
    angle = 2.0 * math.pi * label / draw.classes
    deviation = math.sqrt(0.4 + 4.0 * draw.noise)
    return points_of(
        4.0 * np.sin(angle) + draw.normal(0, deviation), 4.0 * np.cos(angle) + draw.normal(1, deviation), label
    )


def and_gate(draw: Draw) -> Points:
    """Class 1 where both inputs are 1, not 0."""
    first, second = _corners(draw)
    return _around_corners(draw, first, second, first * second)


def or_gate(draw: Draw) -> Points:
    """Class 1 where one of the inputs, or both, is 1, not 0."""
    first, second = _corners(draw)
    return _around_corners(draw, first, second, np.maximum(first, second))


def xor_gate(draw: Draw) -> Points:
    """Class 1 where one of the inputs is 1 and the other 0."""
    first, second = _corners(draw)
    return _around_corners(draw, first, second, abs(first - second))


def _corners(draw: Draw) -> tuple[np.ndarray, np.ndarray]:
    """0 and 1, by turns: (0, 0), (1, 0), (0, 1), (1, 1)."""
    return (draw.numbers % 2).astype(np.float64), (draw.numbers // 2 % 2).astype(np.float64)


def _around_corners(draw: Draw, first: np.ndarray, second: np.ndarray, label: np.ndarray) -> Points:
    return points_of(first + draw.normal(0, draw.noise), second + draw.normal(1, draw.noise), label)
