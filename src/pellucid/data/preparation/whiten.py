"""Principal components of variance 1, or columns made of them (ZCA)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from pellucid import validate
from pellucid.data.preparation.decorrelate import Decorrelate, fit_components


@dataclass(frozen=True, eq=False)
class Whiten(Decorrelate):
    """``z = (x - mean) V / sqrt(variances + epsilon)``: components that do not correlate, of variance 1.

    With ``zca`` they are turned back, ``z = (x - mean) V / sqrt(variances + epsilon) V^T``, so that z has the columns
    of x again: of all whitenings it changes x least (in the mean squared distance), and images stay images.
    ``epsilon``, in the unit of x squared, keeps directions of hardly any variance from being blown up: one of
    variance v gets v / (v + epsilon).
    Source: LeCun and others 1998, section 4.3; ZCA: Bell and Sejnowski 1997, "The 'independent components' of
    natural scenes are edge filters"; Krizhevsky 2009, "Learning multiple layers of features from tiny images",
    appendix A; nearest: Kessy, Lewin and Strimmer 2018, "Optimal whitening and decorrelation", section 4.
    """

    epsilon: float
    zca: bool

    @classmethod
    def fit(cls, x: Any, components: float | None = None, epsilon: float = 1e-5, *, zca: bool = False) -> Self:
        """Fitted on x (B, ...), ``components`` as for ``Decorrelate``. Raises ConfigError unless epsilon is above 0."""
        validate.positive(cls.__name__, "epsilon", epsilon)
        return cls(**fit_components(x, components, "ZCA" if zca else cls.__name__), epsilon=float(epsilon), zca=zca)

    @property
    def keeps_columns(self) -> bool:
        return self.zca

    def _forward(self, x: np.ndarray) -> Any:
        whitening = self.basis / np.sqrt(self.variances + self.epsilon)
        return (x - self.mean) @ (whitening @ self.basis.T if self.zca else whitening)

    def _back(self, z: np.ndarray) -> Any:
        white = z @ self.basis if self.zca else z
        return super()._back(white * np.sqrt(self.variances + self.epsilon))
