"""Settings about data mean the same for each kind that takes them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from pellucid.errors import ConfigError, DataError
from pellucid.jobs.data import load_data
from pellucid.jobs.gather import gather_settings

ROWS = 40


def load(path, **settings):
    return load_data(gather_settings(None, {"data": str(path), **settings}))


def rows_of(cells):
    """Lines of a table whose target lacks every fourth row."""
    targets = ("" if i % 4 == 1 else "xz"[i % 3 == 0] for i in range(ROWS))
    return "\n".join(["what,y", *(f"{cell},{target}" for cell, target in zip(cells, targets, strict=True))])


@pytest.fixture
def numbers(tmp_path):
    (tmp_path / "t.csv").write_text(rows_of(range(ROWS)).replace("what", "n", 1))
    return tmp_path / "t.csv", {}


@pytest.fixture
def categories(tmp_path):
    lines = rows_of(f"{i % 5},{'ab'[i % 2]}" for i in range(ROWS)).replace("what", "n,word", 1)
    (tmp_path / "t.csv").write_text(lines)
    return tmp_path / "t.csv", {"embed": "frequent", "at_least": 1}


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "t.csv").write_text(rows_of(f"this is text number {i}" for i in range(ROWS)))
    return tmp_path / "t.csv", {"text": "what"}


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    for i in range(ROWS):
        Image.fromarray(np.full((2, 2), i, np.uint8)).save(folder / f"{i}.png")
    (folder / "labels.csv").write_text(rows_of(f"{i}.png" for i in range(ROWS)))
    return folder, {"labels": "labels.csv"}


@pytest.mark.parametrize("kind", ["numbers", "categories", "texts", "images"])
def test_rows_without_a_target_are_named_and_left_out_on_request(kind, request):
    path, settings = request.getfixturevalue(kind)
    with pytest.raises(DataError, match=r"csv, line 3: the target 'y' is missing .*\(drop_missing_target\)"):
        load(path, **settings)
    data = load(path, drop_missing_target=True, **settings)
    assert len(data.train) + len(data.validation) + len(data.test) == ROWS * 3 // 4
    assert re.search(r"left out: 10 rows that lack the target 'y', the first is line 3", "\n".join(data.notes))


def test_files_without_a_label_are_counted(images):
    folder, settings = images
    notes = load(folder, drop_missing_target=True, **settings).notes
    assert any("in no row of labels.csv with a label: 10 files" in note for note in notes)
    (folder / "x").mkdir()
    with pytest.raises(ConfigError, match="drop_missing_target needs a table of labels beside the files"):
        load(folder, drop_missing_target=True)


def test_amounts_of_a_test_table_that_are_missing_are_named(tmp_path):
    for name, last in (("t.csv", "1.5"), ("test.csv", "")):
        lines = [f"this is text number {i},{i}.5" for i in range(ROWS)]
        (tmp_path / name).write_text("\n".join(["what,y", *lines, f"one text more,{last}"]))
    settings = {"text": "what", "task": "regression", "test": str(tmp_path / "test.csv")}
    with pytest.raises(DataError, match=r"test\.csv, line 42: the target 'y' is missing"):
        load(tmp_path / "t.csv", **settings)
    assert len(load(tmp_path / "t.csv", drop_missing_target=True, **settings).test) == ROWS
