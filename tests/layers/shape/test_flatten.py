import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.layers import Dense, Embedding, Flatten
from pellucid.ops import key


def test_rows_are_the_numbers_in_order_and_go_back_to_their_places():
    x = np.arange(12.0).reshape(2, 3, 2)
    y, cache, state = Flatten().forward({}, {}, x)
    assert y.tolist() == [[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0]]
    assert state == {}
    dparams, dx = Flatten().backward({}, cache, y)
    assert dparams == {}
    np.testing.assert_array_equal(dx, x)


@pytest.mark.parametrize(("shape", "flat"), [((3,), (3, 1)), ((3, 4), (3, 4)), ((0, 2, 5), (0, 10))])
def test_shapes(shape, flat):
    assert Flatten().forward({}, {}, np.zeros(shape))[0].shape == flat


def test_a_layer_behind_it_gets_its_weights_for_the_whole_row():
    params, _ = Chain(Embedding(10, 4), Flatten(), Dense(2)).init(key(0), np.zeros((1, 3), np.int32))
    assert params["dense_1"]["W"].shape == (12, 2)
