from __future__ import annotations

import numpy as np
import pytest

from pellucid.data import Preprocessing, dataset_from_table, read_table
from pellucid.errors import DataError, UnknownNameError

FRUIT = "size,colour,kind\n" + "".join(
    f"{i % 7 + 1},{('red', 'green', '?')[i % 3]},{('apple', 'pear')[i % 2]}\n" for i in range(40)
)


def test_from_a_table(csv_file):
    data = dataset_from_table(read_table(csv_file(FRUIT), "kind"))
    assert (data.name, data.task, data.target, data.classes) == (
        "table.csv",
        "classification",
        "kind",
        ("apple", "pear"),
    )
    assert (data.features, data.outputs) == (("size", "colour=green", "colour=red"), 2)
    assert [len(part) for part in (data.train, data.validation, data.test)] == [28, 6, 6]
    for part in (data.train, data.validation, data.test):
        assert np.bincount(part.y).tolist() == [len(part) / 2] * 2
    assert abs(data.train.x[:, 0].mean()) < 1e-6
    assert data.notes == (
        "classification: the target 'kind' holds words, 2 different ones",
        "inputs: normalise, which suits tables",
        "missing, taken as none of the categories: colour (13)",
    )


def test_the_last_column_is_predicted_unless_told(csv_file):
    data = dataset_from_table(read_table(csv_file(FRUIT)))
    assert data.target == "kind"
    assert data.notes[0] == "no target was named: the last column, 'kind', is predicted"


def test_regression(csv_file):
    data = dataset_from_table(read_table(csv_file(FRUIT), "size"), task="regression", fractions=(0.5, 0.25, 0.25))
    assert (data.task, data.classes, data.outputs) == ("regression", None, 1)
    assert (data.train.y.shape, data.train.y.dtype) == ((20, 1), np.float32)
    assert abs(data.train.y.mean()) < 1e-6
    amounts = data.preprocessing.target.decode(data.test.y)
    assert set(np.round(amounts, 4)) <= {1, 2, 3, 4, 5, 6, 7}
    assert data.notes[0] == "regression: as requested"


def test_inputs_as_their_own_targets(csv_file):
    table = read_table(csv_file(FRUIT), "kind")
    data = dataset_from_table(table, task="reconstruction")
    assert (data.task, data.target, data.classes, data.outputs) == ("reconstruction", "kind", None, len(data.features))
    assert "kind" not in "".join(data.features)
    for part in (data.train, data.validation, data.test):
        np.testing.assert_array_equal(part.y, part.x)
    assert "reconstruction: the network learns to reconstruct its inputs, 'kind' is not used" in data.notes
    again = Preprocessing.from_dict(data.preprocessing.to_dict())
    assert again == data.preprocessing
    assert not any("kind" in note for note in again.transform(table)[1])
    everything = dataset_from_table(read_table(csv_file(FRUIT)), task="reconstruction")
    assert (everything.target, everything.features[-2:]) == (None, ("kind=apple", "kind=pear"))


def test_a_test_table_of_its_own(csv_file):
    train = read_table(csv_file(FRUIT), "kind")
    test = read_table(csv_file("colour,kind,size\nblue,pear.,3\nred,apple,1\n", "test.csv"))
    data = dataset_from_table(train, test=test)
    assert [len(part) for part in (data.train, data.validation, data.test)] == [33, 7, 2]
    assert data.test.y.tolist() == [1, 0]
    assert data.test.x[:, 1:].tolist() == [[0, 0], [0, 1]]
    assert data.notes[-2:] == (
        "test.csv: never seen in training, taken as none of the categories: colour (1, such as 'blue')",
        "test.csv: kind: 'pear.' taken as 'pear'",
    )


def test_the_seed_decides(csv_file):
    table = read_table(csv_file(FRUIT), "kind")
    first, same, other = (dataset_from_table(table, seed=seed) for seed in (0, 0, 1))
    assert np.array_equal(first.train.x, same.train.x)
    assert not np.array_equal(first.train.x, other.train.x)


def test_rare_classes_are_said(csv_file):
    data = dataset_from_table(read_table(csv_file(FRUIT + "3,red,plum\n"), "kind"))
    assert 2 in data.train.y
    assert any(note.startswith("classes with too few examples to be in every part: 'plum' (") for note in data.notes)


def test_what_cannot_be(csv_file):
    table = read_table(csv_file(FRUIT), "kind")
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'kin'"):
        dataset_from_table(read_table(csv_file(FRUIT)), categorical=["kin"])
    with pytest.raises(UnknownNameError, match="unknown task 'clustering'"):
        dataset_from_table(table, task="clustering")
    with pytest.raises(DataError, match="line 2: the target 'kind' is 'apple', but regression needs numbers"):
        dataset_from_table(table, task="regression")
    with pytest.raises(DataError, match="4 rows are too few to split"):
        dataset_from_table(read_table(csv_file("a,b\n1,x\n2,y\n3,x\n4,y\n")))
    with pytest.raises(DataError, match=r"line 4: column 'size' is infinite \(inf\)"):
        dataset_from_table(read_table(csv_file(FRUIT.replace("3,?", "inf,?", 1)), "kind"))
