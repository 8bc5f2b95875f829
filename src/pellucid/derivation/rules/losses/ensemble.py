"""The loss of an ensemble."""

from __future__ import annotations

from pellucid.derivation.rules.losses.loss_rule import LossView, loss_rule
from pellucid.derivation.rules.losses.sequence import SequenceLossRule
from pellucid.derivation.rules.rule import Index


class EnsembleLossRule(SequenceLossRule):
    """``E = sum_m E_m / M``: members are to it what steps are to a sequence, but all have one target."""

    def why(self, view: LossView) -> str:
        return "the mean over the members, each of which is compared with the target by itself"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        inner = self._inner(view)
        place = (index[0] * inner.steps + index[1], *index[2:])
        return f"{loss_rule(inner.loss).why_gradient(inner, place)}; the mean divides by the members"

    def _inner(self, view: LossView) -> LossView:
        members = view.values.shape[1]
        target = view.target.repeat(members, axis=0)
        return LossView(view.loss.loss, view.wires, target, view.names, view.label, members)
