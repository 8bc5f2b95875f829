"""The Kullback-Leibler divergence of a code's normal distribution from the standard one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss
from pellucid.layers.noise.gaussian_sample import check_gaussian
from pellucid.types import Array, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class GaussianKL(Loss):
    """``E = strength/2 sum_k (mean_k^2 + exp(l_k) - 1 - l_k)``, ``l = log_variance``: 0 for mean 0 and variance 1.

    The Kullback-Leibler divergence, in nats, of the normal distribution with that mean and variance from the standard
    normal one, summed over the K numbers of the code. By mean its gradient is ``strength mean``, by l it is
    ``strength/2 (exp(l) - 1)``.
    A strength of 1 and ``SigmoidCrossEntropy`` or ``HalfSquaredError``, which sum over the outputs, for the
    reconstruction give minus the evidence lower bound, up to a constant. With ``HalfSquaredError`` a strength of s
    stands for outputs with the variance s. ``MeanSquaredError`` averages over D outputs, so there it is ``2 s / D``.
    Shapes: y is ``{"mean": (B, ...), "log_variance": (B, ...)}``; value (B,). There is no target. Raises ConfigError
    unless ``strength`` is at least 0, ShapeError unless y is those two, shaped alike. Source: Kingma and Welling 2014,
    "Auto-encoding variational Bayes", appendix B.
    """

    uses_target = False

    strength: float = 1.0

    def __post_init__(self) -> None:
        validate.non_negative(self, "strength", self.strength)

    def value(self, y: Tree, target: None = None) -> Float[Array, " B"]:
        check_gaussian(self, y)
        mean, log_variance = y["mean"], y["log_variance"]
        # expm1(l) - l keeps its digits near 0, where exp(l) - 1 - l would lose them
        terms = mean * mean + ops.namespace(mean).expm1(log_variance) - log_variance
        return 0.5 * self.strength * terms.reshape(mean.shape[0], -1).sum(axis=-1)

    def gradient(self, y: Tree, target: None = None) -> Tree:
        mean, log_variance = y["mean"], y["log_variance"]
        growth = ops.namespace(mean).expm1(log_variance)
        return {"mean": self.strength * mean, "log_variance": 0.5 * self.strength * growth}
