"""A training to be diagnosed: network, loss, data, and all that ``fit`` is given. Changes of it are other cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.data import Dataset, OnDisk, Split, split
from pellucid.diagnosis.answers import Answers, answers_of, class_labels, constant_error
from pellucid.diagnosis.on_disk import read_part
from pellucid.errors import ConfigError
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam, Optimizer
from pellucid.train.feed.examples import checked_pair

HELD_OUT = 0.2
"""The share held out for validation where none is given."""


@dataclass(frozen=True, eq=False)
class Case:
    """A training: ``options`` are those of ``fit`` without the data, which are ``train`` and ``validation``.

    ``scaled`` says what was done since, of "inputs" and "targets"; ``remarks`` what of the data was left out.
    """

    model: Layer
    loss: Loss
    train: Split
    validation: Split
    options: Mapping[str, Any] = field(default_factory=dict)
    scaled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

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
    def answers(self) -> Answers:
        """What targets are, whatever the loss takes them for."""
        return answers_of(self.train.y)

    @property
    def classify(self) -> bool:
        """Whether right answers can be counted."""
        return self.answers in ("classes", "labels")

    @cached_property
    def constant_error(self) -> float:
        """What the best constant answer gets wrong of the validation labels; 1 for amounts."""
        return constant_error(self.validation.y, self.answers)

    @cached_property
    def x_is_array(self) -> bool:
        """Whether inputs are one array of amounts, which can be scaled."""
        x = self.train.x
        return isinstance(x, np.ndarray) and x.dtype.kind == "f"

    def with_options(self, **changed: Any) -> Case:
        """The case with these options of ``fit``."""
        return replace(self, options={**self.options, **changed})

    def options_of(self, *names: str) -> dict[str, Any]:
        """The options with these names, of those that are set."""
        return {name: self.options[name] for name in names if name in self.options}

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
    data, remarks = read_part(data) if isinstance(data, OnDisk) else (data, ())
    validation, _ = read_part(validation) if isinstance(validation, OnDisk) else (validation, ())
    train = Split(*checked_pair(f"{owner}: data", data, loss.task))
    if validation is not None and not isinstance(validation, float):
        held_out = Split(*checked_pair(f"{owner}: validation", validation, loss.task))
        return Case(model, loss, train, held_out, options, remarks=remarks)
    share = HELD_OUT if validation is None else validation
    kept, held = _held_out(owner, train, share, int(options.get("seed", 0)))
    return Case(model, loss, train.take(kept), train.take(held), options, remarks=remarks)


def _held_out(owner: str, train: Split, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows to train on and rows held out, of classes in proportion."""
    if not 0 < round(share * len(train)) < len(train):
        raise ConfigError(f"{owner}: {len(train)} examples are too few to hold out {share:.0%} of them")
    classes: Any = class_labels(train.y) if answers_of(train.y) == "classes" else None
    kept, held = split(len(train), (1 - share, share), seed=seed, stratify=None if np.ndim(classes) != 1 else classes)
    return kept, held
