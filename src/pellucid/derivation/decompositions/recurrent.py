"""A recurrent layer: its cell once for every step, and the cell's sums, gates and memory each by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import Recurrent
from pellucid.derivation.decompositions.decomposition import decomposition_of
from pellucid.derivation.primitives import Add, Blend, CellStep, Memory, Multiply, Stack, WeightedSums
from pellucid.derivation.trace.trace import Tracer, Wire, constant_wires
from pellucid.layer import Cell, Layer
from pellucid.layers import Sigmoid, Tanh
from pellucid.trees import join_path
from pellucid.types import Params, State, Tree


@decomposition_of(Recurrent)
def _recurrent(layer: Recurrent, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Tree:
    batch, steps, _ = x.value.shape
    goes_on = tracer.train and layer.streams is not None
    start = state["carry"] if goes_on else layer.cell.start(params, batch, x.value.dtype)
    carry = constant_wires(start, join_path(path, "start"))
    one_step = STEPS.get(type(layer.cell), _any_cell)
    order = range(steps)[::-1] if layer.reverse else range(steps)
    ys = {}
    for at in order:
        carry, ys[at] = one_step(StepAt(layer.cell, tracer, params, path, at), x, carry)
    if not layer.return_sequences:
        return ys[order[-1]]
    return tracer.run(Stack(), {}, {}, tuple(ys[at] for at in range(steps)), path, None)


@dataclass(frozen=True)
class StepAt:
    """One step of a recurrent layer at ``path``: ``at`` is its place in the sequence, counted from 0."""

    cell: Any
    tracer: Tracer
    params: Params
    path: str
    at: int

    def line(self, layer: Layer, x: Tree, name: str) -> Tree:
        """A formula without weights."""
        return self.tracer.run(layer, {}, {}, x, f"{self.place}/{name}", None)

    def sums(self, names: tuple[str, ...], x: Tree, weights: tuple[str, ...], first: int = 0) -> Tree:
        """Weighted sums with some of the layer's weights."""
        primitive = WeightedSums(names, self.cell.units, self.at, first)
        params = {weight: self.params[weight] for weight in weights}
        return self.tracer.run(primitive, params, {}, x, self.path, None, name=self.place)

    @property
    def place(self) -> str:
        """What the names of this step begin with."""
        return join_path(self.path, f"t{self.at}")


Stepping = Callable[[StepAt, Wire, Tree], tuple[Tree, Wire]]
"""The carry after a step and its output, from the whole sequence and the carry before."""


def _simple_rnn(step: StepAt, x: Wire, carry: Tree) -> tuple[Tree, Wire]:
    net = step.sums(("net",), {"x": x, "h": carry["h"]}, ("W", "U", "b"))["net"]
    h = step.line(Tanh(), net, "h")
    return {"h": h}, h


def _lstm(step: StepAt, x: Wire, carry: Tree) -> tuple[Tree, Wire]:
    names = ("input_net", "forget_net", "proposal_net", "output_net")
    nets = step.sums(names, {"x": x, "h": carry["h"]}, ("W", "U", "b"))
    gates = {name: step.line(Sigmoid(), nets[f"{name}_net"], name) for name in ("input", "forget")}
    proposal = step.line(Tanh(), nets["proposal_net"], "proposal")
    memory = step.line(Memory(), {**gates, "before": carry["c"], "proposal": proposal}, "memory")
    shown = step.line(Sigmoid(), nets["output_net"], "output"), step.line(Tanh(), memory, "memory_tanh")
    h = step.line(Multiply(), shown, "h")
    return {"h": h, "c": memory}, h


def _gru(step: StepAt, x: Wire, carry: Tree) -> tuple[Tree, Wire]:
    h = carry["h"]
    nets = step.sums(("reset_net", "update_net"), {"x": x, "h": h}, ("W", "U", "b"))
    reset = step.line(Sigmoid(), nets["reset_net"], "reset")
    update = step.line(Sigmoid(), nets["update_net"], "update")
    if "c" in step.params:
        seen = step.sums(("proposal_x",), {"x": x}, ("W", "b"), 2)["proposal_x"]
        recalled = step.sums(("recalled",), {"h": h}, ("U", "c"), 2)["recalled"]
        weakened = step.line(Multiply(), (reset, recalled), "weakened")
        net = step.line(Add(), (seen, weakened), "proposal_net")
    else:
        weakened = step.line(Multiply(), (reset, h), "weakened")
        net = step.sums(("proposal_net",), {"x": x, "h": weakened}, ("W", "U", "b"), 2)["proposal_net"]
    proposal = step.line(Tanh(), net, "proposal")
    after = step.line(Blend(), {"update": update, "before": h, "proposal": proposal}, "h")
    return {"h": after}, after


def _any_cell(step: StepAt, x: Wire, carry: Tree) -> tuple[Tree, Wire]:
    primitive = CellStep(step.cell, step.at)
    y = step.tracer.run(primitive, step.params, {}, {"x": x, "carry": carry}, step.path, None, name=step.place)
    return y["carry"], y["y"]


STEPS: dict[type[Cell], Stepping] = {SimpleRNN: _simple_rnn, LSTM: _lstm, GRU: _gru}
"""The decomposition of a step of each cell; of any other cell a step is one node."""
