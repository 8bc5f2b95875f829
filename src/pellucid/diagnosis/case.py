"""A training to be diagnosed: network, loss, data, and all that ``fit`` is given. Changes of it are other cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.data import Dataset, Split
from pellucid.errors import ConfigError
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam, Optimizer
from pellucid.train.feed.examples import checked_pair
from pellucid.train.metrics import is_classification

HELD_OUT = 0.2
"""The share held out for validation where none is given."""


@dataclass(frozen=True, eq=False)
class Case:
    """A training: ``options`` are those of ``fit``, without data and validation, which are ``train`` and ``validation``.

    ``scaled`` says what was done to inputs and targets since the case was made, by the names of the steps.
    """

    model: Layer
    loss: Loss
    train: Split
    validation: Split
    options: Mapping[str, Any] = field(default_factory=dict)
    scaled: tuple[str, ...] = ()

    @property
    def optimizer(self) -> Optimizer:
        """The update rule."""
        rule: Optimizer = self.options.get("optimizer") or Adam()
        return rule

    @property
    def epochs(self) -> int:
        """How often every example is used."""
        return int(self.options.get("epochs", 100))

    @property
    def batch_size(self) -> int:
        """Examples a step."""
        return int(self.options.get("batch_size", 32))

    @property
    def learning_rate(self) -> float | None:
        """The rate of the rule; None for a schedule, or a rule without one."""
        rate = getattr(self.optimizer, "learning_rate", None)
        return float(rate) if isinstance(rate, (int, float)) else None

    @cached_property
    def classify(self) -> bool:
        """Whether right answers can be counted."""
        return is_classification(self.loss, self.train.y)

    @cached_property
    def x_is_array(self) -> bool:
        """Whether inputs are one array of amounts, which can be scaled."""
        x = self.train.x
        return isinstance(x, np.ndarray) and x.dtype.kind == "f"

    def with_options(self, **changed: Any) -> Case:
        """The case with these options of ``fit``."""
        return replace(self, options={**self.options, **changed})

    def rows(self, count: int, seed: int = 0) -> Split:
        """So many training examples, or all, chosen by the seed."""
        total = len(self.train)
        if total <= count:
            return self.train
        return self.train.take(np.sort(np.random.default_rng(seed).permutation(total)[:count]))


def make_case(owner: str, model: Layer, loss: Loss, data: Any, validation: Any = None, **options: Any) -> Case:
    """The case of a training as ``fit`` would be called: a Dataset, or a pair (x, y) of which a share is held out.

    Raises what ``fit`` does for data that are none, and ConfigError where no validation part can be had.
    """
    if isinstance(data, Dataset):
        return Case(model, loss, data.train, data.validation, options)
    train = Split(*checked_pair(f"{owner}: data", data, loss.task))
    if validation is not None and not isinstance(validation, float):
        return Case(model, loss, train, Split(*checked_pair(f"{owner}: validation", validation, loss.task)), options)
    share = HELD_OUT if validation is None else validation
    order = np.random.default_rng(int(options.get("seed", 0)) % 2**64).permutation(len(train))
    count = round(share * len(train))
    if not 0 < count < len(train):
        raise ConfigError(f"{owner}: {len(train)} examples are too few to hold out {share:.0%} of them")
    return Case(model, loss, train.take(np.sort(order[count:])), train.take(np.sort(order[:count])), options)
