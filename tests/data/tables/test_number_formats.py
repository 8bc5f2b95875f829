from __future__ import annotations

import polars as pl
import pytest

from pellucid.data import dataset_from_table, read_table
from pellucid.data.tables.columns import as_numbers
from pellucid.data.tables.number_formats import NumberFormat, find_formats
from pellucid.errors import DataError


def numbers(cells, decimal_comma=False):
    """The numbers in a column of text, and what is said of them; None where it has no format."""
    frame = pl.DataFrame({"n": cells}, schema={"n": pl.String})
    formats, notes = find_formats(frame, decimal_comma)
    return (formats[0].read(frame["n"]).to_list(), notes[0]) if formats else None


@pytest.mark.parametrize(
    ("cells", "wanted", "said"),
    [
        (["1,234", "12", "-1,234,567.5"], [1234, 12, -1234567.5], "commas between thousands"),
        (["1.234,56", "7,5", None], [1234.56, 7.5, None], "decimal commas, points between thousands"),
        (["1 234", "1\u00a0234 567,5", "3"], [1234, 1234567.5, 3], "decimal commas, spaces between thousands"),
        (["1'234.50", "2’000"], [1234.5, 2000], "apostrophes between thousands"),
        (["$1,234.50", "-$3", "$ 7"], [1234.5, -3, 7], "commas between thousands, '$' in front"),
        (["5 €", "1.234,5 €"], [5, 1234.5], "decimal commas, points between thousands, '€' behind"),
        (["€3", "€4.5"], [3, 4.5], "'€' in front"),
        (["12%", "+3.5 %"], [12, 3.5], "'%' behind"),
        (["12 kg", "3kg"], [12, 3], "'kg' behind"),
        (["(1,234)", "5"], [-1234, 5], "commas between thousands"),
        (["−5", "4"], [-5, 4], "signs"),
        (["12,34,567", "1,000"], [1234567, 1000], "commas between thousands"),
    ],
)
def test_numbers_as_people_write_them(cells, wanted, said):
    read, note = numbers(cells)
    assert read == wanted
    assert said in note


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "-2.5", "1e5"],
        ["1,5", "a"],
        ["5 kg", "3 m"],
        ["5%", "3"],
        ["SKU1", "SKU2"],
        ["1,2,3"],
        ["2020-01-02"],
        [""],
    ],
)
def test_other_columns_have_no_format(cells):
    assert numbers(cells) is None


def test_commas_that_may_be_either_are_decided_by_the_other_columns_and_said():
    assert numbers(["1,234", "5,678"]) == (
        [1234, 5678],
        "read as numbers, with commas between thousands (they may also be decimal commas): n",
    )
    assert numbers(["1,234", "5,678"], decimal_comma=True)[0] == [1.234, 5.678]
    formats, _ = find_formats(pl.DataFrame({"a": ["1,234"], "b": ["1,5"]}))
    assert {form.decimal for form in formats} == {","}


def test_a_later_file_is_read_in_the_format_of_training(csv_file):
    table = read_table(csv_file('a,b\n"1,234",x\n')).with_formats((NumberFormat("a", ","),))
    assert as_numbers(table, "a").tolist() == [1.234]


def test_numbers_in_several_formats_are_named(csv_file):
    mixed = ["1,000.5", "1.000,5", *(f"{i},000.5" for i in range(2, 20))]
    rows = "".join(f'"{cell}",{i % 3},{i % 2}\n' for i, cell in enumerate(mixed))
    said = "numbers written in several ways, such as '1,000.5', '1.000,5', '2,000.5': write them in one"
    assert f"left out ({said}): v" in dataset_from_table(read_table(csv_file("v,n,y\n" + rows), "y")).notes
    with pytest.raises(DataError, match="the target 'v' holds numbers written in several ways"):
        dataset_from_table(read_table(csv_file("v,n,y\n" + rows), "v"))
