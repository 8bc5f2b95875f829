"""A layer or combinator with an example to try it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.check.cases.backward_case import BackwardCase, inner_product, normal_like, perturb
from pellucid.check.cases.case import floating
from pellucid.check.cases.example import check_sizes, fill, shapes
from pellucid.layer import Layer
from pellucid.shape_inference import first_weights
from pellucid.trees import flatten
from pellucid.types import Array, Key, Tree

MODES = {"use": False, "train": True}
"""The two ways a layer runs, and what ``train`` is in each."""


@dataclass(frozen=True, eq=False)
class LayerCase(BackwardCase):
    """A layer (or combinator) and its inputs: ``LayerCase(Dense(3), x=(5, 4))``.

    ``x`` is a shape, batch first, to be filled with normal numbers; or arrays; or a tree of either. Weights are those
    of ``init`` with a little noise, so that a bias of 0 or a gain of 1 hides no fault. ``fewest`` is how many examples
    the layer needs in training: batch normalisation 2.
    """

    subject: Layer
    x: Tree
    fewest: int = 1

    def __post_init__(self) -> None:
        validate.instance(self, "subject", self.subject, Layer)
        check_sizes(self, "x", self.x)

    @property
    def network_input(self) -> Tree:
        return self.inputs["use"]["x"]

    @property
    def caches(self) -> dict[str, Any]:
        return {mode: self.on_numpy[mode]["cache"] for mode in MODES}

    def initialize(self, key: Key, x: Tree) -> Tree:
        params, state = first_weights(self.subject, key, x)
        return {"params": params, "state": state}

    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        rng = np.random.default_rng(seed)
        count = None if batch is None else max(batch, self.fewest)
        x = fill(self.x, rng, seed, count)
        params, state = first_weights(self.subject, ops.key(seed), x)
        params = perturb(params, 0.1, rng)
        key = ops.key(seed + 1) if self.subject.is_random() else None
        y, _, state = self.subject.forward(params, state, x, key, True)
        dy = normal_like(y, rng)
        return {mode: {"params": params, "state": state, "x": x, "key": key, "dy": dy} for mode in MODES}

    def run(self, inputs: Tree) -> Tree:
        return {mode: self.run_once(inputs[mode], train) for mode, train in MODES.items()}

    def run_once(self, inputs: Tree, train: bool) -> Tree:
        """Forward and backward in one mode."""
        params = inputs["params"]
        y, cache, state = self.subject.forward(params, inputs["state"], inputs["x"], inputs["key"], train)
        dparams, dx = self.subject.backward(params, cache, inputs["dy"])
        return {"y": y, "cache": cache, "state": state, "dparams": dparams, "dx": dx}

    def value(self, inputs: Tree) -> Array:
        """``sum y dy`` of both modes, whose gradient is what backward gives for dy."""
        total: Array = 0.0
        for mode, train in MODES.items():
            params, state, x, key, dy = (inputs[mode][name] for name in ("params", "state", "x", "key", "dy"))
            y, _, _ = self.subject.forward(params, state, x, key, train)
            total = total + inner_product(y, dy)
        return total

    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        whole = {path for path, leaf in flatten(inputs).items() if not floating(leaf)}
        given = flatten({mode: {"params": outputs[mode]["dparams"], "x": outputs[mode]["dx"]} for mode in MODES})
        return {path: leaf for path, leaf in given.items() if path not in whole}

    def differentiable(self, path: str) -> bool:
        return path.split("/")[1] in ("params", "x")

    def is_output_gradient(self, path: str) -> bool:
        return path.split("/")[1] == "dy"

    def forms(self, outputs: Tree) -> tuple[dict[str, Array], dict[str, Array]]:
        """dparams like params, dx like x, and the state after like the state before.

        Whole-number inputs have no gradient, so it does not matter what dx holds for them.
        """
        before = {"dparams": "params", "dx": "x", "state": "state"}
        got = flatten({mode: {after: outputs[mode][after] for after in before} for mode in MODES})
        wanted = flatten({mode: {after: self.inputs[mode][name] for after, name in before.items()} for mode in MODES})
        whole = {path for path, leaf in wanted.items() if path.split("/")[1] == "dx" and not floating(leaf)}
        for path in whole:
            got.pop(path, None)
            del wanted[path]
        return got, wanted

    def __str__(self) -> str:
        return f"{self.subject!r} x {shapes(self.x)}"
