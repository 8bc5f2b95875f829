"""``--network``: each trains, says what it is, can be shown, and refuses what means nothing to it."""

from __future__ import annotations

import csv
import io
import json
import math

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA

from pellucid import ConfigError, load_dataset, load_run
from pellucid.cli.app import run
from pellucid.jobs.network_names import NETWORKS as NETWORKS_IN_HELP
from pellucid.jobs.presets import PRESETS
from pellucid.jobs.training_job import prepare_job

NETWORKS = list(PRESETS)
SAID = {
    "linear": "64 columns",
    "mlp": "64 columns: hidden layers of 128, 64 units, ReLU",
    "ensemble": "64 columns, as they are and in ",
    "cnn": "images of 8x8: 32, then 64 filters of size 3, ReLU; dense 128",
    "rnn": "images of 8x8, row by row: 128 units, whose last step decides",
    "lstm": "images of 8x8, row by row",
    "gru": "images of 8x8, row by row",
    "transformer": "images of 8x8, row by row: 2 blocks of 4 heads, width 64",
    "autoencoder": "64 columns, a code of 16: 64 - 256 - 16 - 256 - 64, GELU",
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ask(capsys, *arguments):
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def last_note(result):
    return result["notes"][-1]


@pytest.mark.parametrize("network", NETWORKS)
def test_each_learns_from_images_and_says_what_it_is(capsys, network):
    assert run(["train", "digits", "--network", network, "--epochs", "2", "--out", "run", "--json"]) == 0
    captured = capsys.readouterr()
    result = json.loads(captured.out)
    assert last_note(result).startswith(f"network: {network} for {SAID[network]}")
    assert last_note(result) in captured.err.splitlines()
    outputs = 64 if network == "autoencoder" else 10
    x = load_dataset("digits").test.x[:2]
    assert load_run("run").trained.predict(x).shape == (2, outputs)
    plain, name = ("mean", "r2") if network == "autoencoder" else ("majority class", "accuracy")
    assert result["test"][name] > 2 * abs(result["baseline"][plain][name])
    assert result["baseline"][plain]["gain"] < 0
    shown = ask(capsys, "show", "run")
    assert shown["layers"][-1]["output"] == ([16, 10] if network == "ensemble" else [outputs])
    assert ask(capsys, "show", "digits", "--network", network)["layers"] == shown["layers"]


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("data", ["iris", "diabetes", "moons"])
def test_each_learns_from_a_table(capsys, network, data):
    result = ask(capsys, "train", data, "--network", network, "--epochs", "1")
    assert math.isfinite(result["test"]["loss"])
    assert ("a series in their order" in last_note(result)) == (network in ("cnn", "rnn", "lstm", "gru", "transformer"))


def test_help_knows_them_all():
    assert tuple(NETWORKS) == NETWORKS_IN_HELP


@pytest.mark.parametrize(
    ("data", "said", "network"),
    [
        ("iris", [], "ensemble"),
        ("diabetes", [], "ensemble"),
        ("iris", ["--hidden", "8"], "mlp"),
        ("iris", ["--dropout", "0.1"], "mlp"),
        ("iris", ["--augment", "swap:0.1"], "mlp"),
        ("digits", [], "mlp"),
    ],
)
def test_what_there_is_without_a_name(capsys, data, said, network):
    arguments = ["train", data, "--epochs", "1", *said]
    named, unnamed = (ask(capsys, *arguments, *extra) for extra in (["--network", network], []))
    assert named["test"] == unnamed["test"]
    assert last_note(named) == last_note(unnamed)
    assert last_note(named).startswith(f"network: {network} for ")


def test_sizes_and_activation_are_heard(capsys, tmp_path):
    trained = ask(
        capsys, "train", "digits", "--network", "cnn", "--hidden", "7", "--activation", "tanh", "--epochs", "1"
    )
    layers = [row["layer"] for row in ask(capsys, "show", trained["run"])["layers"]]
    assert layers[-3:] == ["Dense(7)", "Tanh()", "Dense(10)"]
    assert layers.count("Tanh()") == 3
    (tmp_path / "net.toml").write_text(
        'data = "iris"\nepochs = 1\nnetwork = "autoencoder"\nhidden = [6, 5]\ncode = 3\n'
    )
    outputs = [row["output"] for row in ask(capsys, "show", "net.toml")["layers"]]
    assert outputs == [[6], [6], [5], [5], [3], [5], [5], [6], [6], [4]]
    assert last_note(ask(capsys, "train", "--config", "net.toml")).endswith(": 4 - 6 - 5 - 3 - 5 - 6 - 4, Tanh")


def test_a_name_given_as_an_option_wins_over_one_in_the_file(capsys, tmp_path):
    (tmp_path / "net.toml").write_text('data = "iris"\nepochs = 1\nnetwork = "gru"\n')
    assert "network: gru" in last_note(ask(capsys, "train", "--config", "net.toml"))
    assert "network: rnn" in last_note(ask(capsys, "train", "--config", "net.toml", "--network", "rnn"))


@pytest.mark.parametrize("network", ["cnn", "autoencoder"])
def test_going_on_ends_where_an_unbroken_run_does(capsys, network):
    options = ["--network", network, "--hidden", "8"]
    whole = ask(capsys, "train", "iris", *options, "--epochs", "4", "--out", "whole")
    ask(capsys, "train", "iris", *options, "--epochs", "2", "--out", "part")
    assert ask(capsys, "train", "--resume", "part", "--epochs", "4")["test"] == whole["test"]
    for option in (["--network", "lstm"], ["--code", "2"]):
        assert run(["train", "--resume", "part", *option]) == 2
        assert f"leave out {option[0]}" in capsys.readouterr().err


def write_flowers(path, rows, species=True):
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["a", "b", "c", "d", *(["species"] if species else [])])
        for row in rows:
            out.writerow([*row, *(["iris"] if species else [])])


