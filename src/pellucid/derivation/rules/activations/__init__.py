"""Activations: elementwise ones, softmax and maxout."""

from pellucid.derivation.rules.activations.maxout import MaxoutRule
from pellucid.derivation.rules.activations.piecewise import (
    ELURule,
    HardTanhRule,
    LeakyReLURule,
    ReLURule,
    SELURule,
    StepRule,
)
from pellucid.derivation.rules.activations.smooth import (
    GELURule,
    IdentityRule,
    SigmoidRule,
    SiLURule,
    SoftplusRule,
    TanhRule,
)
from pellucid.derivation.rules.activations.softmax import SoftmaxRule

__all__ = [
    "ELURule",
    "GELURule",
    "HardTanhRule",
    "IdentityRule",
    "LeakyReLURule",
    "MaxoutRule",
    "ReLURule",
    "SELURule",
    "SiLURule",
    "SigmoidRule",
    "SoftmaxRule",
    "SoftplusRule",
    "StepRule",
    "TanhRule",
]
