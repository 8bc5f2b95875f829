"""Sharpness: the largest eigenvalue of the Hessian of the loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pellucid import ops, validate
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
        return {"sharpness": measure_sharpness(network, self.iterations)}


def measure_sharpness(network: ExaminedNetwork, iterations: int = 20, scale: Params | None = None) -> float:
    """The largest eigenvalue of the Hessian ``H`` of the mean loss over the network's sample, in float64.

    With a tree ``scale`` it is that of ``S H S``, S having these numbers on its diagonal: a rule that divides the
    gradient of each weight by a number of its own, such as Adam, is steady by this eigenvalue, of which S has one over
    the roots.
    """
    exact = replace(
        network,
        params=tree_map(_float64, network.params),
        state=tree_map(_float64, network.state),
        sample=tree_map(_float64, network.sample),
    )
    product = _hessian_product(exact)
    if scale is not None:
        product = _scaled(product, _vector(tree_map(_float64, scale)))
    size = sum(leaf.size for leaf in leaves(exact.params))
    value = _largest(product, size, iterations)
    if value < 0:  # the largest in size is negative: from there, the largest is the other end
        below = value
        value = below + _largest(lambda v: product(v) - below * v, size, iterations)
    return value


def _scaled(product: Callable[[np.ndarray], np.ndarray], by: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """The product with ``S H S``. The Hessian is asked for directions of length 1: its difference has a step."""

    def scaled(v: np.ndarray) -> np.ndarray:
        direction = by * v
        length = float(np.linalg.norm(direction)) or 1.0
        image: np.ndarray = by * product(direction / length) * length
        return image

    return scaled


def _largest(product: Callable[[np.ndarray], np.ndarray], size: int, iterations: int) -> float:
    """The eigenvalue that is largest in size, of a symmetric matrix given by its product with a vector (size,)."""
    v = ops.normal(ops.key(0), (size,), np.float64)
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
