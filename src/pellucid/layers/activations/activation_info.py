"""What tables and plots of the activations are made from."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar


class ActivationInfo:
    """What every activation says about itself, elementwise or not.

    The ``formula`` and the ``derivative_formula`` (LaTeX), and in plain words where the gradient fades away
    (``saturates``) and whether a unit can stay silent for good (``can_die``) are read from the class; ``output_range``
    can depend on hyper-parameters and is read from an instance.
    """

    formula: ClassVar[str]
    derivative_formula: ClassVar[str]
    saturates: ClassVar[str]
    can_die: ClassVar[str]

    @property
    @abstractmethod
    def output_range(self) -> tuple[float, float]:
        """``(lowest, highest)`` output: either reached, or come as near to as one likes."""