def test_an_autoencoder_finds_odd_rows(capsys, tmp_path):
    x = load_iris().data
    write_flowers(tmp_path / "flowers.csv", x)
    result = ask(capsys, "train", "flowers.csv", "--target", "species", "--network", "autoencoder", "--out", "run")
    assert result["task"] == "reconstruction"
    assert any("'species' is not used" in note for note in result["notes"])
    assert result["baseline"]["PCA"]["components"] == 2
    assert result["test"]["r2"] > 0.9
    odd = [5.0, 3.0, 1.5, 9.0]  # a small flower with petals wider than long
    write_flowers(tmp_path / "new.csv", [*x[:20], odd], species=False)
    assert run(["predict", "run", "new.csv"]) == 0
    captured = capsys.readouterr()
    errors = [float(row["reconstruction_error"]) for row in csv.DictReader(io.StringIO(captured.out))]
    assert errors[-1] > 10 * max(errors[:-1])
    assert captured.err == ""
    predicted = ask(capsys, "predict", "run", "new.csv")
    assert predicted["task"] == "reconstruction"
    trained = load_run("run").trained
    scaled = json.loads((tmp_path / "run" / "preprocessing.json").read_text())["numbers"]
    z = ((np.array([odd]) - scaled["mean"]) / scaled["scale"]).astype(np.float32)
    expected = np.mean((trained.predict(z) - z) ** 2)
    assert predicted["predictions"][-1] == {"reconstruction_error": pytest.approx(expected, rel=1e-5)}


def test_without_a_target_every_column_is_an_input(capsys, tmp_path):
    write_flowers(tmp_path / "flowers.csv", load_iris().data, species=False)
    result = ask(capsys, "train", "flowers.csv", "--network", "autoencoder", "--epochs", "1")
    assert "network: autoencoder for 4 columns, a code of 2" in last_note(result)


def test_one_column_leaves_no_room_for_a_code(tmp_path):
    (tmp_path / "one.csv").write_text("a\n" + "\n".join(map(str, range(60))))
    with pytest.raises(ConfigError, match="has one column, and no code is shorter: choose data with more"):
        prepare_job({"data": str(tmp_path / "one.csv"), "network": "autoencoder"})


def test_its_baseline_is_pca_as_scikit_learn_has_it(capsys):
    result = ask(capsys, "train", "wine", "--network", "autoencoder", "--code", "4", "--epochs", "1")
    wine = load_dataset("wine")
    pca = PCA(4).fit(wine.train.x)
    lost = ((wine.test.x - pca.inverse_transform(pca.transform(wine.test.x))) ** 2).mean(axis=0).sum()
    assert result["baseline"]["PCA"]["r2"] == pytest.approx(1 - lost / wine.test.x.var(axis=0).sum(), abs=1e-5)


