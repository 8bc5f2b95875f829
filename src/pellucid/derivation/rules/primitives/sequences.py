"""Steps of sequences: numbers only change their index."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.rules.data_movement import DataMovementRule
from pellucid.derivation.rules.rule import Index, View


class StackRule(DataMovementRule):
    """``y[b, t] = x_t[b]``."""

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        b, t, *rest = index
        return (b, *rest), str(t)

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        b, *rest = index
        yield (b, int(path), *rest), ""

    def why(self, view: View) -> str:
        return "the outputs of all steps, as one sequence"
