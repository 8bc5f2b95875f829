"""Early stopping: give up when validation no longer gets better, and keep the best weights."""

from __future__ import annotations

from typing import Any

from pellucid import validate
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.value import Value

LOWER_IS_BETTER = {"loss": True, "accuracy": False, "r2": False}
"""The quantities that can be monitored."""


class EarlyStopping(Value):
    """Stop after ``patience`` epochs in which the validation ``monitor`` did not improve by ``min_delta``.

    ``monitor`` is "loss", "accuracy" or "r2", of the validation part. The weights of the best epoch are restored.
    Source: Prechelt 1998, "Early stopping - but when?".
    """

    patience: int = 10
    monitor: str = "loss"
    min_delta: float = 0.0

    def __post_init__(self) -> None:
        validate.positive_int(self, "patience", self.patience)
        validate.non_negative(self, "min_delta", self.min_delta)
        if self.monitor not in LOWER_IS_BETTER:
            raise UnknownNameError("quantity to monitor", self.monitor, LOWER_IS_BETTER)

    def better(self, measured: dict[str, Any], best: float | None) -> bool:
        """Whether this epoch's validation beats the ``best`` so far (None: there is none yet)."""
        value = self.value(measured)
        if best is None:
            return True
        gain = best - value if LOWER_IS_BETTER[self.monitor] else value - best
        return gain > self.min_delta

    def value(self, measured: dict[str, Any]) -> float:
        """The monitored number. Raises ConfigError where this task has no such number."""
        if self.monitor not in measured:
            raise ConfigError(
                f"EarlyStopping: this task measures {', '.join(measured)}, not {self.monitor!r}: monitor one of those"
            )
        return float(measured[self.monitor])
