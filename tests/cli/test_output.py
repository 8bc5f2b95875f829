"""What commands print: names in files are anybody's, and a terminal obeys none of them."""

from __future__ import annotations

import ast
import io
import json
from pathlib import Path

import numpy as np
import pytest

import pellucid.cli
from pellucid.cli import output
from pellucid.cli.app import run
from pellucid.report_page import write

ORDERS = "\x1b[2J", "\x9b31m", "\x07"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A table, and the run of a training on it, with commands to a terminal in every name."""
    folder = tmp_path_factory.mktemp("hostile") / f"{ORDERS[0]}runs"
    folder.mkdir()
    numbers = np.random.default_rng(0).normal(size=(60, 2))
    names = f"{ORDERS[0]}a", f"{ORDERS[2]}b", f"{ORDERS[1]}kind"
    rows = [dict(zip(names, (a, b, f"{ORDERS[a > b]}class"), strict=True)) for a, b in numbers.tolist()]
    table = folder / f"{ORDERS[1]}table.json"
    table.write_text(json.dumps(rows))
    return table, folder / f"{ORDERS[2]}run"


def commands(table: Path, trained: Path) -> dict[str, list[str]]:
    run_folder = str(trained)
    return {
        "train": ["train", str(table), "--epochs", "2", "--hidden", "3", "--engine", "numpy", "--out", run_folder],
        "train again": ["train", str(table), "--out", run_folder],
        "train, JSON": ["train", "--resume", run_folder, "--epochs", "3", "--json", "-q"],
        "show": ["show", run_folder],
        "show, JSON": ["show", run_folder, "--json"],
        "check": ["check", run_folder, "--samples", "1"],
        "explain": ["explain", run_folder],
        "explain, Markdown": ["explain", run_folder, "--format", "markdown"],
        "explain, HTML": ["explain", run_folder, "--format", "html"],
        "explain, JSON": ["explain", run_folder, "--json"],
        "quiz": ["explain", run_folder, "--quiz"],
        "predict": ["predict", run_folder, str(table)],
        "predict, JSON": ["predict", run_folder, str(table), "--json"],
        "runs": ["runs", str(trained.parent)],
        "watch": ["watch", run_folder, "--text"],
        "report": ["report", run_folder, "--out", str(trained.parent / f"{ORDERS[0]}.html")],
        "an error": ["show", str(trained.parent / f"{ORDERS[0]}missing")],
    }


def test_no_command_hands_a_terminal_what_a_name_orders(hostile, capsys, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(write, "MOST_SECONDS", 0.0)
    for name, arguments in commands(*hostile).items():
        monkeypatch.setattr("sys.stdin", io.StringIO("?\n1\nq\n"))
        if name == "predict":  # to a terminal: a file gets the names as they are
            monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        code = run(arguments)
        monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
        captured = capsys.readouterr()
        assert code == (2 if name in ("train again", "an error") else 0), (name, captured.err)
        said = captured.out + captured.err
        assert said, name
        assert not {"\x1b", "\x9b", "\x07"} & set(said), name
        if name.endswith("JSON"):
            assert json.loads(captured.out), name


def test_json_says_the_same_with_the_codes_of_letters():
    value = {"\x9bname\u202e": "\x1b[2J, 神经元"}
    text = output.harmless_json(json.dumps(value, ensure_ascii=False))
    assert "\x9b" not in text
    assert "神经元" in text
    assert json.loads(text) == value


def test_commands_print_by_the_functions_that_make_text_harmless():
    for path in Path(pellucid.cli.__file__).parent.glob("*.py"):
        if path.name in ("output.py", "__init__.py"):  # the latter says fixed words when nothing else is there
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert called not in ("print", "typer.echo", "sys.stdout.write", "sys.stderr.write"), path.name
