"""Every loss explains itself: its value, its gradient by each output, and what is between."""

from __future__ import annotations

import numpy as np
import pytest

from cases import LOSSES
from derivation.printed import check_line
from pellucid.check import LossCase
from pellucid.combinators import Fork
from pellucid.derivation import explain
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.rules import Entry
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import loss_gradient, terms_of
from pellucid.derivation.trace.trace import Trace, input_wires
from pellucid.layer import Loss
from pellucid.layers import Dense, Identity
from pellucid.losses import (
    ActivityL1,
    Hinge,
    Huber,
    LossSum,
    MeanAbsoluteError,
    MeanSquaredError,
    SequenceLoss,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.trees import flatten


@pytest.mark.parametrize("case", LOSSES, ids=str)
def test_every_case_of_the_table_is_told_in_full_and_every_line_holds(case: LossCase) -> None:
    inputs = case.inputs
    y, target, share = input_wires(inputs["y"]), inputs["target"], inputs["share"]
    for path, gradient in loss_gradient(case.subject, y, target, share).items():
        flatten(y)[path].gradient = gradient
    values = np.asarray(case.subject.value(inputs["y"], target))
    trace = Trace(Identity(), case.subject, {}, y, target, [], y, share, values)
    deriver = Deriver(trace, Names(len(share)), terms_of(case.subject, y, target))
    entries = [Entry(wire, index) for wire in flatten(y).values() for index in np.ndindex(wire.value.shape)]
    for whole in (deriver.error, *map(deriver.entry, entries)):
        whole.check()
        for step in whole.walk():
            assert step.formula is not None, f"{step.name} is not told"
            assert not step.why.startswith("what "), f"{step.name}: {step.why}"
            check_line(step)


def steps(loss: Loss, y: list[float], target: object) -> dict[str, DerivationStep]:
    """Every step on the way to the gradient by the first of the outputs y, by name."""
    explanation = explain(Identity(), loss, np.array([y]), np.array([target]), "x[0]")
    return {step.name: step for step in explanation.steps()}


def test_softmax_is_shown_before_its_cross_entropy() -> None:
    told = steps(SoftmaxCrossEntropy(), [0.0, np.log(3.0)], 1)
    assert told["p[0]"].value == pytest.approx(0.25)
    assert told["E"].value == pytest.approx(-np.log(0.75))
    assert told["∂E/∂x[0]"].value == pytest.approx(0.25)


def test_label_smoothing_is_a_step_of_its_own() -> None:
    told = steps(SoftmaxCrossEntropy(label_smoothing=0.3), [0.0, 0.0, 0.0], 2)
    assert (told["q[0]"].value, told["q[2]"].value) == (pytest.approx(0.1), pytest.approx(0.8))
    assert steps(SigmoidCrossEntropy(label_smoothing=0.2), [0.0], [1.0])["q[0]"].value == pytest.approx(0.9)


@pytest.mark.parametrize("y", [[-800.0, 0.0], [900.0, 0.0], [0.0, 900.0]])
@pytest.mark.parametrize("label", [0, 1])
def test_cross_entropies_hold_where_exp_would_overflow(y: list[float], label: int) -> None:
    assert steps(SoftmaxCrossEntropy(), y, label)["E"].value == pytest.approx(max(y) - y[label])
    error = steps(SigmoidCrossEntropy(), y, [label, 0.0])["E"].value
    assert error == pytest.approx(max(0.0, -y[0] if label else y[0]) + max(y[1], 0.0), abs=1.0)


@pytest.mark.parametrize(("y", "gradient", "said"), [(0.5, 0.5, "within"), (-3.0, -1.0, "beyond")])
def test_huber_says_which_branch(y: float, gradient: float, said: str) -> None:
    explanation = explain(Identity(), Huber(), np.array([[y]]), np.array([[0.0]]), "x[0]")
    assert explanation.value == pytest.approx(gradient)
    assert any(said in step.why for step in explanation.steps())


def test_hinge_says_which_margins_are_broken() -> None:
    told = steps(Hinge(), [1.0, 0.5, -3.0], 0)
    assert told["m[1]"].value == pytest.approx(0.5)
    assert told["m[1]"].why == "above 0: the margin is broken"
    assert told["m[2]"].why == "not above 0: the margin is kept"
    assert told["E"].value == pytest.approx(0.5)
    assert told["∂E/∂x[0]"].value == pytest.approx(-1.0)


def test_terms_of_a_sum_are_named_and_weighed() -> None:
    loss = LossSum(a=MeanAbsoluteError(), b=ActivityL1(2.0), weights=(3.0, 0.5))
    told = explain(Fork(a=Identity(), b=Identity()), loss, np.array([[2.0]]), {"a": np.array([[5.0]])}, "x[0]")
    by_name = {step.name: step.value for step in told.steps()}
    assert (by_name["E_a"], by_name["E_b"], by_name["E"]) == (3.0, 4.0, 11.0)
    assert told.value == pytest.approx(-3.0 + 1.0)


def test_a_sum_within_a_sum_counts_by_both_weights() -> None:
    inner = LossSum(b=ActivityL1(1.0), c=ActivityL1(1.0), weights=(2.0, 5.0))
    loss = LossSum(a=inner, weights=(10.0,))
    network = Fork(a=Fork(b=Identity(), c=Identity()))
    assert explain(network, loss, np.array([[2.0]]), np.zeros((1, 1)), "x[0]").value == 70.0


def test_steps_of_a_sequence_are_errors_of_their_own() -> None:
    x = np.array([[[1.0], [3.0]]])
    told = explain(Identity(), SequenceLoss(MeanSquaredError()), x, np.zeros((1, 2, 1)), "x[1, 0]")
    by_name = {step.name: step.value for step in told.steps()}
    assert (by_name["E[0]"], by_name["E[1]"], by_name["E"], told.value) == (1.0, 9.0, 5.0, 3.0)


class Cubed(Loss):
    def value(self, y: np.ndarray, target: np.ndarray) -> np.ndarray:
        return (abs(y - target) ** 3).sum(axis=-1)

    def gradient(self, y: np.ndarray, target: np.ndarray) -> np.ndarray:
        return 3.0 * (y - target) * abs(y - target)


def test_a_loss_of_ones_own_needs_no_rule() -> None:
    explanation = explain(Dense(1), Cubed(), np.array([[2.0]]), np.array([[1.0]]), "W[0, 0]")
    assert explanation.forward[-1].formula is None
    explanation.verify()


def test_of_many_examples_the_largest_are_told_and_every_number_is_in_the_sum() -> None:
    x = np.random.default_rng(0).standard_normal((500, 2))
    explanation = explain(Identity(), SoftmaxCrossEntropy(), x, (x[:, 0] > 0).astype(int), "x[57, 0]")
    error = explanation.forward[-1]
    assert len(error.parts) == 8
    assert error.formula is not None
    assert len(list(error.formula.symbols())) == 500
    assert "p[57, 0]" in {step.name for step in explanation.steps()}
