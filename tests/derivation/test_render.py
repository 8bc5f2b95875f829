"""Renderings: the textbook's figures, lines that fit, pages that are whole, and numbers that give what they say."""

from __future__ import annotations

import json
import math
import re
from html import escape
from html.parser import HTMLParser

import numpy as np
import pytest

from pellucid import (
    LSTM,
    Adam,
    Chain,
    Dense,
    GradientDescent,
    HalfSquaredError,
    LayerNorm,
    Recurrent,
    ReLU,
    Residual,
    Sigmoid,
    SoftmaxCrossEntropy,
    Tanh,
)
from pellucid.derivation import Explanation, explain
from pellucid.derivation.algebra.expression import Constant, Symbol, total
from pellucid.derivation.algebra.parse import parse
from pellucid.derivation.algebra.step import Step
from pellucid.derivation.derive.paths import chain_rule
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.render.figures import Figures, cancelled
from pellucid.derivation.render.formulas import Plain, named, numbers, symbols
from pellucid.derivation.render.latex import latex_name
from pellucid.derivation.render.markup import name_markup
from pellucid.derivation.render.notation import rows
from pellucid.derivation.render.outline import outline
from pellucid.derivation.render.text import wrapped

A, ZERO = Symbol("a", 2.0), Symbol("z", 0.0)
UNITS = {f"{path}[{i}]": f"{name}{i + 1}" for i in range(2) for path, name in (
    ("x", "i"), ("hidden", "net_h"), ("hidden_out", "out_h"), ("output", "net_o"), ("output_out", "out_o"),
    ("target", "target_o"),
)}  # fmt: skip
WEIGHTS = {
    f"{layer}/W[{row}, {column}]": f"w{first + 2 * column + row}"
    for layer, first in (("hidden", 1), ("output", 5))
    for row in range(2)
    for column in range(2)
}


def classic(weight, names=None):
    model = Chain(hidden=Dense(2), hidden_out=Sigmoid(), output=Dense(2), output_out=Sigmoid())
    params = {
        "hidden": {"W": np.array([[0.15, 0.25], [0.20, 0.30]]), "b": np.array([0.35, 0.35])},
        "hidden_out": {},
        "output": {"W": np.array([[0.40, 0.50], [0.45, 0.55]]), "b": np.array([0.60, 0.60])},
        "output_out": {},
    }
    x, y = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    names = {**UNITS, **WEIGHTS} if names is None else names
    rule = GradientDescent(learning_rate=0.5)
    return explain(model, HalfSquaredError(), x, y, weight, params=params, optimizer=rule, names=names)


def wide(optimizer=None):
    model = Chain(
        a=Dense(12), r=Residual(b=Dense(12), t=Tanh()), norm=LayerNorm(), an_output_layer_of_long_name=Dense(3)
    )
    x = np.random.default_rng(0).normal(size=(2, 5))
    return explain(model, SoftmaxCrossEntropy(), x, np.array([1, 2]), "r/b/W[2, 3]", optimizer=optimizer)


@pytest.fixture(scope="module")
def w1():
    return classic("w1")


@pytest.fixture(scope="module")
def large():
    return wide(Adam())


def lines(explanation):
    return [line for section in outline(explanation) for group in section.groups for line in group.lines]


# The figures of M. Mazur, "A step by step backpropagation example" (2015), as far as they are about one weight.
@pytest.mark.parametrize(
    ("weight", "figures"),
    [
        (
            "w5",
            [
                *("0.3775", "0.593269992", "0.596884378", "1.105905967", "0.75136507", "0.772928465"),
                *("0.274811083", "0.298371109", "0.74136507", "0.186815602", "0.082167041", "0.35891648"),
            ],
        ),
        ("w1", ["0.138498562", "0.055399425", "0.036350306", "0.241300709", "0.000438568", "0.149780716"]),
        ("w6", ["0.408666186"]),
        ("w7", ["0.51130127"]),
        ("w8", ["0.561370121"]),
    ],
)
def test_the_textbook_to_the_digit(weight, figures):
    text = classic(weight).text(decimals=9)
    for figure in figures:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", text), figure


def test_the_chain_rule_along_the_only_path():
    text = classic("w5").text(digits=4)
    assert "∂E/∂w5 = ∂E/∂out_o1 * ∂out_o1/∂net_o1 * ∂net_o1/∂w5\n              = 0.7414 * 0.1868 * 0.5933" in text


