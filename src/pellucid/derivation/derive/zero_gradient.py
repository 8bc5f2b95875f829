"""Why a gradient is exactly zero: where on its paths to the loss a slope is 0."""

from __future__ import annotations

from collections.abc import Iterable

from pellucid import layers
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.derive.backward import uses
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.target import Weight
from pellucid.derivation.rules import Entry, Index, Link, View, rule_for
from pellucid.derivation.trace.trace import Node

MOST = 3
"""So many reasons are given."""

MASKING = (
    layers.Dropout,
    layers.SpatialDropout,
    layers.AlphaDropout,
    layers.Cutout,
    layers.TimeMask,
    layers.FrequencyMask,
)
"""Layers that replace random elements by a constant."""


def why_zero(deriver: Deriver, subject: Entry | Weight) -> str:
    """Why the gradient by a weight, by a number between layers or by an input is exactly zero, in a sentence."""
    search = _ZeroGradient(deriver)
    return search.entry(subject) if isinstance(subject, Entry) else search.weight(*subject)


class _ZeroGradient:
    """Follows all paths to the loss up to a slope of 0. ``None`` among the reasons is a path without one."""

    def __init__(self, deriver: Deriver) -> None:
        self._deriver, self._names = deriver, deriver.names
        self._seen: set[tuple[int, Index]] = set()

    def weight(self, nodes: list[Node], path: str, index: Index) -> str:
        """Why the gradient by a weight is zero."""
        reasons: list[str | None] = []
        for node in nodes:
            links = list(rule_for(node.layer).by_weight(View(node, self._names), path, index) or ())
            if not any(link.slope.value for link in links):
                reasons.append(self._why_idle(node, links, index))
            reasons += self._along(links)
        return self._sentence(reasons)

    def entry(self, entry: Entry) -> str:
        """Why the gradient by a number between layers, or by an input, is zero."""
        return self._sentence(self._entry(entry))

    def _entry(self, entry: Entry) -> list[str | None]:
        key = (id(entry.wire), entry.index)
        if key in self._seen or len(self._seen) > self._deriver.most:
            return []
        self._seen.add(key)
        name = self._names.entry(entry.wire, entry.index)
        reasons: list[str | None] = [
            f"the loss does not change with {name}: {why}" for why in self._deriver.loss_steps.reasons(entry)
        ]
        for node, path in uses(entry.wire):
            links = list(rule_for(node.layer).by_input(View(node, self._names), entry.index, path) or ())
            if not any(link.slope.value for link in links):
                reasons.append(self._why_blocked(node, entry, name))
            reasons += self._along(links)
        return reasons or [f"{name} is on no path to the loss"]

    def _along(self, links: Iterable[Link]) -> list[str | None]:
        reasons: list[str | None] = []
        for link in links:
            if link.slope.value:
                reasons += [None] if link.entry.gradient else self._entry(link.entry)
        return reasons

    def _why_idle(self, node: Node, links: list[Link], index: Index) -> str:
        if isinstance(node.layer, layers.Embedding):
            return f"this input does not select row {index[0]}"
        inputs = list(dict.fromkeys(link.slope.name for link in links if isinstance(link.slope, Symbol)))
        if inputs:
            more = f" and {len(inputs) - MOST} more" if len(inputs) > MOST else ""
            return f"its factor is 0: {', '.join(inputs[:MOST])}{more}"
        return f"it changes no output of {node.layer!r} for this input"

    def _why_blocked(self, node: Node, entry: Entry, name: str) -> str:
        at, layer = f"{name} = {entry.value:.6g}", node.layer
        y = node.outputs.get("")
        out = self._names.entry(y, entry.index) if y and y.value.shape == entry.wire.value.shape else node.path
        if isinstance(layer, layers.Step):
            return f"{out} is the output of a step, 0 or 1: its slope is 0 on both sides of the jump"
        if isinstance(layer, layers.ReLU):
            return f"unit {out} is inactive: its pre-activation is {entry.value:.6g}, not above 0"
        if isinstance(layer, MASKING):
            return f"{out} was dropped: {layer!r} replaced it by a constant in this step"
        return f"{layer!r} does not change with {at}: its slope there is 0"

    def _sentence(self, reasons: list[str | None]) -> str:
        """The reasons in one sentence; where paths without a slope of 0 remain, their terms cancel."""
        if None in reasons:
            return "the gradient is exactly 0: the terms of its paths to the loss cancel"
        told = [reason for reason in dict.fromkeys(reasons) if reason]
        more = f"; and {len(told) - MOST} more such reasons" if len(told) > MOST else ""
        return f"the gradient is exactly 0: {'; '.join(told[:MOST])}{more}"
