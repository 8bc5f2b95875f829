"""Update rules in order of complexity, learning-rate schedules, gradient clipping."""

from pellucid.optim.adadelta import AdaDelta
from pellucid.optim.adagrad import AdaGrad
from pellucid.optim.adam import Adam
from pellucid.optim.adamax import Adamax
from pellucid.optim.adamw import AdamW
from pellucid.optim.clipping import ClipByNorm, ClipByValue, Clipping
from pellucid.optim.formula import Line
from pellucid.optim.gradient_descent import GradientDescent
from pellucid.optim.latex import latex
from pellucid.optim.lion import Lion
from pellucid.optim.momentum import Momentum
from pellucid.optim.nesterov import Nesterov
from pellucid.optim.optax_rule import Optax, as_rule
from pellucid.optim.optimizer import Optimizer
from pellucid.optim.rmsprop import RMSProp
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import (
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    OneCycle,
    PiecewiseConstant,
    Schedule,
    StepDecay,
    Warmup,
)

__all__ = [
    "AdaDelta",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Adamax",
    "ClipByNorm",
    "ClipByValue",
    "Clipping",
    "CosineDecay",
    "ExponentialDecay",
    "GradientDescent",
    "InverseTimeDecay",
    "Line",
    "Lion",
    "Momentum",
    "Nesterov",
    "OneCycle",
    "Optax",
    "Optimizer",
    "PiecewiseConstant",
    "RMSProp",
    "Rule",
    "Schedule",
    "StepDecay",
    "Warmup",
    "as_rule",
    "latex",
]
