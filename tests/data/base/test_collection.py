from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.layout import RowLayout
from pellucid.data.base.preparation import Reading
from pellucid.data.base.targets import ClassTarget
from pellucid.errors import DataError


@dataclass(frozen=True)
class Centred(CollectionPreparation):
    """x = value - mean, (B, 1)."""

    mean: float
    target: ClassTarget
    notes: tuple[str, ...] = ("centred",)
    kind: ClassVar[str] = "amounts"

    @classmethod
    def fit(cls, training: Collection, target: ClassTarget) -> Centred:
        return cls(float(np.mean(training.values)), target)

    @property
    def layout(self) -> RowLayout:
        return RowLayout(1)

    def collect(self, path: Path, reading: Reading) -> Collection:
        values = [float(line) for line in path.read_text().split()]
        return Collection(path.name, values, tuple(f"line {i + 1}" for i in range(len(values))), notes=("read",))

    def transform(self, collection: Collection) -> tuple[Any, tuple[str, ...]]:
        x = np.array(collection.values, np.float32)[:, None] - np.float32(self.mean)
        return x, ("large",) if x.max() > 1e3 else ()


def amounts(n=20, name="amounts", labels=("b", "a"), **more):
    classes = tuple(labels[i % len(labels)] for i in range(n))
    return Collection(name, list(np.arange(float(n))), tuple(f"{name}, {i}" for i in range(n)), classes, **more)


def test_examples_by_their_numbers():
    taken = amounts(notes=("n",), target="letter").take(np.array([3, 0]))
    assert taken.values == [3.0, 0.0]
    assert (taken.places, taken.labels) == (("amounts, 3", "amounts, 0"), ("a", "b"))
    assert (taken.notes, taken.target) == (("n",), "letter")


def test_parts_are_stratified_and_the_training_part_is_fitted():
    data = dataset_from_collection(amounts(notes=("found",)), Centred.fit, fractions=(0.6, 0.2, 0.2))
    assert [len(part) for part in (data.train, data.validation, data.test)] == [12, 4, 4]
    assert all(np.bincount(part.y).tolist() == [len(part) / 2] * 2 for part in (data.train, data.validation, data.test))
    assert data.train.y.dtype == np.int32
    assert abs(data.train.x.mean()) < 1e-6
    assert (data.classes, data.task, data.target) == (("a", "b"), "classification", "class")
    assert data.notes == ("found", "classification: 20 examples of 2 classes", "centred")


def test_the_seed_draws_the_parts():
    first, same, other = (dataset_from_collection(amounts(), Centred.fit, seed=seed).test.x for seed in (0, 0, 1))
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)


def test_parts_may_be_named():
    parts = (np.arange(10), np.arange(10, 15), np.arange(15, 20))
    data = dataset_from_collection(amounts(), Centred.fit, parts=parts)
    assert data.preprocessing.mean == 4.5
    assert data.test.x[:, 0].tolist() == [10.5, 11.5, 12.5, 13.5, 14.5]


def test_a_test_part_of_its_own():
    held = replace(amounts(4, "held", notes=("old",)), values=[0.0, 1.0, 2.0, 1e4])
    data = dataset_from_collection(amounts(), Centred.fit, test=held, fractions=(0.6, 0.2, 0.2))
    assert [len(part) for part in (data.train, data.validation, data.test)] == [15, 5, 4]
    assert data.test.y.tolist() == [1, 0, 1, 0]
    assert data.notes[-2:] == ("held: old", "held: large")
    with pytest.raises(DataError, match="other, 1 is of class 'c', not seen in training: a, b"):
        dataset_from_collection(amounts(), Centred.fit, test=amounts(4, "other", ("b", "c")))


def test_classes_that_are_numbers_are_in_the_order_of_size():
    data = dataset_from_collection(amounts(40, labels=("10", "9", "x", "2")), Centred.fit)
    assert data.classes == ("2", "9", "10", "x")


def test_rare_classes_are_noted():
    labels = (*["a", "b"] * 10, "c")
    collection = replace(amounts(21), labels=labels)
    data = dataset_from_collection(collection, Centred.fit)
    assert "classes with too few examples to be in every part: 'c' (train 1)" in data.notes
    with pytest.raises(DataError, match="at least two classes that differ"):
        dataset_from_collection(amounts(labels=("a",)), Centred.fit)


def test_new_files_are_collected_and_transformed(tmp_path):
    (tmp_path / "new.txt").write_text("1\n2\n5000\n")
    preparation = Centred(2.0, ClassTarget("class", ("a", "b")))
    inputs = preparation.read(tmp_path / "new.txt", Reading())
    assert inputs.x.tolist() == [[-1.0], [0.0], [4998.0]]
    assert inputs.places == ("line 1", "line 2", "line 3")
    assert (inputs.notes, inputs.column) == (("read", "large"), "input")


def test_a_list_of_files_is_read_and_what_is_in_memory_refused_where_no_way_is_told(tmp_path):
    for name, content in (("one", "1 2"), ("two", "3")):
        (tmp_path / name).write_text(content)
    preparation = Centred(1.0, ClassTarget("c", ("a", "b")))
    found = preparation.prepare([tmp_path / "one", str(tmp_path / "two")], Reading())
    assert found.x.reshape(-1).tolist() == [0.0, 1.0, 2.0]
    assert (found.places, found.notes) == (("line 1", "line 2", "line 1"), ("read", "read"))
    with pytest.raises(DataError, match="data of the kind 'amounts': give the path of a file or folder; list is not"):
        preparation.prepare([1.0], Reading())
