"""Columns at a glance: in their own units, with what was missing."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import dataset_from_table, load_dataset, read_table
from pellucid.report.columns import describe_columns, describe_row

ROWS = 60


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "rows.csv"
    lines = [
        f"{'' if i % 10 == 3 else i % 7},{'red' if i % 4 else 'blue'},2026-0{1 + i % 9}-01,{i % 2}" for i in range(ROWS)
    ]
    path.write_text("\n".join(["size,colour,day,label", *lines]) + "\n")
    return dataset_from_table(read_table(path, "label"))


def test_facts_of_numbers_categories_and_dates(dataset):
    size, day, colour = sorted(describe_columns(dataset), key=lambda facts: ["size", "day", "colour"].index(facts.name))
    assert (size.holds, size.least, size.greatest, size.missing) == ("numbers", 0, 6, 6)
    assert (day.holds, day.least, day.greatest) == ("dates", "2026-01-01", "2026-09-01")
    assert (colour.holds, [name for name, _ in colour.values]) == ("categories", ["red", "blue"])
    assert sum(share for _, share in colour.values) == pytest.approx(1)
    assert colour.missing == 0


def test_cells_of_a_row_are_what_the_table_had(dataset):
    cells = describe_row(dataset, dataset.train.x[:1])
    assert cells["size"] in range(7)
    assert cells["colour"] in ("red", "blue")
    assert next(value for name, value in cells.items() if "month" in name) in range(1, 10)


def test_numbers_are_without_the_noise_of_float32():
    iris = load_dataset("iris")
    assert [(facts.least, facts.greatest) for facts in describe_columns(iris)] == [
        (4.3, 7.9), (2.0, 4.4), (1.0, 6.9), (0.1, 2.5),
    ]  # fmt: skip
    assert all(facts.missing is None for facts in describe_columns(iris))


def test_inputs_that_are_no_columns_have_none():
    digits = load_dataset("digits", prepare="whiten")
    facts = describe_columns(digits)
    assert all(one.least is None for one in facts)
    assert describe_row(digits, np.asarray(digits.train.x[:1]))  # components
