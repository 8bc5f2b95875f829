"""The order of examples: every one once, by the seed and the epoch's number alone."""

from __future__ import annotations

import numpy as np

from pellucid.train.batch import Batch
from pellucid.train.feed.order import order_of_examples, shuffle_order, take


def test_every_example_once():
    order = order_of_examples(50, True, 3, 0)
    assert order.dtype == np.int32
    assert sorted(order) == list(range(50))
    assert order_of_examples(50, False, 3, 0).tolist() == list(range(50)) == shuffle_order(50, None).tolist()


def test_seed_and_epoch_decide():
    assert (order_of_examples(50, True, 3, 1) == order_of_examples(50, True, 3, 1)).all()
    assert (order_of_examples(50, True, 3, 1) != order_of_examples(50, True, 3, 2)).any()
    assert (order_of_examples(50, True, 3, 1) != order_of_examples(50, True, 4, 1)).any()
    assert sorted(order_of_examples(5, True, -1, 0)) == list(range(5))  # negative seeds count from 2^64 down


def test_a_batch_of_rows_keeps_its_trees():
    data = Batch({"a": np.arange(4.0), "b": np.arange(8.0).reshape(4, 2)}, np.arange(4), None)
    batch = take(data, [2, 0])
    assert batch.x["a"].tolist() == [2, 0]
    assert batch.x["b"].tolist() == [[4, 5], [0, 1]]
    assert batch.target.tolist() == [2, 0]
    assert batch.weight is None
    assert batch.examples == 2
