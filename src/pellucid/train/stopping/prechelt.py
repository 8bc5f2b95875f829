"""Early stopping by the criteria of Prechelt 1998, "Early stopping - but when?": GL, PQ and UP.

All look at the validation loss E_va, PQ also at the training loss E_tr. E_opt is the lowest E_va so far. A strip is
some epochs in a row, 5 in the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pellucid import validate
from pellucid.train.stopping.monitor import quantity
from pellucid.train.stopping.records import EpochRecords
from pellucid.train.stopping.rule import Record, StoppingRule


class GeneralizationLoss(StoppingRule):
    """GL: stop as soon as ``GL(t) = 100 (E_va(t) / E_opt(t) - 1)`` is above ``alpha``, a number of per cent."""

    alpha: float = 5.0

    def __post_init__(self) -> None:
        validate.positive(self, "alpha", self.alpha)

    def find_reason(self, records: Sequence[Record], best_epoch: int) -> str | None:
        loss = generalization_loss(records)
        return f"generalization loss {loss:.3g} above {self.alpha:g}" if loss > self.alpha else None


class ProgressQuotient(StoppingRule):
    """PQ: stop at the end of a strip of k epochs where ``GL(t) / P_k(t)`` is above ``alpha``.

    ``P_k(t) = 1000 (mean of E_tr in the strip / lowest E_tr in the strip - 1)`` is the progress of training: while it
    is quick, validation may get worse for a time.
    """

    alpha: float = 0.75
    strip: int = 5

    def __post_init__(self) -> None:
        validate.positive(self, "alpha", self.alpha)
        validate.positive_int(self, "strip", self.strip)

    def find_reason(self, records: Sequence[Record], best_epoch: int) -> str | None:
        if len(records) % self.strip:
            return None
        loss, progress = generalization_loss(records), training_progress(records[-self.strip :])
        if loss <= self.alpha * progress:
            return None
        return f"generalization loss {loss:.3g} above {self.alpha:g} times the progress {progress:.3g}"


class SuccessiveIncreases(StoppingRule):
    """UP: stop after ``strips`` strips of k epochs, one after another, each of which ended with a higher E_va than the
    strip before it.
    """

    strips: int = 3
    strip: int = 5

    def __post_init__(self) -> None:
        validate.positive_int(self, "strips", self.strips)
        validate.positive_int(self, "strip", self.strip)

    def find_reason(self, records: Sequence[Record], best_epoch: int) -> str | None:
        if len(records) % self.strip or len(records) <= self.strips * self.strip:
            return None
        ends = [quantity(records[-1 - k * self.strip], "loss") for k in range(self.strips + 1)]
        rose = all(later > earlier for later, earlier in pairwise(ends))
        return f"validation loss rose in {self.strips} strips of {self.strip} epochs" if rose else None


def generalization_loss(records: Sequence[Record]) -> float:
    """``GL`` after the last of these epochs, in per cent."""
    known = records if isinstance(records, EpochRecords) else EpochRecords(map(dict, records))
    return _excess(quantity(known[-1], "loss"), known.lowest("loss"), 100.0)


def training_progress(strip: Sequence[Record]) -> float:
    """``P_k`` of the epochs of a strip, in thousandths."""
    losses = [quantity(record, "train.loss") for record in strip]
    return _excess(sum(losses) / len(losses), min(losses), 1000.0)


def _excess(value: float, least: float, unit: float) -> float:
    """By how much ``value`` is above ``least``, as a part of it, in this unit."""
    if value == least:
        return 0.0
    return unit * (value / least - 1) if least > 0 else float("inf")