def test_a_whole_network_can_be_an_autoencoder_too(capsys, tmp_path):
    layers = '[{ type = "Dense", units = 1 }, { type = "Dense", units = 4 }]'
    table = f'data = "iris"\ntask = "reconstruction"\nepochs = 1\n[network]\ntype = "Chain"\nlayers = {layers}\n'
    (tmp_path / "net.toml").write_text(table)
    result = ask(capsys, "train", "--config", "net.toml")
    assert (result["task"], result["baseline"]["PCA"]["components"]) == ("reconstruction", 1)


def test_the_result_of_an_autoencoder_fits_in_80_columns(capsys):
    assert run(["train", "iris", "--network", "autoencoder", "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "PCA of 2" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "mention"),
    [
        (["iris", "--network", "cnm"], ["cnm", "did you mean cnn"]),
        (["iris", "--network", "perceptron"], ["perceptron", "transformer, autoencoder"]),
        (["iris", "--network", "lstm", "--hidden", "8"], ["hidden", "mlp, ensemble, cnn, autoencoder, not for lstm"]),
        (["iris", "--network", "transformer", "--activation", "tanh"], ["activation", "not for transformer"]),
        (["iris", "--network", "cnn", "--activation", "maxout"], ["Maxout", "cnn"]),
        (["iris", "--code", "2"], ["code is for autoencoder, not for mlp"]),
        (["iris", "--network", "autoencoder", "--code", "4"], ["a code of 4", "4 columns"]),
        (["iris", "--network", "autoencoder", "--code", "0"], ["code", "0"]),
        (["iris", "--network", "autoencoder", "--class-weight", "balanced"], ["class_weight"]),
        (["iris", "--network", "autoencoder", "--loss", "Hinge"], ["Hinge", "reconstruction"]),
        (["iris", "--network", "autoencoder", "--task", "classification"], ["autoencoder", "leave out task"]),
        (["iris", "--network", "cnn", "--task", "reconstruction"], ["reconstruction", "'cnn'"]),
        (["one.csv", "--network", "gru"], ["one column", "mlp"]),
        (["one.csv", "--target", "y", "--network", "autoencoder"], ["one column", "choose data with more"]),
        (["--config", "net.toml", "--network", "cnn"], ["net.toml", "leave out --network"]),
        (["--config", "net.toml", "--code", "3"], ["net.toml", "leave out --code"]),
    ],
)
def test_refused_in_one_line(capsys, tmp_path, arguments, mention):
    (tmp_path / "one.csv").write_text("x,y\n" + "".join(f"{i},{'ab'[i % 2]}\n" for i in range(40)))
    (tmp_path / "net.toml").write_text('data = "iris"\n[network]\ntype = "Dense"\nunits = 3\n')
    assert run(["train", *arguments, "--quiet"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    for words in mention:
        assert words in line
    assert not (tmp_path / "runs").exists()


def test_one_column_of_words_can_be_given_back(capsys, tmp_path):
    (tmp_path / "t.csv").write_text("town\n" + "".join(f"{('Bonn', 'Trier', 'Mainz')[i % 3]}\n" for i in range(60)))
    result = ask(capsys, "train", "t.csv", "--network", "autoencoder", "--epochs", "1")
    assert set(result["test"]) == {"loss", "r2"}


def test_show_names_each_of_several_outputs(capsys, tmp_path):
    layers = (
        '[{ type = "Reshape", shape = [8, 8] }, { type = "Mask", padding = -9 }, { type = "Recurrent", '
        'cell = { type = "GRU", units = 5 }, return_sequences = false }, { type = "Dense", units = 10 }]'
    )
    (tmp_path / "net.toml").write_text(f'[network]\ntype = "Chain"\nlayers = {layers}\n')
    assert run(["show", "net.toml"]) == 0
    assert "values (B, 8, 8), mask (B, 8)" in capsys.readouterr().out
    shown = ask(capsys, "show", "net.toml")["layers"]
    assert [row["output"] for row in shown[1:3]] == [{"values": [8, 8], "mask": [8]}, [5]]


def test_show_refuses_another_network_for_a_run(capsys):
    ask(capsys, "train", "iris", "--epochs", "1", "--out", "run")
    assert run(["show", "run", "--network", "cnn"]) == 2
    assert "leave out --network" in capsys.readouterr().err
