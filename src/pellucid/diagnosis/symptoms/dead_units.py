"""Dead units: those that no training example gets a gradient through."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.slopes import hidden_slopes, largest_slope
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import DEAD


def dead_units(measured: Measurements) -> Iterator[Symptom]:
    """A symptom for each hidden layer with units whose derivative is exactly 0 on **all** training examples.

    Exact: such a unit's weights get no gradient. It is a warning where they are more than half of a layer and there is
    loss to win.
    """
    for path, activation, slopes in hidden_slopes(measured):
        if not largest_slope(activation) > 0:  # a step has no slope anywhere, by nature
            continue
        dead = (slopes == 0).all(axis=0)
        if dead.any():
            harms = dead.mean() > DEAD and measured.has_loss_to_win
            numbers = ", ".join(str(unit) for unit in dead.nonzero()[0].tolist())
            seen = {"dead": int(dead.sum()), "units": dead.size, "which": numbers}
            yield Symptom("dead_units", path, seen, "warning" if harms else "note")
