"""The suite finds what it is there to find: each fault fails the check named beside it."""

from __future__ import annotations

import numpy as np
import pytest

from check.sabotaged import DENSE, AlwaysOn, CallsNumPy
from pellucid import ops
from pellucid.check import CHECKS, LAYER_CHECKS, LOSS_CHECKS, LayerCase, LossCase, checks_for, conformance, run_check
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, ConformanceError
from pellucid.layer import Layer, Loss
from pellucid.layers import Dense, Identity, ReLU, Tanh
from pellucid.losses import HalfSquaredError


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


class Halved(HalfSquaredError):
    def gradient(self, y, target):
        return 0.5 * super().gradient(y, target)


class OfTheBatch(HalfSquaredError):
    def value(self, y, target):
        return super().value(y, target).mean()


class MixesExamples(HalfSquaredError):
    """The sum over the batch is right, the share of each example is not."""

    def value(self, y, target):
        return super().value(y, target).mean() + 0.0 * y[:, 0]


@pytest.mark.parametrize(
    ("faulty", "name"),
    [
        (Halved, "gradient_equals_automatic"),
        (Halved, "gradient_equals_central_differences"),
        (OfTheBatch, "a_value_for_each_example"),
        (MixesExamples, "gradient_equals_automatic"),
    ],
)
def test_a_faulty_loss_fails_its_check(faulty, name):
    case = LossCase(faulty(), y=(5, 4), target=(5, 4))
    check = next(check for check in checks_for(case) if check.__name__ == name)
    with pytest.raises(ConformanceError, match=name):
        run_check(check, case)


def test_every_check_of_layers_has_a_fault_that_it_finds():
    assert {check.__name__ for check in LAYER_CHECKS} == {name for _, name in FAULTY_LAYERS}
    assert set(LAYER_CHECKS) & set(LOSS_CHECKS) == set(CHECKS)


def test_a_sound_layer_of_ones_own_passes():
    class Cube(Layer):
        """``y = x^3 / 10``."""

        def forward(self, params, state, x, key=None, train=False):
            return 0.1 * x**3, {"x": x}, state

        def backward(self, params, cache, dy):
            return {}, 0.3 * dy * cache["x"] ** 2

    run = [check for check in LAYER_CHECKS if check.__name__ != "pickle_round_trip"]
    case = LayerCase(Cube(), x=np.linspace(-1.0, 2.0, 12).reshape(4, 3))
    for check in run:
        if check.__name__ != "equal_specifications_share_a_trace":
            run_check(check, case)
    with pytest.raises(ConformanceError, match=r"pickle_round_trip.*Can't pickle local"):
        run_check(next(check for check in LAYER_CHECKS if check not in run), case)


def test_the_summary_names_what_passed_or_tells_all_that_failed():
    passed = conformance(LayerCase(Chain(Dense(2), Tanh()), x=(3, 4)))
    assert passed == tuple(check.__name__ for check in LAYER_CHECKS)
    with pytest.raises(ConformanceError) as caught:
        conformance(LayerCase(DENSE[0][0](2), x=(3, 4)))
    lines = str(caught.value).splitlines()
    assert lines[0] == f"SignFlipped(2) x (3,4) fails 3 of {len(LAYER_CHECKS)} checks"
    assert "gradient_equals_automatic: SignFlipped(2) x (3,4): train/params/W at [0, 0] is" in lines[1]


def test_arrays_and_trees_of_shapes_make_an_example():
    class Sum(Layer):
        """``y = x_0 + x_1``."""

        def forward(self, params, state, x, key=None, train=False):
            return x[0] + x[1], {}, state

        def backward(self, params, cache, dy):
            return {}, (dy, dy)

    given = np.arange(12.0).reshape(3, 4)
    case = LayerCase(Sum(), x=((3, 4), given))
    assert str(case) == "Sum() x ((3,4),(3,4))"
    assert (case.draw(0)["use"]["x"][1] == given).all()
    assert (case.draw(1)["use"]["x"][1] == np.roll(given, 1, axis=0)).all()
    assert case.draw(0, batch=1)["use"]["x"][0].shape == (1, 4)
    run_check(LAYER_CHECKS[1], case)


