"""Cells with one fault each: what the conformance suite must find."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.cells import LSTM, SimpleRNN
from pellucid.initializers import Glorot
from pellucid.layer import Cell


class Leaky(Cell):
    """No fault: ``h' = a h + tanh(x W)``, ``y = h'``, with all gradients in ``backward``."""

    units: int = 3
    keep: float = 0.9

    def init(self, key, x):
        features = x.shape[-1]
        return {"W": Glorot()(key, (features, self.units), features, self.units, x.dtype)}

    def start(self, params, batch, dtype):
        return {"h": ops.namespace(params["W"]).zeros((batch, self.units), dtype=dtype)}

    def forward(self, params, carry, x):
        t = ops.namespace(x).tanh(x @ params["W"])
        h = self.keep * carry["h"] + t
        return {"h": h}, h, {"x": x, "t": t}

    def backward(self, params, cache, dcarry, dy):
        dh = dcarry["h"] + dy
        da = dh * (1.0 - cache["t"] ** 2)
        return {"W": cache["x"].T @ da}, {"h": self.keep * dh}, da @ params["W"].T


class Changed(Leaky):
    """A Leaky whose gradients ``change`` makes wrong."""

    def backward(self, params, cache, dcarry, dy):
        return self.change(*super().backward(params, cache, dcarry, dy))


class SignOfACarry(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, {"h": -dcarry["h"]}, dx


class WeightSlightlyOff(Changed):
    def change(self, dparams, dcarry, dx):
        return {"W": dparams["W"] * (1.0 + 1e-8)}, dcarry, dx


class WeightMissing(Changed):
    def change(self, dparams, dcarry, dx):
        return {}, dcarry, dx


class ForgetsDy(Leaky):
    """Back-propagation from the steps after alone."""

    def backward(self, params, cache, dcarry, dy):
        return super().backward(params, cache, dcarry, 0.0 * dy)


class ForgetsDcarry(Leaky):
    """No back-propagation through time."""

    def backward(self, params, cache, dcarry, dy):
        return super().backward(params, cache, {"h": 0.0 * dcarry["h"]}, dy)


class ZeroGradients(LSTM):
    """An LSTM whose weights never learn: the shapes are right."""

    def gather(self, params, cache, x, dx):
        dparams, dx = super().gather(params, cache, x, dx)
        return {name: 0.0 * leaf for name, leaf in dparams.items()}, dx


class OneStepAlone(SimpleRNN):
    """``gather`` with the products of one step: right as long as there is only one."""

    def gather(self, params, cache, x, dx):
        dparams, dx = super().gather(params, cache, x, dx)
        return {**dparams, "b": dparams["b"] / (len(x) if x.ndim > 2 else 1)}, dx


class ForgetsAFactor(Leaky):
    """``y = h'^2`` with half its gradient: automatic differentiation is led to believe it."""

    def forward(self, params, carry, x):
        after, h, cache = super().forward(params, carry, x)
        if ops.is_numpy(h):
            return after, h * h, {**cache, "h": h}
        import jax

        return after, h * jax.lax.stop_gradient(h), {**cache, "h": h}

    def backward(self, params, cache, dcarry, dy):
        return super().backward(params, cache, dcarry, dy * cache["h"])


