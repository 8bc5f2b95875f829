"""A loss with an example to try it on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid.check.cases.case import Case
from pellucid.check.cases.example import check_sizes, fill, shapes
from pellucid.layer import Loss
from pellucid.trees import count_examples, flatten, times_share
from pellucid.types import Array, Tree


@dataclass(frozen=True, eq=False)
class LossCase(Case):
    """A loss, outputs and targets: ``LossCase(SoftmaxCrossEntropy(), y=(3, 4), target=np.array([0, 3, 1]))``.

    ``y`` and ``target`` are shapes to be filled with normal numbers, or arrays; or trees of either. The target is None
    for a loss that uses none.
    """

    subject: Loss
    y: Tree
    target: Tree = None

    def __post_init__(self) -> None:
        check_sizes(self, "y", self.y)
        if self.target is not None:
            check_sizes(self, "target", self.target)

    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        rng = np.random.default_rng(seed)
        y = fill(self.y, rng, seed, batch)
        target = None if self.target is None else fill(self.target, rng, seed, batch)
        return {"y": y, "target": target, "share": rng.standard_normal(count_examples(y))}

    def run(self, inputs: Tree) -> Tree:
        y, target = inputs["y"], inputs["target"]
        value, gradient = self.subject.value(y, target), self.subject.gradient(y, target)
        return {"value": value, "gradient": gradient, "predict": self.subject.predict(y)}

    def value(self, inputs: Tree) -> Array:
        """``sum_i share_i value_i``, with shares at random, so that no example can stand in for another."""
        return (inputs["share"] * self.subject.value(inputs["y"], inputs["target"])).sum()

    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        return flatten({"y": times_share(outputs["gradient"], inputs["share"])})

    def differentiable(self, path: str) -> bool:
        return path.split("/")[0] == "y"

    def __str__(self) -> str:
        target = "" if self.target is None else f" target {shapes(self.target)}"
        return f"{self.subject!r} y {shapes(self.y)}{target}"
