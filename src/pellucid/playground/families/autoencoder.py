"""An autoencoder that squeezes digits through two numbers, beside the two principal components."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from pellucid.combinators import Chain
from pellucid.data.preparation.pca import principal_directions
from pellucid.layers import Dense, Sigmoid, Tanh
from pellucid.losses import HalfSquaredError
from pellucid.playground.families.digits import load_digits
from pellucid.playground.families.family import Family, Problem, Shown, outputs_and_caches, recipe_of
from pellucid.playground.families.settings import AutoencoderSettings
from pellucid.train.batch import Batch, Weights

HIDDEN = 32


class Plane(NamedTuple):
    """The plane of the two principal components of the training digits: ``mean`` (64,), ``basis`` (64, 2)."""

    mean: np.ndarray
    basis: np.ndarray

    def codes(self, x: np.ndarray) -> np.ndarray:
        """Where rows x (N, 64) are in it."""
        return np.asarray((x - self.mean) @ self.basis)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """The rows (N, 64) at these places."""
        return np.asarray(self.mean + codes @ self.basis.T)


@cache
def fit_plane() -> Plane:
    """The plane nearest to the training digits."""
    rows = load_digits().x.reshape(-1, 64)
    mean = rows.mean(axis=0)
    basis, _, _ = principal_directions(rows - mean, 2, "PCA")
    return Plane(mean, basis)


class AutoencoderFamily(Family[AutoencoderSettings]):
    """64 pixels to 32 units to the code and back."""

    def make_problem(self, settings: AutoencoderSettings) -> Problem:
        digits = load_digits()
        self.encoder = Chain(hidden=Dense(HIDDEN), tanh=Tanh(), code=Dense(2))
        self.decoder = Chain(hidden=Dense(HIDDEN), tanh=Tanh(), pixels=Dense(64), sigmoid=Sigmoid())
        self.model = Chain(encoder=self.encoder, decoder=self.decoder)
        rows, test = digits.x.reshape(-1, 64), digits.test_x.reshape(-1, 64)
        return Problem(recipe_of(self.model, HalfSquaredError(), classify=False), Batch(rows, rows), Batch(test, test))

    def show(self, weights: Weights, settings: AutoencoderSettings) -> Shown:
        """All test digits in both planes, what is at the chosen places, and both errors."""
        digits, plane = load_digits(), fit_plane()
        x = self.problem.test.x
        outputs, _ = outputs_and_caches(self.model, weights, x)
        number = digits.shown[settings.example]
        codes, pca_codes = outputs["encoder"], plane.codes(x)
        code = codes[number] if settings.code is None else np.array(settings.code)
        pca_code = pca_codes[number] if settings.pca_code is None else np.array(settings.pca_code)
        errors = {"network": _error(outputs["decoder"], x), "pca": _error(plane.decode(pca_codes), x)}
        arrays = {
            "codes": codes,
            "pca_codes": pca_codes,
            "labels": digits.test_labels,
            "numbers": digits.shown,
            "digit": x[number].reshape(8, 8),
            "code": code,
            "decoded": self._decode(weights, code).reshape(8, 8),
            "pca_code": pca_code,
            "pca_decoded": plane.decode(pca_code[None]).reshape(8, 8),
            "examples": digits.test_x[digits.shown],
        }
        return Shown({"label": int(digits.test_labels[number]), "errors": errors}, arrays)

    def _decode(self, weights: Weights, code: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            params, state = weights.params["decoder"], weights.state["decoder"]
            return np.asarray(self.decoder.forward(params, state, code[None])[0])


def _error(reconstructed: np.ndarray, x: np.ndarray) -> float:
    """The mean squared error of a pixel."""
    with np.errstate(all="ignore"):
        return float(((reconstructed - x) ** 2).mean())
