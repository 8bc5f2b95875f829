"""The data sets of amounts, for regression. plane and hills are those of TensorFlow Playground."""

from __future__ import annotations

import math

import numpy as np

from pellucid.playground.data.draw import Draw, Points, points_of

HILLS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))
"""x1, x2 and height of each hill; those of height -1 are hollows."""


def plane(draw: Draw) -> Points:
    """``y = (x1 + x2) / 10``. Noise moves a point while its label is taken."""
    x1, x2 = draw.uniform(0, -6.0, 6.0), draw.uniform(1, -6.0, 6.0)
    noise1, noise2 = draw.uniform(2, -6.0, 6.0) * draw.noise, draw.uniform(3, -6.0, 6.0) * draw.noise
    return points_of(x1, x2, (x1 + noise1 + x2 + noise2) / 10.0)


def hills(draw: Draw) -> Points:
    """Six cones of radius 2, up and down by turns; of those that meet the higher or deeper counts."""
    x1, x2 = draw.uniform(0, -6.0, 6.0), draw.uniform(1, -6.0, 6.0)
    seen1, seen2 = x1 + draw.uniform(2, -6.0, 6.0) * draw.noise, x2 + draw.uniform(3, -6.0, 6.0) * draw.noise
    y = np.zeros(draw.count)
    for centre1, centre2, height in HILLS:
        distance = np.sqrt((seen1 - centre1) ** 2 + (seen2 - centre2) ** 2)
        value = height * np.clip(1.0 - distance / 2.0, 0.0, 1.0)
        y = np.where(abs(value) > abs(y), value, y)
    return points_of(x1, x2, y)


def valley(draw: Draw) -> Points:
    """Inputs that lie off the origin and nearly on a line, so that the error surface is a long narrow valley.

    With a and b standard normal: ``x1 = 2.5 + a``, ``x2 = 2.5 + 0.95 a + sqrt(1 - 0.95^2) b``, ``y = (a + 2 b) / 6``
    and normal noise. Centring, decorrelating and whitening each make the valley rounder.
    """
    a, b = draw.normal(0, 1.0), draw.normal(1, 1.0)
    x2 = 2.5 + 0.95 * a + math.sqrt(1.0 - 0.95**2) * b
    return points_of(2.5 + a, x2, (a + 2.0 * b) / 6.0 + draw.normal(2, draw.noise))
