"""Update rules in order of complexity, learning-rate schedules, gradient clipping."""

from pellucid.optim.gradient_descent import GradientDescent
from pellucid.optim.momentum import Momentum
from pellucid.optim.rule import Rule, Schedule

__all__ = ["GradientDescent", "Momentum", "Rule", "Schedule"]
