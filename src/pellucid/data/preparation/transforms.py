"""The steps that prepare inputs, fitted on the rows that train: centre, normalise, decorrelate, whiten; and back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields
from math import prod
from typing import Any, ClassVar, Self

import numpy as np

from pellucid import validate
from pellucid.data.arrays import check_arrays
from pellucid.data.preparation.pca import check_components, principal_directions
from pellucid.errors import DataError

ROWS = 4096
"""So many rows are taken at a time, in float64."""


@dataclass(frozen=True, eq=False)
class FittedStep(ABC):
    """A step as fitted: ``apply`` takes x (B, ...) to z, ``invert`` takes z back to x.

    An example of any shape is flattened to (D,) inside. Statistics and arithmetic are float64, divisors are B, what
    comes out has the dtype that went in (float32 for whole numbers). ``shape`` is that of one example, ``mean`` (D,)
    that of the rows it was fitted on, ``notes`` say what was odd about them.
    Raises DataError for NaN, infinity, and examples of another shape than those it was fitted on.
    """

    shape: tuple[int, ...]
    mean: np.ndarray
    notes: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, Any]] = {"arbitrary_types_allowed": True}

    def apply(self, x: Any) -> np.ndarray:
        """z of any x with examples of ``shape``."""
        return self._rowwise(self._forward, x, self.shape, self.outputs)

    def invert(self, z: Any) -> np.ndarray:
        """The x that ``apply`` took to z; where components were left out, the nearest that is left."""
        return self._rowwise(self._back, z, self.outputs, self.shape)

    @property
    def keeps_columns(self) -> bool:
        """Whether the columns of z are those of x."""
        return True

    @property
    def outputs(self) -> tuple[int, ...]:
        """The shape of one example of z."""
        return self.shape

    @abstractmethod
    def _forward(self, x: np.ndarray) -> Any:
        """z of x (B, D), float64."""

    @abstractmethod
    def _back(self, z: np.ndarray) -> Any:
        """x of z, float64."""

    def _rowwise(
        self, function: Callable[[np.ndarray], Any], given: Any, wanted: tuple[int, ...], out: tuple[int, ...]
    ) -> np.ndarray:
        x, _ = check_arrays(given)
        if x.shape[1:] != wanted:
            raise DataError(
                f"{type(self).__name__} takes examples of shape {wanted}, as it was fitted, and got {x.shape[1:]}: "
                "give it the same columns"
            )
        y = np.empty((len(x), prod(out)), x.dtype)
        limit = np.finfo(x.dtype).max
        for start in range(0, len(x), ROWS):
            rows = x[start : start + ROWS].reshape(-1, prod(wanted)).astype(np.float64)
            y[start : start + ROWS] = function(rows).clip(-limit, limit)
        return y.reshape(-1, *out)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            np.array_equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)
        )

    def __hash__(self) -> int:
        return hash((type(self), self.shape))


@dataclass(frozen=True, eq=False)
class Centre(FittedStep):
    """``z = x - mean``: every column has mean 0."""

    @classmethod
    def fit(cls, x: Any) -> Self:
        """Fitted on x (B, ...)."""
        flat, shape = _flat(x)
        return cls(shape, flat.mean(axis=0), ())

    def _forward(self, x: np.ndarray) -> Any:
        return x - self.mean

    def _back(self, z: np.ndarray) -> Any:
        return z + self.mean


@dataclass(frozen=True, eq=False)
class Normalise(FittedStep):
    """``z = (x - mean) / scale``: every column has mean 0 and standard deviation 1, ``scale`` being its own.

    A column that never changes keeps scale 1 and becomes 0, with a note. Source: LeCun, Bottou, Orr and Müller 1998,
    "Efficient BackProp", section 4.3.
    """

    scale: np.ndarray

    @classmethod
    def fit(cls, x: Any) -> Self:
        """Fitted on x (B, ...)."""
        flat, shape = _flat(x)
        constant = (flat == flat[0]).all(axis=0)
        scale = np.where(constant, 1.0, flat.std(axis=0))
        scale[scale == 0] = 1.0  # what differs by less than its square can tell
        note = f"never change in {len(flat)} rows, and become 0: columns {_listed(np.flatnonzero(constant))}"
        mean = np.where(constant, flat[0], flat.mean(axis=0))
        return cls(shape, mean, (note,) if constant.any() else (), scale)

    def _forward(self, x: np.ndarray) -> Any:
        return (x - self.mean) / self.scale

    def _back(self, z: np.ndarray) -> Any:
        return z * self.scale + self.mean


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
        return cls(**_principal(x, components, cls.__name__))

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
        return cls(**_principal(x, components, "ZCA" if zca else cls.__name__), epsilon=float(epsilon), zca=zca)

    @property
    def keeps_columns(self) -> bool:
        return self.zca

    def _forward(self, x: np.ndarray) -> Any:
        whitening = self.basis / np.sqrt(self.variances + self.epsilon)
        return (x - self.mean) @ (whitening @ self.basis.T if self.zca else whitening)

    def _back(self, z: np.ndarray) -> Any:
        white = z @ self.basis if self.zca else z
        return super()._back(white * np.sqrt(self.variances + self.epsilon))


def _principal(x: Any, components: float | None, owner: str) -> dict[str, Any]:
    """The fields of ``Decorrelate``, fitted on x."""
    check_components(owner, components)
    flat, shape = _flat(x)
    mean = flat.mean(axis=0)
    dtype = np.asarray(x).dtype
    noise = float(np.finfo(dtype).eps * np.abs(flat).max()) if dtype.kind == "f" else 0.0
    basis, variances, notes = principal_directions(flat - mean, components, owner, noise)
    return {"shape": shape, "mean": mean, "notes": notes, "basis": basis, "variances": variances}


def _flat(x: Any) -> tuple[np.ndarray, tuple[int, ...]]:
    """x as float64 (B, D), and the shape of one example."""
    checked, _ = check_arrays(x)
    return checked.reshape(len(checked), -1).astype(np.float64), checked.shape[1:]


def _listed(columns: np.ndarray) -> str:
    shown = ", ".join(map(str, columns[:5]))
    return shown if len(columns) <= 5 else f"{shown} and {len(columns) - 5} more"
