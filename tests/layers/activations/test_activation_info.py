import inspect

import pytest
from matplotlib.mathtext import MathTextParser

from pellucid.layers import ELU, Maxout, Softmax
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.value import subclasses

STATED = sorted(
    (cls for cls in subclasses(ActivationInfo) if not inspect.isabstract(cls)), key=lambda cls: cls.__name__
)


def test_softmax_and_maxout_are_among_them():
    assert {Softmax, Maxout} < set(STATED)
    assert len(STATED) >= 14


@pytest.mark.parametrize("cls", STATED)
def test_every_activation_states_its_facts(cls):
    draw = MathTextParser("agg").parse
    draw(f"${cls.formula}$")  # raises ValueError for what it cannot set
    draw(f"${cls.derivative_formula}$")
    assert cls.saturates
    assert cls.can_die


def test_the_output_range_follows_hyper_parameters():
    assert ELU(alpha=2.0).output_range == (-2.0, float("inf"))
