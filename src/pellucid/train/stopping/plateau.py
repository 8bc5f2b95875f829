"""A lower learning rate where epochs no longer get better."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid import validate
from pellucid.train.stopping.monitor import find_direction, full_name, is_better, quantity
from pellucid.train.stopping.rule import Record
from pellucid.value import Value

LEAST_SHARE = 1e-4
"""A plateau brings the learning rate down to this share of its schedule: of the usual rate of Adam, 0.001, that is
1e-7, the last digit of a weight of size 1 in float32. Lower rates change nothing any more, while epochs go on.
"""


class ReduceOnPlateau(Value):
    """Multiply the learning rate by ``factor`` after ``patience`` epochs in which ``monitor`` did not improve by more
    than ``min_delta``, but never to below ``least``. A schedule goes on in proportion.

    ``least`` is a rate; None: ``LEAST_SHARE`` of what the schedule says, or of the first rate without one.
    ``monitor`` and ``lower_is_better`` as in ``EarlyStopping``.
    """

    factor: float = 0.5
    patience: int = 5
    monitor: str = "loss"
    min_delta: float = 0.0
    least: float | None = None
    lower_is_better: bool | None = None

    def __post_init__(self) -> None:
        validate.positive(self, "factor", self.factor)
        validate.fraction(self, "factor", self.factor)
        validate.positive_int(self, "patience", self.patience)
        validate.non_negative(self, "min_delta", self.min_delta)
        if self.least is not None:
            validate.non_negative(self, "least", self.least)
        find_direction("ReduceOnPlateau", self.monitor, self.lower_is_better)

    @property
    def needs_validation(self) -> bool:
        """Whether validation data are needed."""
        return full_name(self.monitor).startswith("validation.")


@dataclass
class PlateauCounter:
    """Counts the epochs since the last that was better, or since the rate was last reduced."""

    rule: ReduceOnPlateau
    best: float | None = None
    waited: int = 0

    def add(self, record: Record) -> bool:
        """Take in an epoch; whether the rate is to be reduced after it."""
        rule = self.rule
        value, lower = quantity(record, rule.monitor), find_direction("", rule.monitor, rule.lower_is_better)
        if is_better(value, self.best, lower, rule.min_delta):
            self.best, self.waited = value, 0
            return False
        self.waited += 1
        if self.waited < rule.patience:
            return False
        self.waited = 0
        return True
