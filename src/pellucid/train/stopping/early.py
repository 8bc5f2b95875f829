"""Early stopping by patience: stop when epochs no longer get better."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid import validate
from pellucid.train.stopping.monitor import find_direction, full_name
from pellucid.train.stopping.rule import Record, StoppingRule


class EarlyStopping(StoppingRule):
    """Stop after ``patience`` epochs in which ``monitor`` did not improve by more than ``min_delta``.

    ``monitor`` is any number that epochs are measured by: "loss", "accuracy" or "r2" of the validation part, or by its
    whole name, as "train.loss". ``lower_is_better`` is needed for names of which that is not known.
    """

    patience: int = 10
    monitor: str = "loss"
    min_delta: float = 0.0
    lower_is_better: bool | None = None

    def __post_init__(self) -> None:
        validate.positive_int(self, "patience", self.patience)
        validate.non_negative(self, "min_delta", self.min_delta)
        find_direction("EarlyStopping", self.monitor, self.lower_is_better)

    @property
    def monitored(self) -> str:
        return self.monitor

    @property
    def lower(self) -> bool:
        return find_direction("EarlyStopping", self.monitor, self.lower_is_better)

    @property
    def least_gain(self) -> float:
        return self.min_delta

    def find_reason(self, records: Sequence[Record], best_epoch: int) -> str | None:
        if records[-1]["epoch"] - best_epoch < self.patience:
            return None
        name = full_name(self.monitor)
        return "validation no longer improved" if name.startswith("validation.") else f"{name} no longer improved"
