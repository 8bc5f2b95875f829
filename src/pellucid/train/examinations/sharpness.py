"""Sharpness: the largest eigenvalue of the Hessian of the loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pellucid import validate
from pellucid.train.examinations.examination import Examination, ExaminedNetwork
from pellucid.train.examinations.histogram import Histogram
from pellucid.trees import leaves, tree_map
from pellucid.types import Params

CONVERGED = 1e-3
"""The iteration ends where the eigenvalue changes by less than this part of it."""


class Sharpness(Examination):
    """``sharpness``: the largest eigenvalue of the Hessian of the mean loss over the sample, by power iteration.

    ``H v`` is the difference of two hand-written gradients, ``(g(w + e v) - g(w - e v)) / 2 e``, in float64. Plain
    gradient descent is steady while its learning rate is below 2 / sharpness. At most ``iterations`` products; what has
    not converged by then is a lower bound.
    Source: Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of stability".
    """

    iterations: int = 20

    def __post_init__(self) -> None:
        validate.positive_int(self, "iterations", self.iterations)

    def examine(self, network: ExaminedNetwork) -> dict[str, float | Histogram]:
        if not any(True for _ in leaves(network.params)):
            return {}
        exact = replace(
            network,
            params=tree_map(_float64, network.params),
            state=tree_map(_float64, network.state),
            sample=tree_map(_float64, network.sample),
        )
        product = _hessian_product(exact)
        size = sum(leaf.size for leaf in leaves(exact.params))
        value = _largest(product, size, self.iterations)
        if value < 0:  # the largest in size is negative: from there, the largest is the other end
            below = value
            value = below + _largest(lambda v: product(v) - below * v, size, self.iterations)
        return {"sharpness": value}


def _largest(product: Callable[[np.ndarray], np.ndarray], size: int, iterations: int) -> float:
    """The eigenvalue that is largest in size, of a symmetric matrix given by its product with a vector (size,)."""
    v = np.random.default_rng(0).standard_normal(size)
    v /= np.linalg.norm(v)
    value = 0.0
    for _ in range(iterations):
        image = product(v)
        before, value = value, float(v @ image)
        length = np.linalg.norm(image)
        if not length > 0 or abs(value - before) < CONVERGED * abs(value):
            break
        v = image / length
    return value


def _hessian_product(network: ExaminedNetwork) -> Callable[[np.ndarray], np.ndarray]:
    w = _vector(network.params)
    step = 1e-5 * max(1.0, float(np.linalg.norm(w)))

    def product(v: np.ndarray) -> np.ndarray:
        ahead, behind = (_vector(network.gradient(_tree(w + e * v, network.params))) for e in (step, -step))
        difference: np.ndarray = ahead - behind
        return difference / (2 * step)

    return product


def _float64(leaf: np.ndarray) -> np.ndarray:
    return leaf.astype(np.float64) if leaf.dtype.kind == "f" else leaf


def _vector(tree: Params) -> np.ndarray:
    return np.concatenate([np.ravel(leaf) for leaf in leaves(tree)])


def _tree(vector: np.ndarray, like: Params) -> Params:
    parts = iter(np.split(vector, np.cumsum([leaf.size for leaf in leaves(like)])[:-1]))
    tree: Params = tree_map(lambda leaf: next(parts).reshape(leaf.shape), like)
    return tree