class NeedsTwoExamples(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, dcarry, (dx if len(dx) > 1 else 0.0 * dx)


class OtherOnJax(Leaky):
    def start(self, params, batch, dtype):
        start = super().start(params, batch, dtype)
        return start if ops.is_numpy(params["W"]) else {"h": start["h"] + 1.0}


class OtherWhenCompiled(Leaky):
    def forward(self, params, carry, x):
        import jax

        return super().forward(params, carry, 1.5 * x if isinstance(x, jax.core.Tracer) else x)


class OtherInAPopulation(Leaky):
    def project(self, params, x):
        if ops.is_numpy(x):
            return 2.0 * x
        import jax

        double = jax.custom_batching.custom_vmap(lambda x: 2.0 * x)
        double.def_vmap(lambda size, batched, x: (3.0 * x, True))
        return double(x)

    def gather(self, params, cache, x, dx):
        return {}, 2.0 * dx


class StartsInFloat64(Leaky):
    def start(self, params, batch, dtype):
        return super().start(params, batch, np.float64)


class EqualToItselfAlone(Leaky):
    __eq__ = object.__eq__
    __hash__ = Leaky.__hash__


class LosesAFieldInPickle(Leaky):
    def __reduce__(self):
        return type(self), (self.units + 1,)


class LosesAFieldInJson(Leaky):
    @classmethod
    def from_fields(cls, values):
        return cls(values["units"] + 1)


class WritesToTheCarry(Leaky):
    def forward(self, params, carry, x):
        if ops.is_numpy(x):
            carry["h"] *= self.keep
        return super().forward(params, carry, x)


class WritesToDcarry(Leaky):
    def backward(self, params, cache, dcarry, dy):
        if ops.is_numpy(dy):
            dcarry["h"] += dy
            dy = 0.0 * dy
        return super().backward(params, cache, dcarry, dy)


class ClipsItsGradient(Changed):
    def change(self, dparams, dcarry, dx):
        return dparams, {"h": ops.namespace(dx).clip(dcarry["h"], -0.5, 0.5)}, dx


class DrawsFromElsewhere(Leaky):
    def init(self, key, x):
        W = super().init(key, x)["W"]
        return {"W": np.random.default_rng().normal(size=W.shape).astype(x.dtype)}


class CachesAShape(Leaky):
    def forward(self, params, carry, x):
        after, y, cache = super().forward(params, carry, x)
        return after, y, {**cache, "shape": x.shape}


class StartsFromItsWeights(Leaky):
    """A learned start: its gradient is lost, for none goes through ``start``."""

    def start(self, params, batch, dtype):
        start = super().start(params, batch, dtype)
        return {"h": start["h"] + params["W"][0]}


class MixesExamples(Leaky):
    """Each example gets a little of the first, and backward knows it."""

    def forward(self, params, carry, x):
        return super().forward(params, carry, x + x[:1])

    def backward(self, params, cache, dcarry, dy):
        dparams, dcarry, dx = super().backward(params, cache, dcarry, dy)
        first = (ops.namespace(dx).arange(len(dx)) == 0)[:, None]
        return dparams, dcarry, dx + first * dx.sum(axis=0)


class CachesTimeFirst(Leaky):
    def forward(self, params, carry, x):
        after, y, cache = super().forward(params, carry, x)
        return after, y, {**cache, "t": cache["t"].T}

    def backward(self, params, cache, dcarry, dy):
        return super().backward(params, {**cache, "t": cache["t"].T}, dcarry, dy)


FAULTY_CELLS = (
    *((cell, "gradient_equals_automatic") for cell in (SignOfACarry, WeightSlightlyOff, ForgetsDy, ForgetsDcarry)),
    (ZeroGradients, "gradient_equals_automatic"),
    *((cell, "gradient_equals_central_differences") for cell in (SignOfACarry, ForgetsDy, ForgetsDcarry)),
    (ZeroGradients, "gradient_equals_central_differences"),
    (ForgetsAFactor, "gradient_equals_central_differences"),
    (WeightMissing, "trees_keep_their_form"),
    (StartsInFloat64, "float32_stays_float32"),
    (NeedsTwoExamples, "batch_of_one"),
    (OtherOnJax, "numpy_equals_jax"),
    (OtherWhenCompiled, "jit_equals_eager"),
    (OtherInAPopulation, "vmap_equals_loop"),
    (EqualToItselfAlone, "equal_specifications_share_a_trace"),
    (LosesAFieldInPickle, "pickle_round_trip"),
    (LosesAFieldInJson, "json_round_trip"),
    (WritesToTheCarry, "inputs_stay_as_they_are"),
    (WritesToDcarry, "inputs_stay_as_they_are"),
    (ClipsItsGradient, "backward_is_linear"),
    (DrawsFromElsewhere, "weights_come_from_the_key"),
    (CachesAShape, "cache_is_named_arrays"),
    (StartsFromItsWeights, "the_start_is_constant"),
    (MixesExamples, "the_batch_comes_first"),
    (CachesTimeFirst, "the_batch_comes_first"),
    (OneStepAlone, "several_steps_at_once"),
)
"""Each faulty cell, with a check that must find it."""
