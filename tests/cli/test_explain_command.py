"""``pellucid explain`` from a user's chair."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from pellucid.cli.app import run
from pellucid.derivation.lessons import EXAMPLES
from pellucid.layer import Layer


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def told(capsys, *arguments):
    """What the command prints on standard output."""
    assert run(["explain", *arguments]) == 0
    return capsys.readouterr().out


def answered(monkeypatch, capsys, text, *arguments):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return told(capsys, *arguments, "--quiz")


def test_without_a_name_it_lists_the_examples(capsys):
    out = told(capsys)
    assert all(name in out for name in EXAMPLES)
    assert max(map(len, out.splitlines())) <= 80
    assert [e["name"] for e in json.loads(told(capsys, "--json"))["examples"]] == list(EXAMPLES)


def test_the_classic(capsys):
    out = told(capsys, "two-two-two", "--weight", "w1")
    for figure in ("0.593269992", "0.75136507", "0.298371109", "0.138498562", "0.000438567", "0.149780716"):
        assert figure in out
    assert "net_h1 = w1 * i1 + w2 * i2 + b1" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_its_sections(capsys, name):
    out = told(capsys, name, "--quiet").lower()
    assert all(section in out for section in ("forward", "backward", "update", "check"))


def test_one_section_alone(capsys):
    out = told(capsys, "softmax", "--only", "update", "--digits", "3")
    assert "after the step" in out
    assert "forward" not in out.lower()
    assert "-1.42" in out


def test_automatic_differentiation_is_asked_for(capsys):
    assert "automatic" not in told(capsys, "softmax", "--only", "check")
    assert "by automatic differentiation" in told(capsys, "softmax", "--only", "check", "--automatic").lower()


def test_text_in_a_pipe_is_as_wide_as_columns_says(monkeypatch, capsys):
    for told_by, width in (("60", 60), ("100", 100), ("none", 80), ("0", 80)):
        monkeypatch.setenv("COLUMNS", told_by)
        widest = max(map(len, told(capsys, "two-two-two").splitlines()))
        assert width - 25 < widest <= width


def test_a_sample_that_is_not_there_is_said_before_the_data_is_read(trained, capsys, monkeypatch):
    monkeypatch.setattr("pellucid.jobs.network_source.load_data", None)
    monkeypatch.setattr("pellucid.jobs.network_source.data_of_run", None)
    for sample, hint in (("22", "choose one from 0 to 21"), ("-1", "samples count from 0")):
        assert run(["explain", "run", "--sample", sample]) == 2
        assert hint in capsys.readouterr().err
    assert run(["explain", "two-two-two", "--sample", "1"]) == 2
    assert "there is only one, sample 0" in capsys.readouterr().err


def test_another_rule(capsys):
    assert "Momentum" in told(capsys, "softmax", "--optimizer", "momentum", "--only", "update")


def test_a_file_appears_whole_and_nothing_is_printed(capsys, tmp_path):
    assert told(capsys, "rnn", "--out", "rnn.txt") == ""
    assert "∂E/∂u" in (tmp_path / "rnn.txt").read_text(encoding="utf-8")


def test_a_row_of_data_with_the_weight_it_chooses(capsys):
    assert run(["explain", "iris", "--network", "mlp", "--sample", "2", "--only", "check"]) == 0
    captured = capsys.readouterr()
    assert "the largest gradient of the weights of dense_1" in captured.err
    assert "no run" in captured.err
    assert "relative error" in captured.out
    assert run(["explain", "iris", "--weight", "dense_ensemble_1/W[0, 0, 0]", "--only", "update", "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_a_run_is_explained_with_its_weights(capsys):
    assert run(["train", "iris", "--epochs", "2", "--hidden", "3", "--out", "run", "--quiet"]) == 0
    capsys.readouterr()
    assert run(["explain", "run", "--sample", "1", "--only", "update"]) == 0
    captured = capsys.readouterr()
    assert "after the step" in captured.out
    assert "no run" not in captured.err
    assert "E after" in told(capsys, "run", "--step")


def test_the_first_steps(capsys):
    out = told(capsys, "two-two-two", "--epochs", "100")
    rows = [line.split() for line in out.splitlines()]
    assert rows[0][:4] == ["step", "E", "w5", "∂E/∂w5"]
    assert rows[2][:3] == ["1", "0.291028", "0.358916"]
    assert [row[0] for row in rows[11:15]] == ["10", "20", "50", "100"]
    assert max(map(len, out.splitlines()[:15])) <= 80
    assert told(capsys, "two-two-two", "--epochs", "3", "--weight", "w8").split()[2] == "w8"
    steps = json.loads(told(capsys, "two-two-two", "--epochs", "3", "--json"))["steps"]
    assert [step["step"] for step in steps] == [0, 1, 2, 3]
    assert set(steps[0]["weights"]) == {f"w{n}" for n in range(1, 9)}


def test_the_quiz(monkeypatch, capsys):
    out = answered(monkeypatch, capsys, "0.3775\n0.4\n0.393\n?\n\nabc\n5\nq\n", "two-two-two")
    assert "right: net_h1 = 0.15 * 0.05 + 0.2 * 0.1 + 0.35 = 0.3775" in out
    assert "give at least two significant digits" in out
    assert "out_h1 = 1 / (1 + exp(-0.3775)) = 0.593269992" in out
    assert "'abc' is no number" in out
    assert "wrong: net_o1" in out
    assert out.splitlines()[-1].startswith("2 right of 4; ")
    assert max(map(len, out.splitlines())) <= 80


def test_the_quiz_can_be_left_at_any_time(monkeypatch, capsys):
    assert answered(monkeypatch, capsys, "", "lstm").splitlines()[-1].startswith("0 right of 0")

    def interrupted(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert told(capsys, "lstm", "--quiz").splitlines()[-1].startswith("0 right of 0")


def test_a_long_quiz_comes_in_parts(monkeypatch, capsys):
    out = answered(monkeypatch, capsys, "\n" * 20 + "\n?\n" + "q\n", "iris", "-q")
    assert "questions, in parts of 20; --only backward asks for fewer" in out
    assert "0 right of 0 so far" in out
    assert "An empty line goes on, q leaves" in out
    assert out.splitlines()[-1].startswith("0 right of 1; ")
    out = answered(monkeypatch, capsys, "\n" * 20 + "q\n", "iris", "-q")  # left at the pause
    assert out.splitlines()[-1].startswith("0 right of 0; ")


@pytest.fixture
def trained(capsys):
    assert run(["train", "iris", "--epochs", "3", "--hidden", "3", "--l2", "0.01", "--out", "run", "--quiet"]) == 0
    capsys.readouterr()
    return Path("run")


def updates(out):
    """The numbers of the update by name."""
    section = next(section for section in json.loads(out)["sections"] if section["name"] == "update")
    return {step["name"]: step["value"] for step in section["steps"]}


def test_a_run_is_shown_with_its_own_optimizer_and_what_that_remembers(trained, capsys):
    weight = ["--weight", "dense_1/W[0, 0]"]
    assert run(["explain", "run", *weight, "--json"]) == 0
    captured = capsys.readouterr()
    steps = -(-105 // 32) * 3
    assert f"step {steps + 1} of the run's own Adam(" in captured.err
    lines = updates(captured.out)
    slots = load_file("run/checkpoint.safetensors")
    g = lines["g with penalty"]
    assert lines["m"] == pytest.approx(0.9 * float(slots["last/slots/m/dense_1/W"][0, 0]) + 0.1 * g, rel=1e-12)
    other = updates(told(capsys, "run", *weight, "--json", "--optimizer", "momentum"))
    assert other["v"] == pytest.approx(-0.01 * g, rel=1e-12)  # another's begins at zero


def test_the_step_of_a_run_has_its_mixture_and_its_constraint(capsys):
    options = ["--max-norm", "0.5", "--mixup", "0.5", "--clip-norm", "1", "--dropout", "0.5", "--hidden", "3"]
    assert run(["train", "iris", "--epochs", "2", *options, "--batch-size", "10", "--out", "run", "--quiet"]) == 0
    capsys.readouterr()
    weight = ["--sample", "13", "--weight", "dense_1/W[0, 0]"]
    assert run(["explain", "run", *weight, "--json"]) == 0
    captured = capsys.readouterr()
    assert "in a batch of rows 10 to 19 of the test part" in captured.err
    assert "dropout and noise are off" in captured.err
    numbers = [step["name"] for section in json.loads(captured.out)["sections"] for step in section["steps"]]
    assert {"s", "x[0]", "E_first", "E_second", "||g||", "||w||"} <= set(numbers)
    assert run(["explain", "run", *weight, "--train", "--only", "forward"]) == 0
    captured = capsys.readouterr()
    assert "are off" not in captured.err
    assert "at random" in captured.out
    assert "E after" in told(capsys, "run", "--sample", "13", "--step")
    assert run(["explain", "run", "--sample", "22"]) == 2
    assert "choose one from 0 to 21" in capsys.readouterr().err


def test_what_a_run_does_not_hold_is_said(trained, capsys):
    (trained / "checkpoint.safetensors").unlink()
    assert run(["explain", "run", "--only", "update"]) == 0
    captured = capsys.readouterr()
    assert "Adam: running quantities start at zero" in captured.err
    assert "0.9 * 0 + (1 - 0.9)" in captured.out
    description = json.loads((trained / "run.json").read_text(encoding="utf-8"))
    (trained / "run.json").write_text(json.dumps({**description, "optimizer": "adam of optax"}), encoding="utf-8")
    assert run(["explain", "run", "--only", "update"]) == 0
    captured = capsys.readouterr()
    assert "adam of optax, which has no formula to show: this is plain gradient descent" in captured.err
    assert "GradientDescent:" in captured.out


def test_a_configuration_is_shown_with_its_own_optimizer(capsys):
    Path("a.toml").write_text('data = "iris"\noptimizer = "rmsprop"\n', encoding="utf-8")
    assert "RMSProp:" in told(capsys, "a.toml", "--only", "update", "-q")


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def with_nan(path):
    arrays = {name: array.copy() for name, array in load_file(path).items()}
    arrays["params/dense_1/W"][0, 0] = np.nan
    save_file(arrays, path)


@pytest.mark.parametrize(
    ("name", "damage", "mention"),
    [
        ("weights.safetensors", Path.unlink, ["no weights at", "weights.safetensors"]),
        ("weights.safetensors", lambda path: cut(path, 100), ["not a readable safetensors file"]),
        ("weights.safetensors", with_nan, ["params/dense_1/W has NaN or infinity"]),
        ("run.json", lambda path: cut(path, 300), ["run.json cannot be read"]),
        ("run.json", Path.unlink, ["has no run.json"]),
    ],
)
def test_a_damaged_run_is_said_in_a_line(trained, capsys, name, damage, mention):
    damage(trained / name)
    assert run(["explain", "run"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert all(word in line for word in mention), line


def test_a_layer_of_your_own_is_known_once_it_is_imported(capsys):
    network = 'data = "iris"\n[network]\ntype = "Chain"\nlayers = [{type = "Dense", units = 3}, {type = "%s"}]\n'
    Path("own.toml").write_text(network % "Thirds", encoding="utf-8")
    out = " ".join(told(capsys, "own.toml", "-q", "--only", "backward").split())
    assert "The sum, over the outputs of Thirds() that move, of the gradient by each times its slope" in out
    Path("unknown.toml").write_text(network % "Zzqx", encoding="utf-8")
    assert run(["explain", "unknown.toml"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "unknown layer 'Zzqx'" in line
    assert "one of your own is known once its module is imported: from Python, not on the command line" in line


class Thirds(Layer):
    """``y = x / 3``."""

    def forward(self, params, state, x, key=None, train=False):
        return x / 3.0, {}, state

    def backward(self, params, cache, dy):
        return {}, dy / 3.0


@pytest.mark.parametrize(
    ("arguments", "mention"),
    [
        ([""], ["'' names nothing", "an example, a data set or a run"]),
        (["two-two-tow"], ["two-two-tow", "did you mean two-two-two"]),
        (["nothing.csv"], ["nothing.csv"]),
        (["two-two-two", "--weight", "w9"], ["w9"]),
        (["two-two-two", "--weight", "b1"], ["hidden/b[0]"]),
        (["two-two-two", "--weight", "hidden/W[0, 7]"], ["hidden/W[0, 7]", "(2, 2)"]),
        (["two-two-two", "--sample", "1"], ["no sample 1"]),
        (["iris", "--sample", "900", "-q"], ["sample 900", "from 0 to"]),
        (["iris", "--sample", "-1", "-q"], ["sample -1"]),
        (["two-two-two", "--only", "upward"], ["upward", "update"]),
        (["two-two-two", "--format", "pdf"], ["pdf", "html"]),
        (["two-two-two", "--optimizer", "adan"], ["adan", "Adam"]),
        (["two-two-two", "--network", "cnn"], ["leave out --network"]),
        (["two-two-two", "--json", "--format", "html"], ["leave one out"]),
        (["two-two-two", "--quiz", "--json"], ["--quiz and --json"]),
        (["two-two-two", "--quiz", "--epochs", "3"], ["--quiz and --epochs"]),
        (["two-two-two", "--step", "--weight", "w1"], ["--step and --weight"]),
        (["two-two-two", "--epochs", "0"], ["0"]),
        (["two-two-two", "--epochs", "3", "--weight", "i1"], ["i1", "w5"]),
        (["two-two-two", "--digits", "0"], ["0"]),
        (["two-two-two", "--out", "a.pdf"], ["a.pdf", ".html", "--format"]),
        (["two-two-two", "--out", ""], ["--out needs the name of a file"]),
        (["two-two-two", "--out", "a.html", "--format", "json"], ["a.html is html by its ending, but json"]),
        (["two-two-two", "--out", "a.html", "--json"], ["a.html is html by its ending, but json"]),
        (["two-two-two", "--weight", "target_o1"], ["a target is not differentiated"]),
        (["two-two-two", "--weight", "i1", "--only", "update"], ["i1 is not updated"]),
        (["two-two-two", "--out", "/"], ["(/)", "choose another place"]),
        (["two-two-two", "--out", "no/such/folder.txt"], ["no/such/folder.txt"]),
        (["digits", "--step", "-q"], ["weights", "one"]),
    ],
)
def test_what_cannot_be_is_said_in_a_line(capsys, tmp_path, arguments, mention):
    assert run(["explain", *arguments]) == 2
    captured = capsys.readouterr()
    line = captured.err.strip().splitlines()[-1]
    assert line.startswith("pellucid: ")
    assert ("pellucid: " + json.loads(captured.out)["error"] if "--json" in arguments else line) == line
    assert bool(captured.out) == ("--json" in arguments)
    for word in mention:
        assert word in line, line
    assert list(tmp_path.iterdir()) == []


def test_headings_are_bold_on_a_terminal_alone(capsys, monkeypatch):
    assert "\x1b" not in told(capsys, "softmax")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1mBACKWARD\x1b[0m\n" in told(capsys, "softmax")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in told(capsys, "softmax")


def test_the_gradient_may_be_asked_for_as_it_is_written(capsys):
    assert told(capsys, "two-two-two", "--weight", " ∂E/∂w1 ") == told(capsys, "two-two-two", "--weight", "w1")


def test_biases_that_are_held_do_not_move(capsys):
    out = told(capsys, "two-two-two", "--weight", "hidden/b[0]", "--only", "update")
    assert "held fixed" in out
    assert "after the step = 0.35\n" in out