def test_the_chain_rule_is_the_sum_over_paths(w1):
    (chain,) = w1.chain
    first = 0.74136507 * 0.186815602 * 0.40 * 0.241300709 * 0.05
    second = -0.217071535 * 0.175510053 * 0.50 * 0.241300709 * 0.05
    assert [term.value for term in chain.formula.terms] == pytest.approx([first, second], rel=1e-7)
    assert chain.formula.value == pytest.approx(w1.value, rel=1e-14)
    assert symbols(chain.formula).startswith(
        "∂E/∂out_o1 * ∂out_o1/∂net_o1 * ∂net_o1/∂out_h1 * ∂out_h1/∂net_h1 * ∂net_h1/∂w1"
    )


@pytest.mark.parametrize("seed", range(6))
def test_paths_add_up_to_the_gradient(seed):
    rng = np.random.default_rng(seed)
    model = Chain(a=Dense(2), t=Tanh(), r=Residual(c=Dense(2)), d=Dense(1 + seed % 2))
    x, y = rng.normal(size=(1, 3)), rng.normal(size=(1, 1 + seed % 2))
    weight = ("a/W[2, 1]", "a/b[0]", "x[1]", "t[0]", "r/c/W[0, 1]", "r/sum[1]")[seed]
    explanation = explain(model, HalfSquaredError(), x, y, weight, seed=seed)
    (chain,) = explanation.chain
    assert chain.formula.value == pytest.approx(explanation.value, rel=1e-12)


def test_two_slopes_to_the_same_number_are_one_link():
    back = Step("∂E/∂y", Constant(2.0), 2.0, "")
    twice = Symbol("∂E/∂y", 2.0) * Symbol("a", 3.0) + Symbol("∂E/∂y", 2.0) * Symbol("b", 5.0)
    (chain,) = chain_rule(Step("∂E/∂x", twice, 16.0, "", (back,)))
    assert symbols(chain.formula) == "∂E/∂y * ∂y/∂x"
    assert symbols(chain.parts[1].formula) == "a + b"
    assert chain.formula.value == 16.0


def test_no_chain_rule_without_slopes():
    back = Step("∂E/∂y", Constant(2.0), 2.0, "")
    assert chain_rule(back) == ()
    assert chain_rule(Step("∂E/∂x", None, 16.0, "", (back,))) == ()


def test_a_name_that_stands_for_another_number_has_no_origin():
    first, other = Step("m", Constant(2.0), 2.0, ""), Step("n", Symbol("m", 3.0) * 1.0, 3.0, "")
    assert [line.origins for line in lines(Explanation("n", 3.0, (first, other), ()))] == [{}, {}]


def test_many_paths_are_not_written_out(large):
    assert large.chain == ()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_fits(large, width):
    assert max(map(len, large.text(width=width).splitlines())) <= width


def test_a_formula_is_whole_after_wrapping(large):
    for line in lines(large):
        if line.step.formula is not None:
            formula = numbers(line.step.formula)
            assert "".join(" ".join(wrapped(formula, 40)).split()) == "".join(formula.split())


def test_a_formula_breaks_where_it_holds_together_least():
    assert list(wrapped("aaaa * bbbb + (cccc + dddd) * eeee", 24)) == ["aaaa * bbbb", "+ (cccc + dddd) * eeee"]
    assert list(wrapped("layer/W[0, 1] * x", 14)) == ["layer/W[0, 1]", "* x"]
    assert list(wrapped("a" * 25, 10)) == ["a" * 10, "a" * 10, "a" * 5]


def test_ascii_has_nothing_else(large, w1):
    assert large.text(ascii=True).isascii()
    assert "dE/dw1 = dE/dnet_h1 * i1" in w1.text(ascii=True)


def test_a_reason_stands_once_above_its_lines(w1):
    assert w1.text().count("Every input times its weight, and the bias:") == 2  # hidden and output, two lines each


def test_references_name_the_line_that_gave_the_number(large):
    given = {line.number: line.step for line in lines(large)}
    for line in lines(large):
        for symbol in line.step.formula.symbols() if line.step.formula else ():
            if symbol.name in line.origins:
                assert line.origins[symbol.name] < line.number
                assert given[line.origins[symbol.name]].value == symbol.number


def test_long_sums_show_the_rest_or_all():
    sum_ = total([Symbol(f"x{i}", float(i)) for i in range(12)])
    assert symbols(sum_, most=3) == "x9 + x10 + x11 + [9 smaller terms: 36]"
    assert symbols(sum_, most=11) == " + ".join(f"x{i}" for i in range(12))  # a rest of one is shown
    explanation = wide()
    assert re.search(r"\[\d+ smaller terms: ", explanation.text())
    assert "smaller terms" not in explanation.text(full=True)


def test_every_line_gives_what_it_says(large, w1):
    for step in [*large.steps(), *w1.steps()]:
        if step.formula is not None:
            printed = numbers(step.formula, most=10**9, digits=17).replace("^", "**")
            scale = max(step.formula.scale, abs(step.value))
            assert parse(printed, {}).value == pytest.approx(step.value, rel=1e-12, abs=1e-12 * scale), step.name


