"""Folders of pictures, texts and recordings through ``pellucid train`` and ``predict``."""

from __future__ import annotations

import csv
import io
import json

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


def picture(file, k, i, size=(6, 6)):
    noise = np.random.default_rng(i).integers(0, 60, size)
    Image.fromarray((noise + 150 * k).astype(np.uint8)).save(file)


def text(file, k, i):
    file.write_text(f"{'good fine day' if k else 'bad awful rain'} {'so ' * (i % 3)}", encoding="utf-8")


def sound(file, k, i):
    time = np.arange(1600) / 8000
    soundfile.write(file, 0.5 * np.sin(2 * np.pi * (300 + 900 * k) * time + i), 8000)


KINDS = {"pictures": (picture, ".png"), "texts": (text, ".txt"), "sounds": (sound, ".wav")}


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
    more = {"pictures": ["--size", "8x4"], "texts": ["--level", "character"], "sounds": ["--features", "mfcc"]}[kind]
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


def test_pictures_can_be_given_back(capsys, tmp_path):
    fill(tmp_path / "pictures", picture, ".png")
    assert run(["train", "pictures", "--network", "autoencoder", "--epochs", "1", "--out", "run"]) == 0
    capsys.readouterr()
    assert "reconstruction_error" in predictions(capsys, "pictures")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pictures", "--level", "character"], "level is for text; 'pictures' is data of the kind 'images'"),
        (["pictures", "--size", "0x3"], "size"),
        (["pictures", "--task", "regression"], "task of 'pictures' is one of auto, classification, reconstruction"),
        (["texts", "--features", "mfcc"], "features of 'texts' is one of sequence, bag, not 'mfcc'"),
        (["texts", "--task", "reconstruction"], "task of 'texts'"),
        (["texts", "--vocabulary", "1"], "a vocabulary of 1"),
        (["texts", "--encoding", "klingon"], "'klingon' is not known"),
        (["empty"], "without pictures, recordings or texts"),
        (["iris", "--size", "8"], "size is for images; 'iris' is a data set that is known"),
    ],
)
def test_bad_input_in_one_line(capsys, tmp_path, arguments, said):
    for kind in ("pictures", "texts"):
        fill(tmp_path / kind, *KINDS[kind])
    (tmp_path / "empty").mkdir()
    assert run(["train", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err.splitlines()[-1]
