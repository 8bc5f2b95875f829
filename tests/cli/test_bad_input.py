"""Bad input: one line on standard error that says what, which value and what to do; exit code 2; nothing written."""

from __future__ import annotations

import shutil

import pytest

from pellucid.cli.app import run

TABLE = "x,y,label\n" + "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(30))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_text(TABLE)
    return tmp_path


def refused(capsys, folder, *arguments, mention):
    before = sorted(folder.rglob("*"))
    assert run(list(arguments)) == 2
    captured = capsys.readouterr()
    lines = captured.err.strip().splitlines()
    assert lines[-1].startswith("pellucid: ")
    assert "Traceback" not in captured.err
    assert captured.out == ""
    for word in mention:
        assert word in lines[-1], lines[-1]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "mention"),
    [
        (["nothing.csv"], ["nothing.csv"]),
        (["digit"], ["digit", "did you mean digits"]),
        (["good.csv", "--target", "lable"], ["lable", "did you mean label"]),
        (["good.csv", "--target", "label", "--task", "regression"], ["label"]),
        (["good.csv", "--target", "label", "--task", "ranking"], ["task", "ranking"]),
        (["iris", "--activation", "rleu"], ["activation", "rleu", "ReLU"]),
        (["iris", "--activation", "dense"], ["activation", "dense"]),
        (["iris", "--optimizer", "adan"], ["adan", "Adam"]),
        (["iris", "--hidden", "8,x"], ["8,x"]),
        (["iris", "--hidden", "0,8"], ["options: hidden", "0"]),
        (["iris", "--hidden", "-3"], ["options: hidden", "-3"]),
        (["iris", "--epochs", "0"], ["epochs", "0"]),
        (["iris", "--batch-size", "-1"], ["batch_size", "-1"]),
        (["iris", "--learning-rate", "0"], ["learning_rate", "0"]),
        (["iris", "--learning-rate", "nan"], ["learning_rate"]),
        (["iris", "--l2", "-1"], ["l2", "-1"]),
        (["iris", "--engine", "cuda"], ["engine", "cuda"]),
        (["iris", "--epochs", "many"], ["many"]),
        (["iris", "--colour", "red"], ["colour"]),
        (["iris", "--targt", "species"], ["--targt", "did you mean --target"]),
        (["iris", "--lr", "0.1"], ["--lr", "did you mean --learning-rate?"]),
        (["iris", "--epoch", "3"], ["--epoch", "did you mean --epochs"]),
        (["iris", "--batch", "8"], ["--batch", "did you mean --batch-size?"]),
        (["iris", "--wd", "0.1"], ["--wd", "did you mean --l2?"]),
        (["iris", "--momentum", "0.9"], ["--momentum", "did you mean --optimizer?"]),
        (["iris", "-x"], ["No such option: -x ("]),
        (["iris", "--target", "species"], ["target"]),
        (["iris", "--task", "regression"], ["task", "iris"]),
        (["iris", "--header", "no"], ["header"]),
        (["iris", "--loss", "Hing"], ["Hing", "did you mean Hinge"]),
        (["iris", "--loss", "MeanSquaredError"], ["MeanSquaredError", "classification"]),
        (["iris", "--activation", ""], ["activation"]),
        (["iris", "--hidden", "99999999999999999999"], ["99999999999999999999"]),
        (["digits", "--augment", "crop:9"], ["crop:9", "larger", "8x8"]),
        (["digits", "--augment", "crop"], ["crop", "write crop:24"]),
        (["digits", "--augment", "shift:0"], ["pixels", "0", "write shift:2"]),
        (["digits", "--augment", "flip:1"], ["flip takes no number"]),
        (["digits", "--augment", "crop:7,crop:8"], ["larger", "7 x 7"]),
        (["digits", "--augment", "flop"], ["augmentation", "flop", "did you mean flip"]),
        (["digits", "--augment", "swap:0.1"], ["images", "swap"]),
        (["iris", "--augment", "flip"], ["iris is a table", "flip", "swap"]),
        (["digits", "--network", "autoencoder", "--augment", "flip"], ["reconstruction", "input_noise"]),
        (["digits", "--network", "autoencoder", "--dropout", "0.1"], ["dropout", "autoencoder"]),
        (["iris", "--dropout", "1"], ["dropout", "1"]),
        (["iris", "--mixup", "0"], ["mixup", "0"]),
        (["iris", "--weight-noise", "-1"], ["weight_noise", "-1"]),
        (["iris", "--label-smoothing", "1"], ["label_smoothing", "1"]),
        (["iris", "--label-smoothing", "0.1", "--loss", "Hinge"], ["label_smoothing", "Hinge"]),
        (["--resume", "nowhere"], ["nowhere"]),
        (["iris", "--config", "none.toml"], ["none.toml"]),
    ],
)
def test_train_refuses(capsys, folder, arguments, mention):
    refused(capsys, folder, "train", *arguments, mention=mention)


