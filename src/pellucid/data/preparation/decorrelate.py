"""Principal components in the place of columns: they do not correlate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from pellucid.data.preparation.fitted_step import FittedStep, flatten_examples
from pellucid.data.preparation.pca import check_components, principal_directions


@dataclass(frozen=True, eq=False)
class Decorrelate(FittedStep):
    """``z = (x - mean) V``: the principal components of x (B, D), which do not correlate; z is (B, K).

    The columns of ``basis``, V (D, K), are eigenvectors of the covariance ``(x - mean)^T (x - mean) / B``, those of
    most variance first; ``variances`` (K,) are their eigenvalues. ``invert`` is ``z V^T + mean``.
    Source: Hotelling 1933; LeCun and others 1998, "Efficient BackProp", section 4.3.
    """

    basis: np.ndarray
    variances: np.ndarray

    @classmethod
    def fit(cls, x: Any, components: float | None = None) -> Self:
        """Fitted on x (B, ...). ``components`` is how many to keep, or the share of variance in (0, 1) to keep.

        By default all directions are kept in which the rows vary. Raises DataError for more than there are.
        """
        return cls(**fit_components(x, components, cls.__name__))

    @property
    def keeps_columns(self) -> bool:
        return False

    @property
    def outputs(self) -> tuple[int, ...]:
        return self.shape if self.keeps_columns else (self.basis.shape[1],)

    def _forward(self, x: np.ndarray) -> Any:
        return (x - self.mean) @ self.basis

    def _back(self, z: np.ndarray) -> Any:
        return z @ self.basis.T + self.mean


def fit_components(x: Any, components: float | None, owner: str) -> dict[str, Any]:
    """The fields of ``Decorrelate``, fitted on x."""
    check_components(owner, components)
    flat, shape = flatten_examples(x)
    mean = flat.mean(axis=0)
    dtype = np.asarray(x).dtype
    noise = float(np.finfo(dtype).eps * np.abs(flat).max()) if dtype.kind == "f" else 0.0
    basis, variances, notes = principal_directions(flat - mean, components, owner, noise)
    return {"shape": shape, "mean": mean, "notes": notes, "basis": basis, "variances": variances}