def test_figures_that_go_away_are_shown(w1):
    text = w1.text(digits=4)
    above, below = map(float, re.search(r"= \((0\.\d+) - (0\.\d+)\) / \(2 \* 1e-05\)", text).groups())
    assert (above - below) / 2e-5 == pytest.approx(w1.value, rel=1e-3)
    assert cancelled(Constant(1.0) - Constant(0.5)) == 0
    assert cancelled(Constant(1.0) - Constant(0.99998)) == 5


@pytest.mark.parametrize(
    ("number", "figures", "shown"),
    [
        (0.08216704056, Figures(4), "0.08217"),
        (0.08216704056, Figures(4, 9), "0.082167041"),
        (1.2e-11, Figures(4, 9), "1.2e-11"),
        (0.0, Figures(4, 9), "0"),
        (0.1, Figures(17), "0.1"),
        (100.0, Figures(6, 2), "100"),
    ],
)
def test_figures(number, figures, shown):
    assert figures.rounded(number) == shown


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("∂E/∂out_o1", r"\frac{\partial E}{\partial out_{o1}}"),
        ("∂out_o1/∂net_o1", r"\frac{\partial out_{o1}}{\partial net_{o1}}"),
        ("W[0, 1]", "W_{0,1}"),
        ("dense_1/W[0, 1]", r"\text{dense\_1/}W_{0,1}"),
        ("dense_1[0]", r"\text{dense\_1}_{0}"),
        ("w5", "w_{5}"),
        ("beta1", r"\beta_{1}"),
        ("w_i", "w_{i}"),
        ("tanh_c", "tanh_{c}"),
        ("mean1", "mean_{1}"),
        ("x_hat11", r"\hat{x}_{11}"),
        ("50% of $x^2", r"\text{50\% of \$x\textasciicircum{}2}"),
    ],
)
def test_names_in_latex(name, latex):
    assert latex_name(name) == latex


def test_markdown_is_balanced(large, w1):
    assert (
        r"\frac{\partial E}{\partial net_{h1}} &= \frac{\partial E}{\partial out_{h1}} \cdot out_{h1}" in w1.markdown()
    )
    for explanation in (large, w1):
        text = explanation.markdown()
        assert (
            text.count(r"\begin{aligned}")
            == text.count(r"\end{aligned}")
            == text.count(r"\tag")
            == len(lines(explanation))
        )
        assert text.count(r"\left") == text.count(r"\right")
        bare = re.sub(r"\\[{}]", "", text)
        assert bare.count("{") == bare.count("}")
        assert len(re.findall(r"(?<!\\)\$", text)) % 2 == 0


class Page(HTMLParser):
    """What is open, the ids, and the links of a page."""

    void = frozenset({"meta"})

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in self.void:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links |= {value for name, value in attrs if name in ("href", "src")}

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(large, w1):
    for explanation in (large, w1):
        text = explanation.html()
        page = Page(text)
        assert page.open == []
        assert len(page.ids) == len(set(page.ids)) == len(lines(explanation)) + 1
        assert page.links <= {f"#{name}" for name in page.ids}
        assert not re.search(r"http|url\(|@import", text)
        assert len(text.encode()) < 300_000


def test_names_are_escaped():
    nasty = "<script>alert('&')</script>"
    explanation = classic(nasty, {"output/W[0, 0]": nasty, "hidden[0]": '"><img src=x>'})
    page = explanation.html()
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert name_markup("<b>[0]") == "<i>&lt;b&gt;</i><sub>0</sub>"


def test_the_way_of_the_derivation_is_marked(w1):
    page = w1.html()
    assert page.count("<path class=way") == 8  # i1-net-out, out to both nets, each net to its out, both outs to E
    assert page.count("<path d=") == 14 - 8  # of all: 4 + 2 + 4 + 2 + 2
    assert page.count("class=met") == 8