class Lookup(Layer):
    """``y = table[i]``: whole-number inputs, for which dx may hold anything."""

    def init(self, key, x):
        return {"table": ops.normal(key, (4, 3), "float32")}, {}

    def forward(self, params, state, x, key=None, train=False):
        return params["table"][x], {"i": x}, state

    def backward(self, params, cache, dy):
        rows = (cache["i"][:, None] == ops.namespace(dy).arange(4)).astype(dy.dtype)
        return {"table": rows.T @ dy}, cache["i"]


class DropsHalf(Layer):
    """Half of the inputs, doubled, in training."""

    def is_random(self):
        return True

    def forward(self, params, state, x, key=None, train=False):
        keep = 2.0 * (ops.uniform(key, x.shape, x.dtype) < 0.5) if train else ops.namespace(x).ones_like(x)
        keep = keep.astype(x.dtype)
        return x * keep, {"keep": keep}, state

    def backward(self, params, cache, dy):
        return {}, dy * cache["keep"]


class Centre(Layer):
    """``y = x - mean``: the batch's own in training, a running one in use."""

    def init(self, key, x):
        return {}, {"mean": np.zeros(x.shape[-1], x.dtype)}

    def forward(self, params, state, x, key=None, train=False):
        mean = x.mean(axis=0) if train else state["mean"]
        share = ops.namespace(x).full((1,), 1.0 / len(x) if train else 0.0, dtype=x.dtype)
        return x - mean, {"share": share}, {"mean": 0.9 * state["mean"] + 0.1 * mean}

    def backward(self, params, cache, dy):
        return {}, dy - cache["share"] * dy.sum(axis=0)


@pytest.mark.parametrize(
    "case",
    [LayerCase(Lookup(), x=np.array([0, 3, 1, 1])), LayerCase(DropsHalf(), x=(4, 3)), LayerCase(Centre(), x=(4, 3))],
    ids=str,
)
def test_whole_numbers_random_layers_and_layers_with_state_can_pass(case):
    assert conformance(case)


def test_losses_of_ones_own_are_read_back_by_name():
    class Absolute(Loss):
        """``E = sum |y - target|``."""

        def value(self, y, target):
            return abs(y - target).sum(axis=-1)

        def gradient(self, y, target):
            return ops.namespace(y).sign(y - target)

    checks = [check for check in LOSS_CHECKS if "pickle" not in check.__name__ and "trace" not in check.__name__]
    for check in checks:
        run_check(check, LossCase(Absolute(), y=(3, 2), target=(3, 2)))


@pytest.mark.parametrize("shape", [(0, 3), (4, 0), (-1, 3), (), np.zeros((0, 3)), np.float64(1.0)], ids=str)
def test_a_case_without_examples_proves_nothing_and_is_refused(shape):
    for x in (shape, ((4, 3), shape)):
        with pytest.raises(ConfigError, match="LayerCase: x must have an axis of examples and no size below 1"):
            LayerCase(Identity(), x=x)
    with pytest.raises(ConfigError, match="LossCase: y must have"):
        LossCase(HalfSquaredError(), y=shape, target=(4, 3))
    with pytest.raises(ConfigError, match="LossCase: target must have"):
        LossCase(HalfSquaredError(), y=(4, 3), target=shape)


def test_a_layer_that_calls_numpy_is_told_once_what_to_call():
    with pytest.raises(ConformanceError) as caught:
        conformance(LayerCase(CallsNumPy(), x=(5, 4)))
    first, *rest = str(caught.value).splitlines()
    assert len(rest) == 1
    assert rest[0].endswith("use xp = ops.namespace(x) (from pellucid import ops) instead of numpy")
    named = rest[0].split(": ")[0].split(", ")
    assert {"gradient_equals_automatic", "numpy_equals_jax"} < set(named)
    assert first == f"CallsNumPy() x (5,4) fails {len(named)} of {len(LAYER_CHECKS)} checks"


def test_a_weight_in_another_dtype_than_x_is_named():
    with pytest.raises(ConformanceError, match=r"init gives params/W in float64 for x in float32: make it in x.dtype"):
        conformance(LayerCase(AlwaysFloat64(3), x=(5, 4)))


def test_kinks_do_not_disturb_random_examples():
    assert conformance(LayerCase(ReLU(), x=(50, 20)))
