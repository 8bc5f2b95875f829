"""The order of reading: numbered lines, and the lines that their numbers come from."""

from __future__ import annotations

from derivation.networks import lines
from pellucid.derivation import Explanation
from pellucid.derivation.algebra.expression import Constant, Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.render.outline import outline


def test_a_name_that_stands_for_another_number_has_no_origin():
    first, other = DerivationStep("m", Constant(2.0), 2.0, ""), DerivationStep("n", Symbol("m", 3.0) * 1.0, 3.0, "")
    assert [line.origins for line in lines(Explanation("n", 3.0, (first, other), ()))] == [{}, {}]


def test_references_name_the_line_that_gave_the_number(large):
    given = {line.number: line.step for line in lines(large)}
    for line in lines(large):
        for symbol in line.step.formula.symbols() if line.step.formula else ():
            if symbol.name in line.origins:
                assert line.origins[symbol.name] < line.number
                assert given[line.origins[symbol.name]].value == symbol.number


def test_alike_lines_come_together_in_the_order_of_their_names():
    text = EXAMPLES["convolution"].explain().text()
    assert " ".join(text.split()).count("so an inactive unit passes no gradient: here it is above 0") == 1
    places = [text.index(f"∂E/∂a{n} = ") for n in range(1, 5)]
    assert places == sorted(places)


def test_every_update_of_a_step_refers_to_its_gradient():
    whole = EXAMPLES["two-two-two"].explain_step()
    lines = {line.step.name: line for section in outline(whole) for group in section.groups for line in group.lines}
    for n in range(1, 9):
        assert lines[f"w{n} after the step"].origins["g"] == lines[f"∂E/∂w{n}"].number
    updated = [step.name for step in whole.update if step.name.startswith("w")]
    assert updated == [f"w{n} after the step" for n in range(1, 9)]
