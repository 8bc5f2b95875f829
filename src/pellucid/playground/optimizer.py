"""The update rule of a network, its learning rate by step."""

from __future__ import annotations

from pellucid import optim
from pellucid.optim import Rule, Schedule
from pellucid.playground.state import NetworkState

RULES: dict[str, type[Rule]] = {
    "gradient_descent": optim.GradientDescent,
    "momentum": optim.Momentum,
    "nesterov": optim.Nesterov,
    "adagrad": optim.AdaGrad,
    "adadelta": optim.AdaDelta,
    "rmsprop": optim.RMSProp,
    "adam": optim.Adam,
    "adamw": optim.AdamW,
    "adamax": optim.Adamax,
    "lion": optim.Lion,
}
FACTOR = 0.5
"""What "step" and "exponential" multiply the learning rate by in ``schedule_epochs``; "inverse_time" halves it too."""


def optimizer_of(state: NetworkState, steps_an_epoch: int) -> Rule:
    """The update rule; all else than learning rate and momentum is as the rule has it."""
    rate = learning_rate_of(state, steps_an_epoch)
    if state.optimizer in ("momentum", "nesterov"):
        return RULES[state.optimizer](learning_rate=rate, momentum=state.momentum)  # type: ignore[call-arg]
    return RULES[state.optimizer](learning_rate=rate)


def learning_rate_of(state: NetworkState, steps_an_epoch: int) -> float | Schedule:
    """The learning rate, as a function of the step where it changes."""
    rate, steps = state.learning_rate, state.schedule_epochs * steps_an_epoch
    if state.schedule == "step":
        return optim.StepDecay(rate, FACTOR, steps)
    if state.schedule == "exponential":
        return optim.ExponentialDecay(rate, FACTOR, steps)
    if state.schedule == "inverse_time":
        return optim.InverseTimeDecay(rate, 1.0 / steps)
    if state.schedule == "cosine":
        return optim.CosineDecay(rate, steps)
    if state.schedule == "warmup":
        return optim.Warmup(rate, steps)
    return rate
