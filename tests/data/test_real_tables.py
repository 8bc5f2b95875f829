"""Real tables, with the figures their own descriptions give."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pellucid.data import dataset_from_table, load_dataset, read_table

SETS = [  # file, target, rows, task, classes, features
    ("sonar", None, 208, "classification", ("M", "R"), 60),
    ("ionosphere", None, 351, "classification", ("b", "g"), 33),
    ("pima-indians-diabetes", None, 768, "classification", ("0", "1"), 8),
    ("banknote_authentication", None, 1372, "classification", ("0", "1"), 4),
    ("winequality-red", None, 1599, "classification", ("3", "4", "5", "6", "7", "8"), 11),
    ("abalone", None, 4177, "regression", None, 10),
    ("penguins", "species", 344, "classification", ("Adelie", "Chinstrap", "Gentoo"), 9),
    ("mpg", "mpg", 398, "regression", None, 60),
]


@pytest.mark.parametrize(("name", "target", "rows", "task", "classes", "features"), SETS)
def test_small_tables(real, name, target, rows, task, classes, features):
    table = read_table(real("tabular", f"{name}.csv"), target)
    data = dataset_from_table(table)
    assert len(table) == rows
    assert (data.task, data.classes, len(data.features)) == (task, classes, features)
    assert len(data.train) + len(data.validation) + len(data.test) == rows
    assert np.isfinite(data.train.x).all()
    assert (table.columns[0] == "column_1") == (target is None)


def test_missing_values_of_the_penguins(real):
    data = dataset_from_table(read_table(real("tabular", "penguins.csv"), "species"))
    assert any("body_mass_g (2 with " in note for note in data.notes)
    assert "missing, taken as none of the categories: sex (11)" in data.notes


def test_california_housing(real):
    data = dataset_from_table(read_table(real("california-housing", "housing.csv"), "median_house_value"))
    assert data.task == "regression"
    assert len(data.train) + len(data.validation) + len(data.test) == 20_640
    assert any(note.startswith("missing, filled with the median: total_bedrooms (207 with ") for note in data.notes)
    assert data.features[8] == "ocean_proximity=<1H OCEAN"
    assert len(data.features) == 8 + 5


def test_adult_census_with_its_official_test_part(real):
    table = read_table(real("adult", "adult-train.csv"))
    data = dataset_from_table(table, test=read_table(real("adult", "adult-test.csv")))
    assert len(table) == 32_561
    assert len(data.train) + len(data.validation) == 32_561
    assert len(data.test) == 16_281
    assert data.classes == ("<=50K", ">50K")
    assert data.test.y.mean() == pytest.approx(0.2362, abs=5e-5)  # 3846 of 16281, adult.names
    labels = np.concatenate([data.train.y, data.validation.y])
    assert labels.mean() == pytest.approx(0.2408, abs=5e-5)
    missing = "missing, taken as none of the categories: column_2 (1836), column_7 (1843), column_14 (583)"
    assert missing in data.notes
    assert len(data.features) == 6 + 99


def test_the_missing_values_of_a_click_log(real):
    table = read_table(real("criteo8k", "train.csv"), "column_1")
    assert (len(table), len(table.columns)) == (7200, 40)
    data = dataset_from_table(table)
    assert data.classes == ("0", "1")
    assert np.isfinite(data.train.x).all()


def test_dates_become_numbers(real):
    data = dataset_from_table(read_table(real("etth1", "ETTh1.csv"), "OT"))
    assert data.preprocessing.left_out == ()
    assert data.features[:6] == tuple(f"date.{part}" for part in ("year", "month", "day", "weekday", "hour", "days"))
    assert data.task == "regression"


def test_many_rows_are_read_in_seconds(csv_file):
    block = "".join(f"{i * 0.37:.3f},{i * 1.7:.2f},{'abcde'[i % 5]},{i % 2}\n" for i in range(10_000))
    path = csv_file("x,y,word,label\n" + block * 20)
    start = time.perf_counter()
    assert len(read_table(path, "label")) == 200_000
    assert time.perf_counter() - start < 10  # takes about half a second


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_digits_can_be_learned_from_the_training_part(seed):
    from sklearn.svm import SVC

    data = load_dataset("digits", seed=seed)
    assert SVC().fit(*data.train).score(*data.test) > 0.97