def test_json_comes_back_and_can_be_worked_out(large, w1):
    for explanation in (large, w1):
        data = json.loads(explanation.json())
        assert data == explanation.to_dict()
        assert (data["version"], data["subject"], data["value"]) == (1, explanation.subject, explanation.value)
        steps = [step for section in data["sections"] for step in section["steps"]]
        assert [step["id"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(part < step["id"] for step in steps for part in step["parts"])
        assert {unit["name"] for unit in data["network"][0]["units"]} <= {"i1", "i2", *(f"x[0, {i}]" for i in range(5))}
        for step in steps:
            if step["terms"]:
                largest = max(map(abs, step["terms"]))
                assert math.fsum(step["terms"]) == pytest.approx(step["value"], rel=1e-12, abs=1e-12 * largest)


def test_json_has_no_nan():
    step = Step("∂E/∂w", Symbol("a", math.inf) * 2.0, math.inf, "it overflows")
    data = json.loads(Explanation("∂E/∂w", math.nan, (), (step,)).json())
    assert data["value"] is None
    assert data["sections"][0]["steps"][0]["value"] is None


def test_a_derivation_may_lack_sections():
    step = Step("out", Symbol("a", 2.0) * 3.0, 6.0, "three times a")
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
    cells = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in rows)
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


@pytest.mark.parametrize("width", [-1, 0, 10, 40])
def test_a_terminal_too_narrow_is_taken_as_wider(width):
    lines = EXAMPLES["two-two-two"].explain().text(width=width).splitlines()
    assert max(map(len, lines)) <= 40


def test_there_is_no_minus_nought():
    shown = EXAMPLES["convolution"].explain().text()
    assert "(-0)" not in shown
    assert "(0)" not in shown


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (A - ZERO, ["a - z", "2 - 0", "2"]),
        (A - A, ["a - a", "2 - 2", "0"]),
        (A * A + ZERO, ["a * a + z", "2 * 2 + 0", "4"]),
        (A * A + A, ["a * a + a", "2 * 2 + 2", "4 + 2", "6"]),
    ],
)
def test_no_row_says_what_the_one_before_says(formula, expected):
    assert rows(formula, formula.value, Plain(named, Figures(6)), Plain(None, Figures(6))) == expected


@pytest.fixture(scope="module")
def unrolled():
    x = np.random.default_rng(0).standard_normal((1, 200, 2))
    model = Chain(lstm=Recurrent(LSTM(3), return_sequences=False), out=Dense(1))
    return explain(model, HalfSquaredError(), x, np.array([[0.5]]), "lstm/W[0, 0]", automatic=False)


def test_a_long_derivation_shows_its_ends_and_says_what_it_leaves_out(unrolled):
    steps = len(list(unrolled.backward[0].walk()))
    text = unrolled.text()
    assert f"Here {steps - 40} steps are left out; --full shows them." in text
    assert "(1) " in text
    assert f"({len(unrolled.forward) - 1}) " not in text.split("BACKWARD")[0].split("left out")[0]
    assert "left out" not in unrolled.text(full=True)
    assert "steps are left out" in unrolled.markdown()
    assert len(json.loads(unrolled.json())["sections"][1]["steps"]) == steps


def test_what_of_a_larger_network_is_taken_as_given_is_said(unrolled, w1):
    text = " ".join(unrolled.text().split())
    assert f"Of 6,601 numbers between the layers {len(unrolled.forward) - 1} are derived here" in text
    assert "are derived here" not in w1.text()


def test_the_picture_of_a_long_network_is_short(unrolled):
    assert len(unrolled.network) < 60
    assert "… " in unrolled.network[1].title
    assert len(unrolled.html()) < 300_000


def test_gates_stand_in_one_column():
    lstm = EXAMPLES["lstm"].explain()
    assert [len(column.units) for column in lstm.network] == [1, 4, 4, 1, 1, 1]
    assert [column.layer for column in lstm.network[1:3]] == ["weighted sums", "sigmoid, tanh"]
    page = lstm.html()
    assert ">step 0<" in page
    assert "WeightedSums" not in page


def test_a_picture_leaves_no_single_unit_out():
    convolution = EXAMPLES["convolution"].explain()
    assert len(convolution.network[0].units) == 9
    assert convolution.html().count("<path class=way") == 4 + 4 + 4 + 4 + 1  # a pixel to each window, and on


def test_a_mean_is_a_quotient():
    text = EXAMPLES["batch-norm"].explain().text()
    assert "E = (E[0] + E[1] + E[2]) / 3" in text
    assert "0.333333 *" not in text


def test_alike_lines_come_together_in_the_order_of_their_names():
    text = EXAMPLES["convolution"].explain().text()
    assert " ".join(text.split()).count("so a silent unit passes nothing back: here it is above 0") == 1
    places = [text.index(f"∂E/∂a{n} = ") for n in range(1, 5)]
    assert places == sorted(places)


def test_every_update_of_a_step_refers_to_its_gradient():
    whole = EXAMPLES["two-two-two"].explain_step()
    lines = {line.step.name: line for section in outline(whole) for group in section.groups for line in group.lines}
    for n in range(1, 9):
        assert lines[f"w{n} after the step"].origins["g"] == lines[f"∂E/∂w{n}"].number
    updated = [step.name for step in whole.update if step.name.startswith("w")]
    assert updated == [f"w{n} after the step" for n in range(1, 9)]
