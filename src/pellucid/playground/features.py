"""What goes into a network: features of the two inputs, prepared as the training part asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.data.preparation.centre import Centre
from pellucid.data.preparation.decorrelate import Decorrelate
from pellucid.data.preparation.fitted_step import FittedStep
from pellucid.data.preparation.normalise import Normalise
from pellucid.data.preparation.whiten import Whiten
from pellucid.errors import DataError
from pellucid.playground.state import Feature, Preparation

FEATURES: dict[Feature, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1^2": lambda x1, x2: x1 * x1,
    "x2^2": lambda x1, x2: x2 * x2,
    "x1x2": lambda x1, x2: x1 * x2,
    "sin(x1)": lambda x1, x2: np.sin(x1),
    "sin(x2)": lambda x1, x2: np.sin(x2),
}
STEPS: dict[Preparation, Callable[[np.ndarray], FittedStep]] = {
    "centre": Centre.fit,
    "normalise": Normalise.fit,
    "decorrelate": Decorrelate.fit,
    "whiten": Whiten.fit,
}


def features_of(x: np.ndarray, names: Sequence[Feature]) -> np.ndarray:
    """The features (N, F) of inputs x (N, 2), in the order of ``names``; other than two inputs stay as they are."""
    if x.shape[1] != 2:
        return x
    if not names:
        raise DataError("a network needs an input: choose a feature")
    return np.stack([FEATURES[name](x[:, 0], x[:, 1]) for name in names], axis=1)


@dataclass(frozen=True, eq=False)
class Inputs:
    """From the inputs of the data to those of a network: ``names`` of features, and the ``step`` that prepares them."""

    names: tuple[Feature, ...]
    step: FittedStep | None

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """What goes into the network for inputs x (N, D), float64."""
        features = features_of(x, self.names)
        return features if self.step is None else self.step.apply(features)


def fit_inputs(x: np.ndarray, names: Sequence[Feature], preparation: Preparation) -> Inputs:
    """The inputs of a network, their preparation fitted on training inputs x (N, D). Raises DataError."""
    step = None if preparation == "none" else STEPS[preparation](features_of(x, names))
    return Inputs(tuple(names), step)
