"""Every row and column that goes in is used, or named; and predict answers every row that the file has."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.data import Reading, dataset_from_table, read_table
from pellucid.errors import PellucidError

COLUMNS = {
    "numbers": st.floats(-1e6, 1e6).map(repr),
    "words": st.sampled_from(["red", "green", "Blue sky"]),
    "prices": st.integers(0, 10**6).map(lambda n: f"${n:,}.50"),
    "dates": st.dates().map(lambda day: day.strftime("%m/%d/%Y")),
    "ids": st.integers(2**60, 2**60 + 50).map(str),
    "few": st.sampled_from(["TRUE", "FALSE"]),
    "one": st.just("7"),
    "texts": st.text("abc", min_size=1, max_size=6),
}
MISSING = st.sampled_from(["", "NA", "?"])


@st.composite
def tables(draw):
    """The text of a table with a target, and how many rows it has, some of them with nothing in them."""
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5, unique=True))
    count = draw(st.integers(12, 30))
    rows = [[draw(st.one_of(COLUMNS[name], MISSING)) for name in names] for _ in range(count)]
    rows = [[*row, f"{i * 0.37 + 0.01:.2f}"] for i, row in enumerate(rows)]
    for row in draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True)):
        rows[row] = [""] * len(rows[row])
    text = io.StringIO()
    csv.writer(text).writerows([[*names, "y"], *rows])
    return text.getvalue() + draw(st.sampled_from(["", "\n", "\n\n  \n"])), len(rows), names


@settings(max_examples=60, deadline=None)
@given(tables())
def test_what_goes_in_is_used_or_named(made):
    text, count, names = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(text.encode())
        try:
            data = dataset_from_table(read_table(path, "y"), task="regression")
        except PellucidError:  # no column of use was drawn
            return
        notes = "\n".join(data.notes)
        dropped = re.search(r"left out: (\d+) rows? that hold nothing", notes)
        used = len(data.train) + len(data.validation) + len(data.test)
        assert used + (int(dropped[1]) if dropped else 0) == count
        for name in names:
            assert name in data.preprocessing.columns or re.search(rf"left out \(.*\): .*{name}", notes), (name, notes)
        inputs = data.preprocessing.read(path, Reading())
        assert len(inputs.x) == count
        assert np.isfinite(inputs.x).all()


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_a_row_with_nothing_in_it_is_answered(csv_file, end):
    rows = "".join(f"{i % 7},{'ab'[i % 2]},{i}.5\n" for i in range(20))
    data = dataset_from_table(read_table(csv_file(f"n,w,y\n{rows}"), "y"))
    x = data.preprocessing.read(csv_file(f"n,w,y\n1,a,2\n,,\n3,b,{end}", "new.csv"), Reading()).x
    assert len(x) == 3
    single = dataset_from_table(read_table(csv_file("n,y\n" + "".join(f"{i},{i}.5\n" for i in range(20))), "y"))
    assert len(single.preprocessing.read(csv_file(f"n\n1\n\n3{end}", "new.csv"), Reading()).x) == 3


def test_rows_without_a_target_are_left_out_on_request(csv_file):
    path = csv_file("x,y\n" + "".join(f"{i % 5},{'' if i % 4 == 1 else i}\n" for i in range(40)))
    with pytest.raises(PellucidError, match=r"line 3: the target 'y' is missing .*drop_missing_target"):
        dataset_from_table(read_table(path, "y"))
    data = dataset_from_table(read_table(path, "y"), drop_missing_target=True)
    assert len(data.train) + len(data.validation) + len(data.test) == 30
    assert "left out: 10 rows that lack the target 'y', the first is line 3" in data.notes
    with pytest.raises(PellucidError, match=r"there is no row left"):
        dataset_from_table(read_table(csv_file("x,y\n1,\n2,\n"), "y"), drop_missing_target=True)


def test_a_skewed_target_is_remarked_on(csv_file):
    rows = "".join(f"{i},{np.exp(4 * (i * 0.618 % 1))}\n" for i in range(100))
    path = csv_file("x,y\n" + rows)
    advice = [note for note in dataset_from_table(read_table(path, "y")).notes if "log_target may help" in note]
    assert len(advice) == 1
    data = dataset_from_table(read_table(path, "y"), log_target=True)
    assert not any("log_target may help" in note for note in data.notes)
    assert data.preprocessing.target.log_shift == 0.0
    with pytest.raises(PellucidError, match="log_target is for regression"):
        dataset_from_table(read_table(csv_file("x,y\n" + "1,a\n2,b\n" * 9), "y"), log_target=True)


def test_ids(csv_file):
    rows = "".join(f"{i},{2**60 + i % 3},{1000 - 7 * i},{i % 5},{i % 2}\n" for i in range(1, 41))
    data = dataset_from_table(read_table(csv_file("id,big,stock,n,y\n" + rows), "y"))
    assert data.preprocessing.left_out == ("id",)
    assert [column.name for column in data.preprocessing.categories] == ["big"]
    assert len(data.preprocessing.categories[0].values) == 3
    notes = "\n".join(data.notes)
    for said in (
        "left out (whole numbers that only count the rows): id",
        "whole numbers too large to be told apart as numbers, taken as categories: big",
        "a different whole number in every row, kept; what is an id is better left out by leave_out: stock",
    ):
        assert said in notes
    named = "".join(f"{(i * 37) % 41},{i % 5},{i % 2}\n" for i in range(1, 41))
    data = dataset_from_table(read_table(csv_file("customer_id,n,y\n" + named), "y"))
    assert data.preprocessing.left_out == ("customer_id",)
    alone = dataset_from_table(read_table(csv_file("x,y\n" + "".join(f"{i},{i * 2}.5\n" for i in range(40))), "y"))
    assert alone.preprocessing.columns == ("x",)
