"""Images, texts, recordings, series and tables of many categories through ``pellucid train`` and ``predict``."""

from __future__ import annotations

import csv
import io
import json
import os

import numpy as np
import pytest
import soundfile
from PIL import Image

from pellucid.cli.app import run

QUICK = ["--epochs", "3", "--hidden", "8", "--out", "run"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def fill(path, write, ending):
    """Ten files in each of two class folders."""
    for k, name in enumerate(("one", "two")):
        (path / name).mkdir(parents=True)
        for i in range(10):
            write(path / name / f"{i}{ending}", k, i)


def image(file, k, i, size=(6, 6)):
    noise = np.random.default_rng(i).integers(0, 60, size)
    Image.fromarray((noise + 150 * k).astype(np.uint8)).save(file)


def text(file, k, i):
    file.write_text(f"{'good fine day' if k else 'bad awful rain'} {'so ' * (i % 3)}", encoding="utf-8")


def sound(file, k, i):
    time = np.arange(1600) / 8000
    soundfile.write(file, 0.5 * np.sin(2 * np.pi * (300 + 900 * k) * time + i), 8000)


KINDS = {"images": (image, ".png"), "texts": (text, ".txt"), "sounds": (sound, ".wav")}


def predictions(capsys, *arguments):
    assert run(["predict", "run", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_from_training_to_prediction(capsys, tmp_path, kind):
    write, ending = KINDS[kind]
    fill(tmp_path / kind, write, ending)
    quick = [*QUICK[2:], "--epochs", "30", "--batch-size", "4"]
    assert run(["train", kind, *quick, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["task"] == "classification"
    assert result["train"]["accuracy"] == 1
    rows = predictions(capsys, kind)
    assert len(rows) == 20
    assert rows[0]["input"].endswith(f"one/0{ending}")
    assert sum(row["prediction"] in row["input"] for row in rows) >= 18
    (row,) = predictions(capsys, f"{kind}/two/3{ending}")
    assert float(row["p(one)"]) + float(row["p(two)"]) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("network", ["mlp", "cnn", "gru", "transformer"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_network_takes_every_kind(capsys, tmp_path, kind, network):
    write, ending = KINDS[kind]
    fill(tmp_path / kind, write, ending)
    options = ["--epochs", "1", "--out", "run", "--network", network]
    more = {"images": ["--size", "8x4"], "texts": ["--level", "character"], "sounds": ["--features", "mfcc"]}[kind]
    assert run(["train", kind, *options, *more, "--quiet"]) == 0
    capsys.readouterr()
    assert len(predictions(capsys, kind)) == 20
    assert run(["show", "run"]) == 0


def test_a_table_of_texts_is_known_by_itself(capsys, tmp_path):
    lines = [
        f'{"spam" if i % 2 else "ham"}\t{"win a big prize" if i % 2 else "see you at home"} "{i}' for i in range(20)
    ]
    (tmp_path / "messages.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert run(["train", "messages.tsv", *QUICK]) == 0
    assert "each line is a label, a tab and a text" in capsys.readouterr().err
    assert len(predictions(capsys, "messages.tsv")) == 20
    assert run(["train", "messages.tsv", "--features", "bag", "--epochs", "3", "--out", "bag", "--quiet"]) == 0


def test_images_can_be_given_back(capsys, tmp_path):
    fill(tmp_path / "images", image, ".png")
    assert run(["train", "images", "--network", "autoencoder", "--epochs", "1", "--out", "run"]) == 0
    capsys.readouterr()
    assert "reconstruction_error" in predictions(capsys, "images")[0]


def series(path, days=120):
    """A wave of seven days that rises, which the weekend tells, and a column that says nothing."""
    dates = np.datetime64("2024-01-01") + np.arange(days)
    sold = 50 + 10 * np.sin(2 * np.pi * np.arange(days) / 7) + np.arange(days) / 10
    rows = [f"{date},{i % 3},{sold[i]:.3f},{int(i % 7 > 4)}" for i, date in enumerate(dates)]
    path.write_text("\n".join(["day,odd,sold,weekend", *rows]), encoding="utf-8")
    return sold


def visits(path):
    """Who clicks is said by the site alone."""
    rows = [f"{'yes' if i % 20 < 8 else 'no'},{i * 37 % 101},site-{i % 20},{'abc'[i % 3]}" for i in range(300)]
    path.write_text("\n".join(["click,seen,site,browser", *rows]), encoding="utf-8")


WEEK = ["series.csv", "--time", "day", "--window", "14", "--horizon", "7"]
CLICKS = ["visits.csv", "--target", "click", "--embed"]


def test_a_series_from_training_to_the_days_after_it(capsys, tmp_path):
    series(tmp_path / "series.csv")
    quick = ["--epochs", "150", "--learning-rate", "0.01", "--out", "run", "--json"]
    assert run(["train", *WEEK, "--target", "sold,weekend", *quick]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["task"] == "forecasting"
    assert result["rows"] == {"train": 84 - 20, "validation": 18 - 6, "test": 18 - 6}
    assert set(result["test"]) == {"loss", "mse", "mae"}
    assert result["test"]["mse"] == pytest.approx(result["test"]["loss"], rel=1e-5)
    assert result["baseline"]["linear regression"]["mse"] < 0.01
    assert result["test"]["mse"] < 0.2 * result["baseline"]["repeat last"]["mse"]
    rows = predictions(capsys, "series.csv")
    assert list(rows[0]) == ["day", "sold", "weekend"]
    assert [row["day"] for row in rows] == [f"2024-{date}" for date in ("04-30", *(f"05-0{i}" for i in range(1, 7)))]
    true = 50 + 10 * np.sin(2 * np.pi * np.arange(120, 127) / 7) + np.arange(120, 127) / 10
    np.testing.assert_allclose([float(row["sold"]) for row in rows], true, atol=3)


@pytest.mark.parametrize("network", ["linear", "mlp", "cnn", "gru", "transformer"])
def test_several_series_with_inputs_known_ahead_on_every_network(capsys, tmp_path, network):
    days = [str(np.datetime64("2024-01-01") + i) for i in range(60)]
    rows = [
        f"{day},{shop},{'' if i >= 57 else size * (10 + i % 7)},{'yes' if i % 5 else 'no'},{i % 2 == 0}"
        for shop, size in (("north", 1), ("south", 2))
        for i, day in enumerate(days)
    ]
    (tmp_path / "shops.csv").write_text("\n".join(["day,shop,sold,promo,open", *rows]), encoding="utf-8")
    known = ["--id", "shop", "--target", "sold", "--future", "promo,open", "--calendar", "--network", network]
    assert (
        run(
            [
                "train",
                "shops.csv",
                "--time",
                "day",
                "--window",
                "7",
                "--horizon",
                "3",
                *known,
                "--epochs",
                "1",
                "--out",
                "run",
            ]
        )
        == 0
    )
    said = capsys.readouterr().err
    assert "rows at the end without sold: 3, to be forecast" in said
    assert "known ahead of time: promo=yes, promo=no, open, weekday (sine)" in said
    found = predictions(capsys, "shops.csv")
    assert list(found[0]) == ["shop", "day", "sold"]
    assert [(row["shop"], row["day"]) for row in found] == [
        (shop, day) for shop in ("north", "south") for day in days[57:]
    ]


def test_a_run_of_a_series_is_shown_checked_explained_and_gone_on_with(capsys, tmp_path):
    series(tmp_path / "series.csv")
    assert run(["train", *WEEK, "--epochs", "2", "--out", "run", "-q"]) == 0
    assert run(["train", "--resume", "run", "--epochs", "3", "-q"]) == 0
    for command in ("show", "check", "explain"):
        assert run([command, "run", "--json"]) == 0
    capsys.readouterr()
    series(tmp_path / "series.csv", 121)
    assert run(["train", "--resume", "run", "--epochs", "4"]) == 2
    assert "is not what run was trained on" in capsys.readouterr().err
    series(tmp_path / "series.csv", 13)
    assert run(["predict", "run", "series.csv"]) == 2
    assert "has 13 rows from" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("network", ["mlp", "cnn", "gru", "transformer"])
def test_every_network_foretells(capsys, tmp_path, network):
    series(tmp_path / "series.csv")
    assert run(["train", *WEEK, "--target", "sold", "--network", network, "--epochs", "1", "--out", "run", "-q"]) == 0
    capsys.readouterr()
    assert len(predictions(capsys, "series.csv")) == 7


@pytest.mark.parametrize("embed", ["frequent", "hash"])
@pytest.mark.parametrize("network", ["linear", "mlp"])
def test_a_table_of_many_categories_from_training_to_prediction(capsys, tmp_path, embed, network):
    visits(tmp_path / "visits.csv")
    more = ["--at-least", "2", "--log"] if embed == "frequent" else ["--buckets", "5000"]
    quick = ["--network", network, "--epochs", "30", "--learning-rate", "0.01", "--out", "run"]
    assert run(["train", *CLICKS, embed, *more, *quick, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["test"]["accuracy"] == 1
    assert result["baseline"]["logistic regression"]["accuracy"] == 1
    rows = predictions(capsys, "visits.csv")
    assert [row["prediction"] for row in rows[:20]] == ["yes"] * 8 + ["no"] * 12
    assert float(rows[0]["p(no)"]) + float(rows[0]["p(yes)"]) == pytest.approx(1, abs=1e-5)
    assert run(["train", "--resume", "run", "--epochs", "31", "-q"]) == 0


def test_a_run_of_many_categories_is_shown_checked_and_explained(tmp_path):
    visits(tmp_path / "visits.csv")
    assert run(["train", *CLICKS, "hash", *QUICK, "--buckets", "50", "-q"]) == 0
    for command in ("show", "check", "explain"):
        assert run([command, "run", "--json"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*WEEK, "--time", "dya"], "unknown column of series.csv 'dya': did you mean day?"),
        ([*WEEK, "--target", "slod"], "unknown variable of series.csv 'slod': did you mean sold?"),
        ([*WEEK, "--horizon", "0"], "horizon should be greater than or equal to 1, not 0"),
        ([*WEEK, "--window", "200"], "a window of 200 and a horizon of 7 need 207"),
        (WEEK[:5], "a series needs window and horizon"),
        ([*WEEK, "--dates", "american"], "dates is one of auto, day-first, month-first, or a pattern such as"),
        ([*WEEK, "--future", "promo"], "unknown column of series.csv 'promo'"),
        ([*WEEK, "--fill", "next"], "fill should be 'previous' or 'linear'"),
        ([WEEK[0], *WEEK[3:]], "horizon is for series, and 'series.csv' is among the tables: name its column of"),
        ([*WEEK, "--time", "odd"], "series.csv, line 5: 'odd' is 0.0 after 2.0: sort the rows by time"),
        ([*WEEK, "--network", "autoencoder"], "not 'reconstruction', which an autoencoder is for"),
        ([*WEEK, "--augment", "swap:0.1"], "augment is for images and plain tables, not for series"),
        (
            [*WEEK, "--test", "series.csv"],
            "test is for images, recordings, texts and tables, and 'series.csv'",
        ),
        ([*CLICKS, "hash", "--at-least", "3"], "at_least is for embed 'frequent', not 'hash'"),
        ([*CLICKS, "hash", "--network", "gru"], "gru takes no numbers beside categories: choose linear or mlp"),
        ([*CLICKS, "hash", "--mixup", "0.2"], "mixup changes numbers"),
        ([*CLICKS, "hashed"], "embed should be 'frequent' or 'hash'"),
        (
            ["visits.csv", "--log"],
            "'visits.csv' is among the tables: choose a way to embed",
        ),
        (["series.csv", "--embed", "hash"], "need a column of numbers and one of categories"),
    ],
)
def test_bad_series_and_clicks_in_one_line(capsys, tmp_path, arguments, said):
    series(tmp_path / "series.csv")
    visits(tmp_path / "visits.csv")
    assert run(["train", *arguments, "--out", "run"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err.splitlines()[-1]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["images", "--level", "character"],
            "level is for texts, and 'images' is among the images",
        ),
        (["images", "--size", "0x3"], "size must be a height and a width in pixels, such as 32x48, or one for both"),
        (["iris", "--components", "2"], "add prepare (--prepare whiten)"),
        (["images", "--prepare", "raw"], "prepare is for data sets with a name and tables"),
        (
            ["images", "--task", "regression"],
            "regression needs a table of labels beside the files: name it by --labels",
        ),
        (["texts", "--features", "mfcc"], "features of 'texts' is one of sequence, bag, not 'mfcc'"),
        (["texts", "--task", "reconstruction"], "task of 'texts'"),
        (["texts", "--vocabulary", "1"], "a vocabulary of 1"),
        (["texts", "--encoding", "klingon"], "'klingon' is not known"),
        (["empty"], "without images, recordings or texts"),
        (["iris", "--size", "8"], "size is for images, and 'iris' is among the data sets with a name"),
    ],
)
def test_bad_input_in_one_line(capsys, tmp_path, arguments, said):
    for kind in ("images", "texts"):
        fill(tmp_path / kind, *KINDS[kind])
    (tmp_path / "empty").mkdir()
    assert run(["train", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err.splitlines()[-1]


def test_names_that_are_no_utf_8(capsys, tmp_path):
    fill(tmp_path / "images", image, ".png")
    (tmp_path / "images" / "one").rename(os.fsdecode(bytes(tmp_path / "images") + b"/\xff"))
    (tmp_path / "images" / "two" / "3.png").rename(os.fsdecode(b"images/two/\xff\xfe.png"))
    assert run(["train", "images", *QUICK, "--quiet"]) == 0
    capsys.readouterr()
    rows = predictions(capsys, "images")
    assert {"p(\\udcff)", "p(two)"} < set(rows[0])
    assert any(row["input"] == "images/two/\\udcff\\udcfe.png" for row in rows)
    assert run(["predict", "run", "images", "--out", "said.csv"]) == 0


def test_check_leaves_out_numbers_that_stand_for_words(capsys, tmp_path):
    fill(tmp_path / "texts", text, ".txt")
    assert run(["train", "texts", *QUICK, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["check", "run", "--json", "--quiet", "--samples", "5", "--weights", "sample"]) == 0
    leaves = {leaf["path"]: leaf["verdict"] for leaf in json.loads(capsys.readouterr().out)["leaves"]}
    assert leaves.pop("x") == "skipped"
    assert "skipped" not in leaves.values()


@pytest.mark.parametrize("options", [["--mixup", "0.2"], ["--input-noise", "0.1"], ["--augment", "swap:0.1"]])
def test_numbers_that_stand_for_words_are_not_blended(capsys, tmp_path, options):
    fill(tmp_path / "texts", text, ".txt")
    assert run(["train", "texts", *options]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert f"{options[0][2:].replace('-', '_')} changes numbers" in said
    assert "--features bag" in said
    assert run(["train", "texts", "--features", "bag", *options, *QUICK, "--quiet"]) == 0


def test_one_text_for_a_run_trained_on_a_table(capsys, tmp_path):
    rows = [f"{'win a big prize' if i % 2 else 'see you at home'},{i % 2}" for i in range(20)]
    (tmp_path / "mail.csv").write_text("\n".join(["said,spam", *rows]), encoding="utf-8")
    (tmp_path / "one.txt").write_text("win a big prize, today,\nand see\n", encoding="utf-8")
    assert run(["train", "mail.csv", "--text", "said", *QUICK, "--quiet"]) == 0
    capsys.readouterr()
    (row,) = predictions(capsys, "one.txt")
    assert row["input"] == "one.txt"
    assert len(predictions(capsys, "mail.csv")) == 20
    assert run(["predict", "run", "none.txt"]) == 2


def test_a_table_for_a_run_trained_on_a_folder_of_texts(capsys, tmp_path):
    fill(tmp_path / "texts", text, ".txt")
    (tmp_path / "mail.csv").write_text("said\nhello\n", encoding="utf-8")
    assert run(["train", "texts", *QUICK, "--quiet"]) == 0
    assert run(["predict", "run", "mail.csv"]) == 2
    assert "mail.csv is a table, but the run was trained on files" in capsys.readouterr().err


def test_files_of_other_kinds_are_said_and_single_ones_refused(capsys, tmp_path):
    fill(tmp_path / "images", image, ".png")
    (tmp_path / "images" / "one" / "notes.txt").write_text("dark", encoding="utf-8")
    assert run(["train", "images", *QUICK]) == 0
    assert "left out, no images: 1 file: one 1 (notes.txt)" in capsys.readouterr().err
    assert run(["train", "images/one/0.png"]) == 2
    assert "is a single file of the kind 'images'" in capsys.readouterr().err


def test_data_that_was_moved_is_named(capsys, tmp_path):
    fill(tmp_path / "images", image, ".png")
    assert run(["train", "images", *QUICK, "--quiet"]) == 0
    (tmp_path / "images").rename(tmp_path / "moved")
    for command in (["train", "--resume", "run", "--epochs", "9"], ["check", "run"]):
        assert run(command) == 2
        assert "run was trained on images, which is not here" in capsys.readouterr().err


def test_augmentation_of_images_in_colour(capsys, tmp_path):
    fill(tmp_path / "images", lambda file, k, i: image(file, k, i, (6, 6, 3)), ".png")
    assert run(["train", "images", "--augment", "flip,crop:4", *QUICK, "--quiet"]) == 0
    assert run(["train", "images", "--augment", "cutout:6"]) == 2
    assert "cutout:6 is as large as the images of images, 6x6" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_amounts_from_a_table_beside_files(capsys, tmp_path, kind):
    fill(tmp_path / kind, *KINDS[kind])
    files = sorted(file for file in (tmp_path / kind).rglob("*") if file.is_file())
    lines = "".join(f"{file.relative_to(tmp_path / kind)},{i / 7}\n" for i, file in enumerate(files))
    (tmp_path / "amounts.csv").write_text(f"file,amount\n{lines}gone,3\n", encoding="utf-8")
    assert run(["train", kind, "--labels", "amounts.csv", "--out", "run", *QUICK]) == 0
    assert "amounts.csv: 1 row without a file here: gone (line 22)" in capsys.readouterr().err
    assert run(["predict", "run", kind]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["input"] for row in rows] == [str(file.relative_to(tmp_path)) for file in files]
    assert all(np.isfinite(float(row["prediction"])) for row in rows)
