"""Names of numbers: by path and index, or as the reader likes."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Node, Wire
from pellucid.errors import UnknownNameError
from pellucid.layers import Identity

NODE = Node("dense_1", Identity(), {"W": np.zeros((2, 2))}, None, None, {})
ALONE = Node("", Identity(), {}, None, None, {})


def test_the_only_example_is_not_named():
    wire = Wire("dense_1", np.zeros((1, 3)))
    assert Names(1).entry(wire, (0, 2)) == "dense_1[2]"
    assert Names(2).entry(Wire("dense_1", np.zeros((2, 3))), (1, 2)) == "dense_1[1, 2]"


def test_steps_taken_as_examples_are_named_even_with_one_example():
    assert Names(1).entry(Wire("rows", np.zeros((4, 3))), (2, 1)) == "rows[2, 1]"


def test_statistics_of_a_batch_have_no_example():
    assert Names(1).entry(Wire("mean", np.zeros(3), of_examples=False), (2,)) == "mean[2]"


def test_weights_and_other_numbers_of_a_layer_begin_with_its_path():
    names = Names(1)
    assert names.weight(NODE, "W", (0, 1)) == "dense_1/W[0, 1]"
    assert names.weight(ALONE, "W", (0, 1)) == "W[0, 1]"
    assert names.within(NODE, "mask") == "dense_1.mask"
    assert names.within(ALONE, "mask") == "mask"
    assert names.cached(NODE, "mask", (1, 3), (0, 2)) == "dense_1.mask[2]"
    assert names.of_loss("target", (0, 1)) == "target[1]"
    assert names.of_loss("delta", ()) == "delta"
    assert names.gradient("w5") == "∂E/∂w5"


def test_the_reader_may_name_a_number():
    names = Names(1, {"dense_1/W[0, 1]": "w2"})
    assert names.weight(NODE, "W", (0, 1)) == "w2"
    assert names.weight(NODE, "W", (1, 1)) == "dense_1/W[1, 1]"


def test_a_name_for_an_array_that_nothing_registered_is_refused():
    names = Names(1, {"dense1/W[0, 1]": "w2"})
    names.register(["dense_1/W[0, 1]"])
    with pytest.raises(UnknownNameError, match="did you mean dense_1/W"):
        names.require_registered()
    names.register(["dense1/W[1, 1]"])
    names.require_registered()
