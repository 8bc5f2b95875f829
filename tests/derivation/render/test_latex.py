"""Names in LaTeX, and Markdown with formulas in it."""

from __future__ import annotations

import re

import pytest

from derivation.networks import lines
from pellucid.derivation.render.latex import latex_name


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("∂E/∂out_o1", r"\frac{\partial E}{\partial \mathrm{out}_{\mathrm{o1}}}"),
        ("∂out_o1/∂net_o1", r"\frac{\partial \mathrm{out}_{\mathrm{o1}}}{\partial \mathrm{net}_{\mathrm{o1}}}"),
        ("W[0, 1]", "W_{0,1}"),
        ("dense_1/W[0, 1]", r"\text{dense\_1/}W_{0,1}"),
        ("dense_1[0]", r"\text{dense\_1}_{0}"),
        ("w5", "w_{5}"),
        ("beta1", r"\beta_{1}"),
        ("w_i", "w_{i}"),
        ("tanh_c", r"\mathrm{tanh}_{c}"),
        ("mean1", r"\mathrm{mean}_{1}"),
        ("x_hat11", r"\hat{x}_{11}"),
        ("50% of $x^2", r"\text{50\% of \$x\textasciicircum{}2}"),
    ],
)
def test_names_in_latex(name, latex):
    assert latex_name(name) == latex


def test_markdown_is_balanced(large, w1):
    assert (
        r"\frac{\partial E}{\partial \mathrm{net}_{\mathrm{h1}}} &= "
        r"\frac{\partial E}{\partial \mathrm{out}_{\mathrm{h1}}} \cdot \mathrm{out}_{\mathrm{h1}}" in w1.markdown()
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
