"""Every example runs, and the classic one gives the textbook's figures to the digit."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import matplotlib as mpl
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name):
    return runpy.run_path(str(EXAMPLES / f"{name}.py"))


def test_two_two_two_to_the_digit(capsys):
    run("two_two_two")["main"]()
    printed = capsys.readouterr().out
    for figure in (
        "net_h1 = 0.3775 ",
        "out_h1 = 0.593269992",
        "out_h2 = 0.596884378",
        "out_o1 = 0.75136507 ",
        "out_o2 = 0.772928465",
        "E = 0.298371109",
        "dE/dw5 = 0.082167041",
        "dE/dw1 = 0.000438568",
        "w5+ = 0.35891648",
        "w6+ = 0.408666186",
        "w7+ = 0.511301270",
        "w8+ = 0.561370121",
        "w1+ = 0.149780716",
    ):
        assert figure in printed


def test_logic_writes_its_images(capsys, tmp_path):
    mpl.use("Agg")
    run("logic")["main"](tmp_path)
    assert "xor: 00 -> 0.00005  01 -> 0.99995  10 -> 0.99995  11 -> 0.00005" in capsys.readouterr().out
    image = (tmp_path / "decision-regions.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) > 10_000


def test_autoencoders_lose_less_than_pca(capsys):
    run("autoencoder")["main"]()
    errors = dict(re.findall(r"^ *(\w+)  (0\.\d+)  ", capsys.readouterr().out, re.MULTILINE))
    assert list(errors) == ["PCA", "dense", "tied", "denoising", "sparse", "variational"]
    assert all(float(error) < float(errors["PCA"]) for name, error in errors.items() if name != "PCA")


def test_convolution_bears_a_shift(capsys):
    run("convolution")["main"]()
    dense, convolutional = re.findall(r"test accuracy (0\.\d+), moved by a pixel (0\.\d+)", capsys.readouterr().out)
    assert float(dense[0]) > 0.96
    assert float(convolutional[0]) > 0.96
    assert float(convolutional[1]) > float(dense[1]) + 0.1


def test_sequences_are_learnt(capsys):
    run("sequences")["main"]()
    printed = capsys.readouterr().out
    shares = [float(share) for share in re.findall(r": ([01]\.\d+) ", printed)]
    assert len(shares) == 2
    assert min(shares) > 0.95
    assert "four for a boy" in printed


def test_attention_looks_where_it_must(capsys):
    run("attention")["main"]()
    printed = capsys.readouterr().out
    assert float(printed.split()[0]) > 0.99
    rows = [row[2:] for row in printed.splitlines() if row.startswith("  ")]
    strongest = [max(range(10), key=lambda i, row=row: " .:-=+*#%@".index(row[2 * i])) for row in rows[:10]]
    assert strongest == list(range(9, -1, -1))


def test_two_outputs_from_two_inputs(capsys):
    run("several_inputs")["main"]()
    right, off = re.findall(r"\d\.\d+", capsys.readouterr().out)[:2]
    assert float(right) > 0.95
    assert float(off) < 0.25


@pytest.mark.parametrize(
    ("name", "least"), [("image_folder", [0.96]), ("text_messages", [0.9, 0.9]), ("spoken_digits", [0.9])]
)
def test_files_are_learnt_from(capsys, monkeypatch, name, least):
    monkeypatch.delenv("PELLUCID_DATA", raising=False)
    run(name)["main"]()
    found = [float(figure) for figure in re.findall(r"test accuracy ([01]\.\d+)", capsys.readouterr().out)]
    assert all(figure > bound for figure, bound in zip(found, least, strict=True))


def test_a_series_is_foretold(capsys, monkeypatch):
    monkeypatch.delenv("PELLUCID_DATA", raising=False)
    run("series")["main"]()
    last, network = re.findall(r"MSE (\d\.\d+)", capsys.readouterr().out)
    assert float(network) < 0.3 * float(last)


def test_clicks_are_told_by_embedded_categories(capsys, monkeypatch):
    monkeypatch.delenv("PELLUCID_DATA", raising=False)
    run("clicks")["main"]()
    losses = re.findall(r"log-loss (\d\.\d+), by the rate of clicks alone (\d\.\d+)", capsys.readouterr().out)
    assert len(losses) == 2
    assert all(float(loss) < float(rate) - 0.02 for loss, rate in losses)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.py")))
def test_examples_say_what_they_are(name):
    assert run(name)["__doc__"]