@pytest.mark.parametrize(
    ("content", "mention"),
    [
        (b"", ["empty"]),
        (b"\x00\x01\x02\xff\xfe" * 50, ["bad.csv"]),
        (b"x,y\n1,2\n", ["bad.csv"]),
        (b"x,y\n" + b"1,same\n" * 30, ["same"]),
        (b"x,y\n" + b"1,2.5\n3,inf\n" * 30, ["inf"]),
        (b"x,y\n" + b"1,\n3,4\n" * 30, ["missing"]),
        (b"x,y\n" + b"1,2,3\n" * 30, ["line"]),
    ],
)
def test_train_refuses_tables(capsys, folder, content, mention):
    (folder / "bad.csv").write_bytes(content)
    refused(capsys, folder, "train", "bad.csv", "--target", "y", mention=mention)


@pytest.mark.parametrize(
    ("content", "mention"),
    [
        ("data = ", ["TOML"]),
        ("epoch = 3", ["epoch", "did you mean epochs"]),
        ('epochs = "three"', ["epochs", "three"]),
        ("hidden = [8, 0]", ["net.toml: hidden", "0"]),
        ("epochs = 1.5", ["epochs", "1.5"]),
        ("network = 3", ["net.toml: network should be", "3"]),
        ('optimizer = { type = "adam", rate = 1 }', ["rate"]),
        ('optimizer = { type = "adam", learning_rate = "fast" }', ["learning_rate", "fast"]),
        ('loss = "MeanSquare"', ["MeanSquare", "did you mean"]),
        ('data = "iris"\n[network]\ntype = "Chain"\nlayers = ["Dense"]', ["units"]),
        ('data = "iris"\n[network]\ntype = "Chain"\nlayers = [{type = "Dense", units = 2}]', ["2"]),
        ('data = "iris"\nhidden = [3]\n[network]\ntype = "Chain"\nlayers = []', ["network", "hidden"]),
        ('data = "iris"\n[network]\ntype = "Chain"\nlayers = 3', ["layers"]),
        ('data = "iris"\n[network]\ntype = "subprocess"', ["subprocess"]),
        ('data = "iris"\n[network]\ntype = "Chain"\nlayers = []', ["(4,)", "3 outputs"]),
        ('data = "iris"\n[network]\ntype = "Dense"\nunits = 5', ["(5,)", "3 outputs"]),
        ('optimizer = { type = "Adam", learning_rate = 1' + 400 * "0" + " }", ["too large"]),
        ("data = " + 2000 * "[" + 2000 * "]", ["nested"]),
    ],
)
def test_train_refuses_configs(capsys, folder, content, mention):
    (folder / "net.toml").write_text(content)
    refused(capsys, folder, "train", "--config", "net.toml", mention=mention)


def test_going_on_refuses_what_would_change_the_run(capsys, folder):
    assert run(["train", "iris", "--epochs", "1", "--out", "run", "--quiet"]) == 0
    capsys.readouterr()
    for option, value in (("--seed", "1"), ("--hidden", "3"), ("--loss", "Hinge"), ("--engine", "jax")):
        refused(capsys, folder, "train", "--resume", "run", option, value, mention=[f"leave out {option}"])
    refused(capsys, folder, "train", "wine", "--resume", "run", mention=["leave out DATA"])
    refused(capsys, folder, "train", "--resume", "run", "--out", "other", mention=["--out"])


def test_an_existing_folder_is_not_written_over(capsys, folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "diary.txt").write_text("dear")
    refused(capsys, folder, "train", "iris", "--out", "kept", mention=["kept", "another folder"])
    refused(capsys, folder, "train", "iris", "--out", "good.csv", mention=["good.csv"])


def test_diverging_training_is_named_and_kept(capsys, folder):
    arguments = ["iris", "--optimizer", "gradient-descent", "--learning-rate", "1e30", "--out", "run", "--quiet"]
    assert run(["train", *arguments]) == 2
    line = capsys.readouterr().err.strip()
    assert "\n" not in line
    assert "step" in line
    assert "learning rate" in line


def test_predict_and_show_refuse_what_is_no_run(capsys, folder):
    (folder / "plain").mkdir()
    refused(capsys, folder, "predict", "plain", "good.csv", mention=["plain", "run.json"])
    refused(capsys, folder, "predict", "missing", "good.csv", mention=["missing"])
    refused(capsys, folder, "show", "plain", mention=["plain"])
    refused(capsys, folder, "check", "plain", mention=["plain"])


def test_predict_refuses_tables_that_do_not_fit(capsys, folder):
    assert run(["train", "good.csv", "--target", "label", "--epochs", "1", "--out", "run", "--quiet"]) == 0
    capsys.readouterr()
    (folder / "few.csv").write_text("x\n1\n2\n")
    refused(capsys, folder, "predict", "run", "few.csv", mention=["y"])
    (folder / "words.csv").write_text("x,y\n1,much\n2,3\n")
    refused(capsys, folder, "predict", "run", "words.csv", mention=["much"])
    (folder / "run" / "preprocessing.json").write_text("{}")
    refused(capsys, folder, "predict", "run", "good.csv", mention=["preprocessing.json"])


@pytest.mark.skipif(
    shutil.which("ls") is None or not __import__("pathlib").Path("/dev/full").exists(), reason="no /dev/full"
)
def test_no_room_on_disk_is_one_line(capsys, folder, monkeypatch):
    import os

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run(["train", "iris", "--epochs", "1", "--quiet", "--out", "run"]) == 2
    line = capsys.readouterr().err.strip()
    assert line.startswith("pellucid: No space left on device")
    assert not list((folder / "run").glob(".*part"))
