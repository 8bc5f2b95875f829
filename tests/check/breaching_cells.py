"""Cells that do not return what the contract says, each with what the suite must say of it."""

from __future__ import annotations

from check.sabotaged_cells import Changed, Leaky, WeightMissing
from pellucid.cells import GRU, SimpleRNN


class WeightTransposed(Changed):
    def change(self, dparams, dcarry, dx):
        return {"W": dparams["W"].T}, dcarry, dx


class OneTooMany(Changed):
    def change(self, dparams, dcarry, dx):
        return {**dparams, "gain": dx}, dcarry, dx


class CarryMissing(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, {}, dx


class CarryOfAnotherTree(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, dcarry["h"], dx


class InputOfOneExample(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, dcarry, dx[:1]


class NoParams(Changed):
    def change(self, dparams, dcarry, dx):
        return None, dcarry, dx


class TwoResults(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, dx


class NumbersInsteadOfArrays(Changed):
    def change(self, dparams, dcarry, dx):
        return {"W": 0.0}, dcarry, dx


class GivenTwice(SimpleRNN):
    """``backward`` gives the gradient by b, and ``gather`` gives it again."""

    def backward(self, params, cache, dcarry, dy):
        _, dcarry, dx = super().backward(params, cache, dcarry, dy)
        return {"b": dx.sum(axis=0)}, dcarry, dx


class BiasGivenByNeither(GRU):
    def gather(self, params, cache, x, dx):
        dparams, dx = super().gather(params, cache, x, dx)
        return {name: leaf for name, leaf in dparams.items() if name != "b"}, dx


class CarryChangesItsForm(Leaky):
    def forward(self, params, carry, x):
        after, y, cache = super().forward(params, carry, x)
        return {**after, "y": y}, y, cache


BREACHES = (
    (WeightMissing, "backward with gather lacks dparams/W"),
    (BiasGivenByNeither, "backward with gather lacks dparams/b"),
    (OneTooMany, "backward with gather has more than asked: dparams/gain"),
    (WeightTransposed, r"dparams/W has shape \(3, 4\) by backward with gather, but must have \(4, 3\)"),
    (NumbersInsteadOfArrays, r"dparams/W has shape \(\) by backward with gather, but must have \(4, 3\)"),
    (CarryMissing, "backward with gather lacks dcarry/h"),
    (CarryOfAnotherTree, "backward with gather lacks dcarry/h"),
    (InputOfOneExample, r"dx has shape \(1, 4\) by backward, but must have \(5, 4\)"),
    (NoParams, "backward gives dparams as None, not a dict by the names of params"),
    (TwoResults, r"backward must return \(dparams, dcarry, dx\), not \(dict, ndarray\)"),
    (GivenTwice, "backward and gather both give the gradient by b"),
    (CarryChangesItsForm, "forward has more than asked: carry/y"),
)
"""Each cell that does not return what the contract says, with what is said of it."""
