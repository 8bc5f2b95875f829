"""The suite finds what it is there to find in layers: each fault fails the check named beside it."""

from __future__ import annotations

import numpy as np
import pytest

from check.sabotaged import DENSE, AlwaysOn
from pellucid import ops
from pellucid.check import CHECKS, LAYER_CHECKS, LOSS_CHECKS, LayerCase, checks_for, conformance, run_check
from pellucid.errors import ConformanceError
from pellucid.layers import Dense, Identity


class ForgetsAFactor(Identity):
    """``y = x^2`` with ``dx = x dy``: automatic differentiation is led to believe it."""

    def forward(self, params, state, x, key=None, train=False):
        if ops.is_numpy(x):
            return x * x, {"x": x}, state
        import jax

        return x * jax.lax.stop_gradient(x), {"x": x}, state

    def backward(self, params, cache, dy):
        return {}, cache["x"] * dy


class SlightlyOff(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams, dx * (1.0 + 1e-8)


class WrongInTraining(Dense):
    def forward(self, params, state, x, key=None, train=False):
        y, cache, state = super().forward(params, state, x, key, train)
        return (2.0 * y if train else y), cache, state


class NeedsTwoExamples(Identity):
    def backward(self, params, cache, dy):
        return {}, (dy if len(dy) > 1 else 0.0 * dy)


class OtherOnJax(Identity):
    def forward(self, params, state, x, key=None, train=False):
        return (x if ops.is_numpy(x) else x * (1.0 + 1e-8)), {"x": x}, state


class OtherWhenCompiled(Identity):
    def forward(self, params, state, x, key=None, train=False):
        import jax

        return (x * 1.5 if isinstance(x, jax.core.Tracer) else x), {"x": x}, state


class BranchesOnValues(Identity):
    def forward(self, params, state, x, key=None, train=False):
        return (x if x.sum() > 0 else -x), {"x": x}, state


class OtherInAPopulation(Identity):
    def forward(self, params, state, x, key=None, train=False):
        if ops.is_numpy(x):
            return 2.0 * x, {"x": x}, state
        import jax

        double = jax.custom_batching.custom_vmap(lambda x: 2.0 * x)
        double.def_vmap(lambda size, batched, x: (3.0 * x, True))
        return double(x), {"x": x}, state


class GrowsToFloat64(Identity):
    def forward(self, params, state, x, key=None, train=False):
        return x * np.float64(2.0), {"x": x}, state


class GradientGrowsOnJax(Identity):
    def backward(self, params, cache, dy):
        return {}, (dy if ops.is_numpy(dy) else dy.astype("float64"))


class HashedByPlace(Dense):
    __hash__ = object.__hash__


class EqualToItselfAlone(Dense):
    __eq__ = object.__eq__
    __hash__ = Dense.__hash__


class LosesAFieldInPickle(Dense):
    def __reduce__(self):
        return type(self), (self.units + 1,)


class LosesAFieldInJson(Dense):
    @classmethod
    def from_fields(cls, values):
        return cls(values["units"] + 1)


class WritesToX(Identity):
    def forward(self, params, state, x, key=None, train=False):
        if ops.is_numpy(x):
            x += 1.0
        return x, {"x": x}, state


class WritesToDy(Identity):
    def backward(self, params, cache, dy):
        if ops.is_numpy(dy):
            dy *= 2.0
        return {}, dy


class Accumulates(Identity):
    def forward(self, params, state, x, key=None, train=False):
        COUNT.append(1)
        return x + len(COUNT), {"x": x}, state


COUNT: list[int] = []


class ClipsItsGradient(Identity):
    def backward(self, params, cache, dy):
        return {}, ops.namespace(dy).clip(dy, -0.5, 0.5)


class DrawsFromElsewhere(Dense):
    def init(self, key, x):
        params, state = super().init(key, x)
        return params | {"W": np.random.default_rng().normal(size=params["W"].shape).astype(x.dtype)}, state


class LooksAtX(Dense):
    def init(self, key, x):
        params, state = super().init(key, x)
        return params | {"b": params["b"] + x.mean()}, state


class AlwaysFloat64(Dense):
    def init(self, key, x):
        params, state = super().init(key, x)
        return {name: leaf.astype("float64") for name, leaf in params.items()}, state


class ChangesItsState(Identity):
    def init(self, key, x):
        return {}, {"mean": ops.namespace(key).zeros(x.shape[1:], dtype=x.dtype)}

    def forward(self, params, state, x, key=None, train=False):
        return x, {"x": x}, {"mean": x.mean()}


class CachesAList(Identity):
    def forward(self, params, state, x, key=None, train=False):
        return x, [x], state


class CachesAShape(Identity):
    def forward(self, params, state, x, key=None, train=False):
        return x, {"x": x, "shape": x.shape}, state


class RandomInUse(Identity):
    """Noise that depends on the key, though none is announced."""

    def forward(self, params, state, x, key=None, train=False):
        return (x if key is None else x + ops.uniform(key, x.shape, x.dtype)), {"x": x}, state


FAULTY_LAYERS = (
    *((kind, "gradient_equals_automatic") for kind, _ in DENSE),
    *((kind, "gradient_equals_central_differences") for kind, _ in DENSE),
    (SlightlyOff, "gradient_equals_automatic"),
    (WrongInTraining, "gradient_equals_automatic"),
    (WrongInTraining, "gradient_equals_central_differences"),
    (ForgetsAFactor, "gradient_equals_central_differences"),
    (AlwaysOn, "gradient_equals_central_differences"),
    (NeedsTwoExamples, "batch_of_one"),
    (OtherOnJax, "numpy_equals_jax"),
    (BranchesOnValues, "numpy_equals_jax"),
    (OtherWhenCompiled, "jit_equals_eager"),
    (OtherInAPopulation, "vmap_equals_loop"),
    (GrowsToFloat64, "float32_stays_float32"),
    (GradientGrowsOnJax, "float32_stays_float32"),
    (EqualToItselfAlone, "equal_specifications_share_a_trace"),
    (HashedByPlace, "pickle_round_trip"),
    (LosesAFieldInPickle, "pickle_round_trip"),
    (LosesAFieldInJson, "json_round_trip"),
    (WritesToX, "inputs_stay_as_they_are"),
    (WritesToDy, "inputs_stay_as_they_are"),
    (Accumulates, "inputs_stay_as_they_are"),
    (ClipsItsGradient, "backward_is_linear"),
    (DrawsFromElsewhere, "weights_come_from_the_key"),
    (LooksAtX, "weights_come_from_the_key"),
    (AlwaysFloat64, "weights_come_from_the_key"),
    (DENSE[3][0], "trees_keep_their_form"),
    (ChangesItsState, "trees_keep_their_form"),
    (CachesAList, "cache_is_named_arrays"),
    (CachesAShape, "cache_is_named_arrays"),
    (RandomInUse, "only_random_layers_need_a_key"),
)


@pytest.mark.parametrize(("faulty", "name"), FAULTY_LAYERS, ids=lambda value: getattr(value, "__name__", value))
def test_a_faulty_layer_fails_its_check(faulty, name):
    case = LayerCase(faulty(3) if issubclass(faulty, Dense) else faulty(), x=(5, 4))
    check = next(check for check in checks_for(case) if check.__name__ == name)
    with pytest.raises(ConformanceError, match=name):
        run_check(check, case)


def test_every_check_of_layers_has_a_fault_that_it_finds():
    assert {check.__name__ for check in LAYER_CHECKS} == {name for _, name in FAULTY_LAYERS}
    assert set(LAYER_CHECKS) & set(LOSS_CHECKS) == set(CHECKS)


def test_a_weight_in_another_dtype_than_x_is_named():
    with pytest.raises(ConformanceError, match=r"init gives params/W in float64 for x in float32: make it in x.dtype"):
        conformance(LayerCase(AlwaysFloat64(3), x=(5, 4)))
