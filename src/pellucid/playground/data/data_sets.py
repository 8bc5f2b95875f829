"""All data sets that are drawn, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pellucid.playground.data import amounts, classes
from pellucid.playground.data.draw import Draw, Points

PLANE = ((-6.0, 6.0), (-6.0, 6.0))
GATE = ((-1.0, 2.0), (-1.0, 2.0))


@dataclass(frozen=True)
class DataSet:
    """How points are drawn, how many unless told otherwise, the part of the plane that the map shows, and whether
    the data set can have any number of classes.
    """

    draw: Callable[[Draw], Points]
    count: int = 500
    domain: tuple[tuple[float, float], tuple[float, float]] = PLANE
    any_classes: bool = False


CLASSIFICATION = {
    "circle": DataSet(classes.circle),
    "xor": DataSet(classes.xor),
    "gauss": DataSet(classes.gauss),
    "spiral": DataSet(classes.spiral),
    "moons": DataSet(classes.moons),
    "rings": DataSet(classes.rings, any_classes=True),
    "checkerboard": DataSet(classes.checkerboard),
    "blobs": DataSet(classes.blobs, any_classes=True),
    "and": DataSet(classes.and_gate, 200, GATE),
    "or": DataSet(classes.or_gate, 200, GATE),
    "xor_gate": DataSet(classes.xor_gate, 200, GATE),
}
REGRESSION = {
    "plane": DataSet(amounts.plane, 1200),
    "hills": DataSet(amounts.hills, 1200),
    "valley": DataSet(amounts.valley, 500),
}
