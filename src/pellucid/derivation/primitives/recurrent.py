"""What happens in one step of a recurrent layer."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.layer import Cell, Layer
from pellucid.types import Array, Cache, Key, Params, State, Tree


class WeightedSums(Primitive):
    """``net = x_t W + h U + b``: the sums that a cell takes at one ``step``, of the sequence and its carry.

    W (D, S K), U (K, S K) and b (S K,) have the columns of S sums side by side; ``names`` are those taken here, the
    first of them being number ``first``, with K ``units`` each. x is a dict of ``x`` (B, T, D) and ``h`` (B, K), of
    which one may be missing, with its weights; ``c`` (K,) is the bias of a sum of h alone. y has (B, K) for each name.
    """

    names: tuple[str, ...]
    units: int
    step: int
    first: int = 0

    @property
    def columns(self) -> slice:
        """Where the sums taken here are in W, U and b."""
        return slice(self.first * self.units, (self.first + len(self.names)) * self.units)

    def value(self, params: Params, x: Tree) -> Tree:
        net: Array = 0.0
        if "x" in x:  # as the cells do it, to the last bit: chaos would make a difference of any other
            net = (x["x"][:, self.step] @ params["W"] + params["b"])[:, self.columns]
        if "h" in x:
            net = net + x["h"] @ params["U"][:, self.columns]
        if "c" in params:
            net = net + params["c"]
        return dict(zip(self.names, np.split(net, len(self.names), axis=-1), strict=True))

    def gradients(self, params: Params, x: Tree, dy: Tree) -> tuple[Params, Tree]:
        da = np.concatenate([dy[name] for name in self.names], axis=-1)
        dparams = {name: np.zeros(leaf.shape) for name, leaf in params.items()}
        dx = {name: np.zeros(leaf.shape) for name, leaf in x.items()}
        if "x" in x:
            dparams["W"][:, self.columns] = x["x"][:, self.step].T @ da
            dx["x"][:, self.step] = da @ params["W"][:, self.columns].T
        if "h" in x:
            dparams["U"][:, self.columns] = x["h"].T @ da
            dx["h"] = da @ params["U"][:, self.columns].T
        bias, columns = ("b", self.columns) if "b" in params else ("c", slice(None))
        dparams[bias][columns] = da.sum(axis=0)
        return dparams, dx


class Memory(Primitive):
    """``c' = f c + i g``: the old memory by the forget gate, what is proposed by the input gate."""

    def value(self, params: Params, x: Tree) -> Array:
        return x["forget"] * x["before"] + x["input"] * x["proposal"]

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {}, {
            "forget": dy * x["before"],
            "before": dy * x["forget"],
            "input": dy * x["proposal"],
            "proposal": dy * x["input"],
        }


class Blend(Primitive):
    """``h' = z h + (1 - z) n``: a share of the old, and the rest new."""

    def value(self, params: Params, x: Tree) -> Array:
        return x["update"] * x["before"] + (1.0 - x["update"]) * x["proposal"]

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {}, {
            "update": dy * (x["before"] - x["proposal"]),
            "before": dy * x["update"],
            "proposal": dy * (1.0 - x["update"]),
        }


class CellStep(Layer):
    """One ``step`` of any cell: x has the sequence ``x`` (B, T, D) and the ``carry``; y the next carry, and ``y``."""

    nameable = False

    cell: Cell
    step: int

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        given = self.cell.project(params, x["x"][:, self.step])
        carry, y, cache = self.cell.forward(params, x["carry"], given)
        return {"carry": carry, "y": y}, {"x": x["x"], "cell": cache}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams, dcarry, dgiven = self.cell.backward(params, cache["cell"], dy["carry"], dy["y"])
        gathered, dstep = self.cell.gather(params, cache["cell"], cache["x"][:, self.step], dgiven)
        dx = np.zeros(cache["x"].shape)
        dx[:, self.step] = dstep
        return {**dparams, **gathered}, {"x": dx, "carry": dcarry}
