"""A cell, one time step of a recurrent layer, with an example to try it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.check.agreement import require_shapes
from pellucid.check.cases.backward_case import BackwardCase, inner_product, normal_like, perturb
from pellucid.check.cases.example import check_sizes, fill, shapes
from pellucid.errors import ConformanceError
from pellucid.layer import Cell
from pellucid.shape_inference import check_returned, first_cell_weights
from pellucid.trees import flatten
from pellucid.types import Array, Cache, Key, Params, Tree

GRADIENTS = {"dparams": "params", "dcarry": "carry", "dx": "x"}
"""The gradients that a cell gives, and what of the inputs each is by."""


@dataclass(frozen=True, eq=False)
class CellCase(BackwardCase):
    """A cell and the x of one time step: ``CellCase(LSTM(3), x=(5, 4))``.

    ``x`` is a shape (B, D), to be filled with normal numbers, or an array. Weights are those of ``init`` with a little
    noise, and the carry is that of ``start`` with normal numbers added, so that a bias or a carry of 0 hides no fault.
    The gradients are those of ``backward`` and ``gather`` together. A cell that returns anything but what the
    contract says raises ConformanceError, which names the first array that is wrong.
    """

    subject: Cell
    x: Any

    def __post_init__(self) -> None:
        validate.instance(self, "subject", self.subject, Cell)
        check_sizes(self, "x", self.x)

    @property
    def network_input(self) -> Tree:
        return self.inputs["x"]

    @property
    def caches(self) -> dict[str, Any]:
        return {"step": self.on_numpy["cache"]}

    def initialize(self, key: Key, x: Tree) -> Tree:
        return {"params": first_cell_weights(self.subject, key, x)}

    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        rng = np.random.default_rng(seed)
        x = fill(self.x, rng, seed, batch)
        params = perturb(first_cell_weights(self.subject, ops.key(seed), x), 0.1, rng)
        carry = perturb(self.subject.start(params, len(x), x.dtype), 1.0, rng)
        y = self.forward(params, carry, self.subject.project(params, x))[1]
        return {"params": params, "carry": carry, "x": x, "dcarry": normal_like(carry, rng), "dy": normal_like(y, rng)}

    def forward(self, params: Params, carry: Tree, projected: Array) -> tuple[Tree, Array, Cache]:
        """One step. Raises ConformanceError unless the carry after it has the shapes of the carry before."""
        returned = self.subject.forward(params, carry, projected)
        after, y, cache = check_returned(self.subject, "forward", returned, ("carry", "y", "cache"))
        require_shapes(flatten({"carry": after}), flatten({"carry": carry}), "forward")
        return after, y, cache

    def backward(self, inputs: Tree, projected: Array, cache: Cache) -> tuple[Params, Tree, Array]:
        """dparams, dcarry and dx of one step. Raises ConformanceError unless they have the shapes of what they are by,
        and unless either ``backward`` or ``gather`` gives the gradient by each of the params.
        """
        cell, params, x = self.subject, inputs["params"], inputs["x"]
        returned = cell.backward(params, cache, inputs["dcarry"], inputs["dy"])
        own, dcarry, dprojected = check_returned(cell, "backward", returned, ("dparams", "dcarry", "dx"))
        require_shapes(flatten({"dx": dprojected}), flatten({"dx": projected}), "backward")
        gathered, dx = check_returned(cell, "gather", cell.gather(params, cache, x, dprojected), ("dparams", "dx"))
        for method, given in (("backward", own), ("gather", gathered)):
            if not isinstance(given, dict):
                raise ConformanceError(f"{method} gives dparams as {given!r}, not a dict by the names of params")
        if twice := own.keys() & gathered.keys():
            raise ConformanceError(
                f"backward and gather both give the gradient by {', '.join(sorted(twice))}: one of them leaves it out"
            )
        gradients = {"dparams": {**own, **gathered}, "dcarry": dcarry, "dx": dx}
        wanted = {name: inputs[by] for name, by in GRADIENTS.items()}
        require_shapes(flatten(gradients), flatten(wanted), "backward with gather")
        return gradients["dparams"], dcarry, dx

    def run(self, inputs: Tree) -> Tree:
        params, x = inputs["params"], inputs["x"]
        start = self.subject.start(params, len(x), x.dtype)
        projected = self.subject.project(params, x)
        carry, y, cache = self.forward(params, inputs["carry"], projected)
        dparams, dcarry, dx = self.backward(inputs, projected, cache)
        found = {"start": start, "carry": carry, "y": y, "cache": cache}
        return {**found, "dparams": dparams, "dcarry": dcarry, "dx": dx}

    def value(self, inputs: Tree) -> Array:
        """``sum carry' dcarry + sum y dy``, whose gradient is what backward gives for dcarry and dy."""
        projected = self.subject.project(inputs["params"], inputs["x"])
        carry, y, _ = self.forward(inputs["params"], inputs["carry"], projected)
        return inner_product((carry, y), (inputs["dcarry"], inputs["dy"]))

    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        return flatten({by: outputs[name] for name, by in GRADIENTS.items()})

    def differentiable(self, path: str) -> bool:
        return path.split("/")[0] in GRADIENTS.values()

    def is_output_gradient(self, path: str) -> bool:
        return path.split("/")[0] in ("dcarry", "dy")

    def forms(self, outputs: Tree) -> tuple[dict[str, Array], dict[str, Array]]:
        """Every gradient like what it is by, the carry after the step and at the start like the carry before."""
        before = {**GRADIENTS, "carry": "carry", "start": "carry"}
        wanted = {name: self.inputs[by] for name, by in before.items()}
        return flatten({name: outputs[name] for name in before}), flatten(wanted)

    def __str__(self) -> str:
        return f"{self.subject!r} x {shapes(self.x)}"
