"""The suite finds what it is there to find in losses, and a sound loss of one's own passes."""

from __future__ import annotations

import pytest

from pellucid import ops
from pellucid.check import LOSS_CHECKS, LossCase, checks_for, run_check
from pellucid.errors import ConformanceError
from pellucid.layer import Loss
from pellucid.losses import HalfSquaredError


class Halved(HalfSquaredError):
    def gradient(self, y, target):
        return 0.5 * super().gradient(y, target)


class OfTheBatch(HalfSquaredError):
    def value(self, y, target):
        return super().value(y, target).mean()


class MixesExamples(HalfSquaredError):
    """The sum over the batch is right, the share of each example is not."""

    def value(self, y, target):
        return super().value(y, target).mean() + 0.0 * y[:, 0]


@pytest.mark.parametrize(
    ("faulty", "name"),
    [
        (Halved, "gradient_equals_automatic"),
        (Halved, "gradient_equals_central_differences"),
        (OfTheBatch, "a_value_for_each_example"),
        (MixesExamples, "gradient_equals_automatic"),
    ],
)
def test_a_faulty_loss_fails_its_check(faulty, name):
    case = LossCase(faulty(), y=(5, 4), target=(5, 4))
    check = next(check for check in checks_for(case) if check.__name__ == name)
    with pytest.raises(ConformanceError, match=name):
        run_check(check, case)


def test_losses_of_ones_own_are_read_back_by_name():
    class Absolute(Loss):
        """``E = sum |y - target|``."""

        def value(self, y, target):
            return abs(y - target).sum(axis=-1)

        def gradient(self, y, target):
            return ops.namespace(y).sign(y - target)

    checks = [check for check in LOSS_CHECKS if "pickle" not in check.__name__ and "trace" not in check.__name__]
    for check in checks:
        run_check(check, LossCase(Absolute(), y=(3, 2), target=(3, 2)))
