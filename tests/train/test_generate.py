from __future__ import annotations

import numpy as np
import pytest

from pellucid.cells import GRU
from pellucid.combinators import Chain, Fork, Recurrent
from pellucid.data import Vocabulary, split_into_streams
from pellucid.errors import ConfigError, DataError
from pellucid.layer import Layer
from pellucid.layers import Dense, Embedding
from pellucid.losses import LossSum, SoftmaxCrossEntropy
from pellucid.runs import fit
from pellucid.train import Trained, generate


class _After(Layer):
    """Logits (B, T, 3) that say: 1 after 0, and after anything else 0 or 2 with odds of 3 to 1."""

    def forward(self, params, state, x, key=None, train=False):
        table = np.log([[1e-9, 1.0, 1e-9], [0.75, 1e-9, 0.25], [0.75, 1e-9, 0.25]])
        return table[x.astype(int)], {}, state

    def backward(self, params, cache, dy):
        raise NotImplementedError


TRAINED = Trained(_After(), SoftmaxCrossEntropy(), {}, {})


def test_each_number_is_drawn_by_what_the_network_says():
    drawn = generate(TRAINED, [0], 4000, context=5)
    assert (len(drawn), drawn.dtype, drawn[0]) == (4001, np.int32, 0)
    after_zero, after_others = drawn[1:][drawn[:-1] == 0], drawn[1:][drawn[:-1] != 0]
    assert (after_zero == 1).all()
    assert np.mean(after_others == 0) == pytest.approx(0.75, abs=0.03)
    assert np.array_equal(drawn, generate(TRAINED, [0], 4000, context=5))
    assert not np.array_equal(drawn, generate(TRAINED, [0], 4000, context=5, seed=1))


def test_temperature():
    coldest = generate(TRAINED, [0], 6, context=5, temperature=0)
    assert coldest.tolist() == [0, 1, 0, 1, 0, 1, 0]
    cold = generate(TRAINED, [0], 2000, context=1, temperature=0.5)
    others = cold[1:][cold[:-1] != 0]
    assert np.mean(others == 0) == pytest.approx(0.9, abs=0.03)  # 3^2 to 1


def test_a_text_is_learnt_and_said():
    text = "the cat sat on the mat. " * 40
    vocabulary = Vocabulary.of(text)
    x, y = split_into_streams(vocabulary.encode(text), 7, 20)
    model = Chain(Embedding(len(vocabulary), 8), Recurrent(GRU(32)), Dense(len(vocabulary)))
    trained = fit(model, SoftmaxCrossEntropy(), (x, y), epochs=120, batch_size=7, engine="jax")
    said = vocabulary.decode(generate(trained, vocabulary.encode("the c"), 30, context=24, temperature=0))
    assert said == "the cat sat on the mat. the cat sat"


def test_what_cannot_be():
    with pytest.raises(DataError, match=r"start must be whole numbers of shape \(T,\), at least one, not shape \(0,\)"):
        generate(TRAINED, [], 3, context=2)
    with pytest.raises(ConfigError, match="temperature must be a number of at least 0, not -1"):
        generate(TRAINED, [0], 3, context=2, temperature=-1)
    with pytest.raises(ConfigError, match="context must be a whole number of at least 1, not 0"):
        generate(TRAINED, [0], 3, context=0)


@pytest.mark.parametrize("start", [[0.5], [np.nan], [2**40], ["a"], [True]], ids=repr)
def test_a_start_is_whole_numbers(start):
    with pytest.raises(DataError, match="start must be whole numbers, as the network takes them, not"):
        generate(TRAINED, start, 3, context=2)


def test_needs_one_array_of_logits():
    x, y = np.zeros((4, 3)), np.zeros((4, 3), dtype=int)
    model = Chain(Fork(a=Embedding(2, 2), b=Embedding(2, 2)))
    both = fit(model, LossSum(a=SoftmaxCrossEntropy(), b=SoftmaxCrossEntropy()), (x, {"a": y, "b": y}), epochs=1)
    with pytest.raises(ConfigError, match=r"outputs of shape {'a': \(1, 1, 2\).*, not \(1, T, K\) or \(1, K\)"):
        generate(both, [0], 3, context=2)
    with pytest.raises(ConfigError, match="trained must be a Trained, not 3"):
        generate(3, [0], 3, context=2)
