"""The network in columns of units."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.check.inputs import bind_inputs
from pellucid.combinators import Chain
from pellucid.derivation.algebra.expression import Symbol, total
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.derive.diagram import columns
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.trace.names import Names
from pellucid.layers import Dense, Identity, ReLU
from pellucid.losses import HalfSquaredError


def test_the_picture_of_a_long_network_is_short(unrolled):
    assert len(unrolled.network) < 60
    assert "… " in unrolled.network[1].title
    assert len(unrolled.html()) < 300_000


def test_gates_stand_in_one_column():
    lstm = EXAMPLES["lstm"].explain()
    assert [len(column.units) for column in lstm.network] == [1, 4, 4, 1, 1, 1]
    assert [column.layer for column in lstm.network[1:3]] == ["weighted sums", "sigmoid, tanh"]
    page = lstm.html()
    assert ">step 0<" in page
    assert "WeightedSums" not in page


def diagram_of(model, x, named=(), most=8):
    """The columns of a network, for a derivation that names some of its numbers."""
    y, _, _ = model.forward(*model.init(ops.key(0), x), x)
    tree = bind_inputs(model, x, np.zeros(y.shape), None, None, 0, None)
    trace = trace_network(model, HalfSquaredError(), tree, False)
    last = DerivationStep("∂E/∂w", total([Symbol(name, 1.0) for name in named]), float(len(named)), "")
    return columns(trace, Names(len(x)), last, most)


def test_a_column_for_the_inputs_and_for_each_layer():
    first, dense, relu = diagram_of(Chain(dense=Dense(2), relu=ReLU()), np.array([[1.0, 2.0, 3.0]]))
    assert (first.title, first.layer, first.size) == ("x", "input", 3)
    assert (dense.title, dense.layer) == ("dense", "Dense(2)")
    assert [unit.name for unit in relu.units] == ["relu[0]", "relu[1]"]
    assert [unit.value for unit in first.units] == [1.0, 2.0, 3.0]


def test_of_many_units_those_that_are_named_are_kept():
    _, wide = diagram_of(Chain(wide=Dense(30)), np.ones((1, 2)), ["wide[17]", "wide[29]"], most=4)
    assert wide.size == 30
    assert [unit.name for unit in wide.units] == ["wide[0]", "wide[1]", "wide[17]", "wide[29]"]


def test_of_many_columns_the_last_that_are_named_are_kept():
    layers = {f"l{i}": Identity() for i in range(60)}
    titles = [column.title for column in diagram_of(Chain(**layers), np.ones((1, 1)), ["l3[0]", "l4[0]"])]
    assert titles == ["x", "… 3 more", "l3", "l4", "… 54 more", "l59"]
