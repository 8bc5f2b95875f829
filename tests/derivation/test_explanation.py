"""An explanation in all its forms: what each of them has to show."""

from __future__ import annotations

from html import escape

import numpy as np

from pellucid import (
    Chain,
    Dense,
    HalfSquaredError,
    ReLU,
)
from pellucid.derivation import Explanation, explain
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.lessons import EXAMPLES


def test_a_derivation_may_lack_sections():
    step = DerivationStep("out", Symbol("a", 2.0) * 3.0, 6.0, "three times a")
    alone = Explanation("out", 6.0, (step,), ())
    assert "(1) out = a * 3\n           = 2 * 3\n           = 6\n" in alone.text()
    assert "<svg" not in alone.html()
    assert alone.to_dict()["network"] == []


def test_displays(w1):
    assert str(w1) == w1.text()
    assert w1._repr_markdown_() == w1.markdown()
    assert w1._repr_html_().startswith('<iframe srcdoc="&lt;!doctype html')


def test_a_window_is_shown_as_it_lies_in_space_everywhere():
    given = EXAMPLES["convolution"].explain()
    window = next(step for step in given.steps() if step.grids).grids[0]
    rows = [[f"{number:g}" for number in row] for row in window.rows]
    assert f"{window.caption}:" in " ".join(given.text().split())
    assert " \\\\ ".join(" & ".join(row) for row in rows) in given.markdown()
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    assert cells in given.html()
    recorded = [grid for section in given.to_dict()["sections"] for step in section["steps"] for grid in step["grids"]]
    assert [list(row) for row in window.rows] in [grid["rows"] for grid in recorded]


def test_a_gradient_that_is_zero_is_explained_everywhere():
    params = {"dense_1": {"W": np.array([[-1.0]]), "b": np.array([0.0])}, "relu_1": {}}
    given = explain(Chain(Dense(1), ReLU()), HalfSquaredError(), [[1.0]], [[1.0]], "dense_1/W[0, 0]", params=params)
    assert given.value == 0.0
    assert given.note
    assert given.note in " ".join(given.text().split())
    assert escape(given.note) in given.html()
    assert given.to_dict()["sections"][1]["note"] == given.note
    assert given.note.split()[0] in given.markdown()
