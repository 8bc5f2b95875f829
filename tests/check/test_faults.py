"""Whose fault a wrong gradient is."""

from __future__ import annotations

import numpy as np
import pytest

from check.sabotaged import DENSE, Doubled
from pellucid.check import check_gradients
from pellucid.combinators import Chain, Residual
from pellucid.layers import Dense, ReLU, Tanh
from pellucid.losses import HalfSquaredError

LOSS = HalfSquaredError()


def data():
    rng = np.random.default_rng(0)
    return rng.normal(size=(5, 4)), rng.normal(size=(5, 3))


class OffTanh(Tanh):
    def derivative(self, x, y):
        return 1.01 * super().derivative(x, y)


@pytest.mark.parametrize("weights", ["all", "sample", "directions"])
def test_the_layer_at_fault_is_named_and_not_those_before_it(weights):
    x, y = data()
    model = Chain(Dense(4), Tanh(), Residual(Dense(4), OffTanh()), Dense(3))
    report = check_gradients(model, LOSS, x, y, weights=weights)
    assert {"dense_1/W", "dense_1/b", "x"} < set(report.wrong)
    assert [(fault.path, fault.subject, fault.wrong) for fault in report.faults] == [
        ("residual_1/off_tanh_1", "OffTanh()", ("x",))
    ]
    assert (
        str(report)
        .replace("\n  ", " ")
        .endswith(
            "The fault is in residual_1/off_tanh_1 (OffTanh()): its gradient by x is wrong, checked by itself too."
        )
    )
    assert report.as_dict()["faults"][0]["path"] == "residual_1/off_tanh_1"


@pytest.mark.parametrize(("sabotaged", "path"), DENSE, ids=lambda value: getattr(value, "__name__", value))
def test_every_sabotage_is_traced_to_its_layer_and_leaf(sabotaged, path):
    x, y = data()
    x[1:3] = 0.0
    model = Chain(below=Dense(4), relu=ReLU(), it=sabotaged(4), tanh=Tanh(), above=Dense(3))
    report = check_gradients(model, LOSS, x, y)
    assert [(fault.path, fault.wrong) for fault in report.faults] == [("it", (path,))]


def test_several_faults_are_all_named_and_the_loss_is_one():
    class Halved(HalfSquaredError):
        def gradient(self, y, target):
            return 0.5 * super().gradient(y, target)

    report = check_gradients(Chain(Doubled(4), OffTanh(), Dense(3)), Halved(), *data())
    assert [fault.path for fault in report.faults] == ["doubled_1", "off_tanh_1", "loss"]
    assert report.faults[-1].wrong == ("y",)
    assert check_gradients(Doubled(3), LOSS, *data()).faults[0].path == ""


def test_layers_that_are_right_in_a_combinator_that_is_not():
    class Forgetful(Residual, init=False):
        def backward(self, params, cache, dy):
            return Chain.backward(self, params, cache, dy)

    report = check_gradients(Chain(Dense(3), Forgetful(Dense(3))), LOSS, *data())
    assert not report.ok
    assert report.faults == ()
    assert str(report).endswith("look at how they are put together.")


def test_a_right_network_has_no_fault_and_says_what_to_look_at():
    class Slight(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams | {"W": (1.0 + 3e-6) * dparams["W"]}, dx

    report = check_gradients(Slight(3), LOSS, *data())
    assert report.faults == ()
    assert str(report).endswith("No gradient is wrong, but look closer at 2: W, all at once.")
    assert str(check_gradients(Dense(3), LOSS, *data())).endswith("No gradient is wrong.")
