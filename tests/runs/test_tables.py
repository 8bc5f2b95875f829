"""Tables of a run, whole, damaged and growing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid.runs import tables
from pellucid.runs.tables import Columns, CsvTable, EpochTable, ExaminationTable, flatten_numbers, parse_numbers
from synthetic_runs import epoch_record, examination, write_run


def test_a_csv_table_grows_by_its_new_rows(tmp_path):
    path = tmp_path / "steps.csv"
    table = CsvTable(path, "step")
    table.update()
    assert table.columns.names == ()
    path.write_text("step,loss\n1,0.5\n2,")
    table.update()
    assert table.columns["loss"].tolist() == [0.5]
    with path.open("a") as file:
        file.write("0.25\n3,0.125\n")
    assert not table.update()
    assert table.columns["step"].tolist() == [1, 2, 3]
    assert table.columns["loss"].tolist() == [0.5, 0.25, 0.125]
    path.write_text("step,loss,accuracy\n1,9,1\n")
    assert table.update()
    assert table.columns.names == ("step", "loss", "accuracy")
    assert table.columns["loss"].tolist() == [9]


def test_what_is_no_number_is_nan_and_rows_without_a_step_are_counted():
    lines = b"1,2,3\n2,x,\n\n3,4\n4,5,6,7\n\xff\xfe,1,1\n5,nan,-inf\n"
    columns = parse_numbers(lines, ("step", "a", "b"))
    assert len(columns["step"]) == 7
    np.testing.assert_array_equal(columns["a"][[0, 1, 3, 4, 6]], [2, np.nan, 4, 5, np.nan])
    assert columns["b"][6] == -np.inf


def test_bad_lines_are_left_out_and_said(tmp_path):
    path = tmp_path / "steps.csv"
    path.write_bytes(b"step,loss\n1,0.5\ngarbage\n2,0.25\n")
    table = CsvTable(path, "step")
    table.update()
    assert table.columns["step"].tolist() == [1, 2]
    assert table.faults() == "steps.csv: 1 line cannot be read, the others are shown"


def test_the_table_of_epochs_takes_the_numbers_of_each_record_by_path(tmp_path):
    path = tmp_path / "metrics.jsonl"
    first = {"epoch": 1, "train": {"loss": 1.0}, "learning_rate": None}
    second = {"epoch": 2, "train": {"loss": [0.5, 0.4]}, "validation": {"loss": 0.6}, "huge": 10**400}
    path.write_text(json.dumps(first) + "\n" + "no json\n[1]\n" + json.dumps(second) + "\n")
    table = EpochTable(path, "epoch", steps_an_epoch=10)
    table.update()
    columns = table.columns
    assert columns["epoch"].tolist() == [1, 2]
    assert columns["step"].tolist() == [10, 20]
    np.testing.assert_array_equal(columns["train/loss"], [1, np.nan])
    np.testing.assert_array_equal(columns["train/loss/1"], [np.nan, 0.4])
    np.testing.assert_array_equal(columns["validation/loss"], [np.nan, 0.6])
    assert columns["huge"][1] == np.inf
    assert table.bad_lines == 2


def test_a_column_that_comes_later_is_nan_before():
    columns = Columns()
    for step in range(1, 40):
        new = {"step": np.array([step])} | ({"late": np.array([7.0])} if step > 30 else {})
        columns.add(new, 1)
    assert np.isnan(columns["late"][:30]).all()
    assert (columns["late"][30:] == 7).all()
    assert columns["step"].tolist() == list(range(1, 40))


@pytest.mark.parametrize("name", ["steps.csv", "layers.csv", "metrics.jsonl"])
def test_a_table_cut_at_any_byte_has_its_whole_lines(tmp_path, name):
    write_run(tmp_path, epochs=3, steps_an_epoch=2)
    path = tmp_path / name
    whole, is_csv = path.read_bytes(), name.endswith("csv")
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        table = CsvTable(path, "step") if is_csv else EpochTable(path, "epoch")
        table.update()
        lines = whole[:size].count(b"\n")
        assert table.columns.rows == max(lines - is_csv, 0)
        assert table.faults() is None


def test_the_numbers_of_examinations_are_a_table(tmp_path):
    path = tmp_path / "histograms.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in (examination(1), {"step": 1}, examination(2))))
    table = ExaminationTable(path, "step")
    table.update()
    assert table.columns["step"].tolist() == [5, 10]
    assert table.columns["epoch"].tolist() == [1, 2]
    assert table.columns["dense_1/dead"].tolist() == [0.25, 0.25]
    assert table.bad_lines == 1


def test_numbers_in_an_object_are_found_however_it_is_nested():
    assert dict(flatten_numbers(epoch_record(1)))["train/accuracy"] == 0.5
    assert dict(flatten_numbers({"a": {"b": [1, {"c": True, "d": 2}]}, "s": "text"})) == {"a/b/0": 1, "a/b/1/d": 2}
    with pytest.raises(TypeError):
        dict(flatten_numbers([1]))


def test_columns_without_end_do_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 300)
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(f'{{"k{n}": 1, "epoch": {n}}}\n' for n in range(50)))
    table = EpochTable(path, "epoch")
    table.update()
    assert table.columns["epoch"].tolist() == list(range(50))
    assert table.columns.names == ("epoch", "k0", "k1", "k2", "k3", "k4")
    with path.open("a") as file:
        file.writelines(f'{{"epoch": {n}, "k0": 2}}\n' for n in range(50, 100))
    table.update()
    assert table.columns.names == ("epoch", "k0", "k1")
    np.testing.assert_array_equal(table.columns["k0"], [1, *[np.nan] * 49, *[2] * 50])
    wide = tmp_path / "steps.csv"
    wide.write_text(",".join(["step", *map(str, range(20_000))]) + "\n" + ",".join(map(str, range(20_001))) + "\n")
    monkeypatch.undo()
    table = CsvTable(wide, "step")
    table.update()
    assert (len(table.columns.names), table.columns.rows) == (tables.MOST_COLUMNS, 1)


def test_damaged_lines_among_many_are_counted_and_no_other_is(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 4)
    lines = [f'{{"epoch": {n}, "train": {{"loss": {n}.5}}}}' for n in range(1, 20)]
    lines[5], lines[9], lines[13], lines[17] = '{"epo', "[1]", '{"epoch": 1},{"epoch": 2}', '{"epoch": NaN}'
    (tmp_path / "metrics.jsonl").write_text("\n".join(lines) + "\n")
    table = EpochTable(tmp_path / "metrics.jsonl", "epoch")
    table.update()
    assert table.columns["epoch"].tolist() == [n for n in range(1, 20) if n not in (6, 10, 14, 18)]
    np.testing.assert_array_equal(table.columns["train/loss"], table.columns["epoch"] + 0.5)
    assert table.bad_lines == 4
