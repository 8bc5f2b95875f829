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


def test_logic_writes_its_pictures(capsys, tmp_path):
    mpl.use("Agg")
    run("logic")["main"](tmp_path)
    assert "xor: 00 -> 0.00005  01 -> 0.99995  10 -> 0.99995  11 -> 0.00005" in capsys.readouterr().out
    picture = (tmp_path / "decision-regions.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000


def test_autoencoders_lose_less_than_pca(capsys):
    run("autoencoder")["main"]()
    errors = dict(re.findall(r"^ *(\w+)  (0\.\d+)  ", capsys.readouterr().out, re.MULTILINE))
    assert list(errors) == ["PCA", "dense", "tied", "denoising", "sparse", "variational"]
    assert all(float(error) < float(errors["PCA"]) for name, error in errors.items() if name != "PCA")


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.py")))
def test_examples_say_what_they_are(name):
    assert run(name)["__doc__"]
