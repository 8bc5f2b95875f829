"""The built-in examples: figures of the textbook, and formulas written out once more beside central differences."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from pellucid.derivation.lessons import EXAMPLES
from pellucid.errors import ExplainError, UnknownNameError


def sigmoid(a):
    return 1 / (1 + math.exp(-a))


def known(explanation):
    """Every number of a derivation by its name; of names that come twice, the last."""
    return {step.name: step.value for step in explanation.steps()}


TEXTBOOK = {
    "net_h1": "0.3775",
    "out_h1": "0.593269992",
    "out_h2": "0.596884378",
    "net_o1": "1.105905967",
    "out_o1": "0.75136507",
    "out_o2": "0.772928465",
    "E": "0.298371109",
    "∂E/∂out_o1": "0.74136507",
    "∂E/∂net_o1": "0.138498562",
    "∂E/∂out_h1": "0.036350306",
    "∂E/∂w5": "0.082167041",
    "∂E/∂w1": "0.000438568",
    "w5 after the step": "0.35891648",
    "w6 after the step": "0.408666186",
    "w7 after the step": "0.511301270",
    "w8 after the step": "0.561370121",
    "w1 after the step": "0.149780716",
    "w2 after the step": "0.19956143",
    "w3 after the step": "0.24975114",
    "w4 after the step": "0.29950229",
}


def test_the_classic_is_what_the_textbook_has():
    numbers = known(EXAMPLES["two-two-two"].explain_step())
    for name, figure in TEXTBOOK.items():
        assert f"{numbers[name]:.{len(figure.split('.')[1])}f}" == figure, name
    assert not any("b1" in name or "/b" in name for name in numbers)  # the biases stay as they are


def convolution(k11):
    x, k, v = [[1, 0, 2], [0, 1, 1], [2, 1, 0]], [[k11, -0.2], [0.1, 0.4]], [0.2, 0.5, -0.4, 0.3]
    seen = [
        max(0.0, 0.1 + sum(k[a][b] * x[i + a][j + b] for a in range(2) for b in range(2)))
        for i in range(2)
        for j in range(2)
    ]
    return (1 - (0.1 + sum(a * b for a, b in zip(v, seen, strict=True)))) ** 2 / 2


def recurrent(u):
    h = 0.0
    for x in (1.0, 0.5, -1.0):
        h = math.tanh(0.6 * x + u * h + 0.1)
    return (0.5 - (1.5 * h + 0.2)) ** 2 / 2


def lstm(w_i):
    i, g, o = sigmoid(w_i * 0.5 + 0.2), math.tanh(0.9 * 0.5 + 0.1), sigmoid(0.3 * 0.5 + 0.5)
    return (0.6 - o * math.tanh(i * g)) ** 2 / 2


def softmax(w22):
    scores = [0.5 + 0.4 + 0.1, -0.5 + 2 * w22, 0.1 - 0.6 - 0.1]
    return math.log(sum(map(math.exp, scores))) - scores[1]


def autoencoder(w11):
    w, v = np.array([[w11, -0.3], [0.2, 0.6], [-0.5, 0.1]]), np.array([[0.5, 0.3, -0.2], [-0.4, 0.7, 0.6]])
    x = np.array([1.0, 0.5, 0.0])
    code = 1 / (1 + np.exp(-(x @ w + [0.1, -0.1])))
    return float(((x - (code @ v + [0.2, 0.0, -0.1])) ** 2).sum() / 2)


def batch_norm(w11):
    z = np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 4.0]]) @ np.array([[w11, -1.0], [0.25, 0.5]])
    y = (z - z.mean(0)) / np.sqrt(z.var(0) + 1e-5) * [1.0, 0.5] + [0.0, 0.2]
    return float(((y - [[1, 0], [0, 1], [0, 0]]) ** 2).sum() / 6)


@pytest.mark.parametrize(
    ("name", "error", "w"),
    [
        ("convolution", convolution, 0.5),
        ("rnn", recurrent, 0.8),
        ("lstm", lstm, 0.6),
        ("softmax", softmax, 0.4),
        ("autoencoder", autoencoder, 0.4),
        ("batch-norm", batch_norm, 0.5),
    ],
)
def test_an_example_is_what_its_formula_says(name, error, w):
    explanation = EXAMPLES[name].explain()
    assert known(explanation)["E"] == pytest.approx(error(w), rel=1e-12)
    slope = (error(w + 1e-6) - error(w - 1e-6)) / 2e-6
    assert explanation.value == pytest.approx(slope, rel=1e-7)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=lambda example: example.name)
def test_a_step_makes_every_example_better(example):
    numbers = known(example.explain_step())
    assert numbers["E after"] < numbers["E"]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=lambda example: example.name)
def test_names_name_numbers_that_are_there(example):
    explanation = example.explain_step()
    shown = {step.name for step in explanation.steps()}
    for step in explanation.steps():
        shown |= {symbol.name for symbol in step.formula.symbols()} if step.formula else set()
    arrays = {name.split("[")[0] for name in shown if "[" in name and "∂" not in name}
    assert not {name.split("[")[0] for name in example.names} & arrays  # each number of a named array has its name
    assert len(example.title) <= 60


def test_a_name_of_several_numbers_is_not_one_of_them():
    classic = EXAMPLES["two-two-two"]
    with pytest.raises(ExplainError, match=r"b1 stands for 2 numbers here: ask for hidden/b\[0\] or hidden/b\[1\]"):
        classic.explain("b1")
    assert classic.explain("hidden/b[0]").subject == "∂E/∂hidden/b[0]"
    with pytest.raises(UnknownNameError, match="w5"):
        classic.explain("w55")


def test_one_of_several_examples():
    assert len(EXAMPLES["softmax"].of_sample(0).x) == 1
    with pytest.raises(ExplainError, match="no sample 3: choose one from 0 to 2"):
        EXAMPLES["batch-norm"].of_sample(3)


def test_the_page_has_every_example_with_its_figures():
    page = (Path(__file__).parents[3] / "docs" / "explain.md").read_text(encoding="utf-8")
    table = re.search(r"<!-- examples -->\n(.*?)<!-- end -->", page, re.DOTALL)[1].splitlines()[2:]
    assert len(table) == len(EXAMPLES)
    for row, example in zip(table, EXAMPLES.values(), strict=True):
        explanation, step = example.explain(), known(example.explain_step())
        numbers = known(explanation)
        figures = [
            numbers["E"],
            explanation.value,
            numbers[f"{example.weight} after the step"],
            step["E after"],
        ]
        e, gradient, moved, after = (f"{figure:.6g}" for figure in figures)
        cells = [f"`pellucid explain {example.name}`", e, f"`{example.weight}`", gradient, moved, after]
        assert [cell.strip() for cell in row.strip("|").split("|")] == cells
