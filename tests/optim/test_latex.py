from __future__ import annotations

import pytest

from pellucid import optim
from pellucid.optim import latex


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (optim.Momentum.formula[0], r"v \leftarrow \mu \, v - \eta \, g"),
        (optim.Adam.formula[1], r"v \leftarrow \beta_2 \, v + \left(1 - \beta_2\right) \, g^2"),
        (optim.Adam.formula[2], r"\hat{m} \leftarrow \frac{m}{1 - \beta_1^{t}}"),
        (optim.Adam.formula[4], r"w \leftarrow w - \frac{\eta \, \hat{m}}{\sqrt{\hat{v}} + \epsilon}"),
        (optim.AdaDelta.formula[1], r"d \leftarrow \frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}} \, g"),
        (optim.Adamax.formula[1], r"u \leftarrow \max\left(\beta_2 \, u, \left|g\right| + \epsilon\right)"),
        (
            optim.Lion.formula[1],
            r"w \leftarrow w - \eta \, \left(\operatorname{sign}\left(c\right) + \lambda \, w\right)",
        ),
        ("a = b - (c - d)", r"a \leftarrow b - \left(c - d\right)"),
        ("a = -(b + 2) * (c * d) ** 3", r"a \leftarrow -\left(b + 2\right) \, \left(c \, d\right)^{3}"),
        ("a = (b + c) * (b + c)", r"a \leftarrow \left(b + c\right)^2"),
    ],
)
def test_lines_in_latex(line: str, wanted: str) -> None:
    assert latex(line) == wanted
