"""Exact tests of the examples, each with some that hold and some that do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pellucid.data import Split
from pellucid.diagnosis.exact.data import (
    columns_alike,
    contradicting_labels,
    one_class_only,
    rows_in_both_parts,
    targets_that_are_all_the_same,
)
from pellucid.diagnosis.exact.labels import labels_and_inputs
from small_trainings import of_amounts, of_classes


def names(found):
    return [one.name for one in found]


def with_train(case, x=None, y=None):
    return replace(case, train=Split(case.train.x if x is None else x, case.train.y if y is None else y))


def test_one_class_only():
    case = of_classes()
    assert names(one_class_only(with_train(case, y=np.zeros_like(case.train.y)))) == ["one class only"]
    assert names(one_class_only(replace(case, validation=Split(case.train.x, case.train.y + 1)))) == ["classes missing"]
    assert one_class_only(case) == []


def test_targets_that_do_not_differ():
    case = of_amounts()
    assert names(targets_that_are_all_the_same(with_train(case, y=np.ones_like(case.train.y)))) == ["constant targets"]
    assert targets_that_are_all_the_same(case) == []


def test_equal_inputs_with_other_labels():
    case = of_classes()
    x = np.vstack([case.train.x, case.train.x[:30]])
    y = np.concatenate([case.train.y, 1 - case.train.y[:30]])
    (found,) = contradicting_labels(with_train(case, x, y))
    assert found.seen.startswith("30 of 150")
    assert found.sure == "warning"
    assert contradicting_labels(case) == []


def test_columns_that_are_constant_or_alike():
    case = of_classes()
    x = case.train.x
    assert names(columns_alike(with_train(case, np.hstack([x, np.ones_like(x[:, :1])])))) == ["constant columns"]
    assert names(columns_alike(with_train(case, np.hstack([x, 3 * x[:, :1] + 1])))) == ["columns alike"]
    assert columns_alike(case) == []


def test_validation_examples_that_were_trained_on():
    case = of_classes()
    shared = replace(case, validation=case.train.take(np.arange(20)))
    assert [(one.name, one.sure) for one in rows_in_both_parts(shared)] == [("examples in both parts", "warning")]
    assert rows_in_both_parts(case) == []


def test_labels_in_another_order_than_their_inputs():
    case = of_classes()
    shuffled = with_train(case, y=np.random.default_rng(0).permutation(case.train.y))
    assert names(labels_and_inputs(shuffled)) == ["labels do not follow from inputs"]
    assert labels_and_inputs(case) == []


def test_labels_that_are_swapped_in_one_part():
    case = of_classes()
    assert names(labels_and_inputs(with_train(case, y=1 - case.train.y))) == ["labels of the parts disagree"]


def test_few_examples_say_nothing_about_labels():
    assert labels_and_inputs(of_classes(rows=60)) == []
