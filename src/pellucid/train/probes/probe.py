"""What a probe is: a pure function from what a watched step shows to a few numbers with names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from pellucid.errors import ConfigError
from pellucid.types import Array, Params, Tree
from pellucid.value import Value


class WatchedStep(NamedTuple):
    """What a watched step shows. Arrays are of either engine.

    ``taps``: for every layer by path what went through it, ``x``, ``y``, ``dy``, ``dx``, ``dparams`` (see ``record``).
    ``gradients``: of the batch's loss by the params, before penalty and clipping; ``before`` and ``after``: the params
    before and after the step. All three have the tree of the params.
    ``loss``: the mean over the batch, without penalty.
    """

    taps: dict[str, dict[str, Tree]]
    gradients: Params
    before: Params
    after: Params
    loss: Array


class Probe(Value):
    """Numbers that a watched step of training records: ``fit(..., probes=(MyProbe(),), watch_every=10)``.

    A probe is a value: its fields are its settings, and equal probes share one compiled program. ``needs`` names the
    parts of ``WatchedStep`` that it reads; taps are recorded only where a probe needs them, and are empty otherwise.
    Steps that are not watched compute none of it.
    """

    needs: ClassVar[tuple[str, ...]] = WatchedStep._fields

    @abstractmethod
    def measure(self, step: WatchedStep) -> dict[str, Array]:
        """Numbers (arrays of shape ()) by name, such as ``dense_1/out_mean``.

        Pure, and the same names in every step: the engine "jax" compiles it, so it cannot look at values.
        """


def measure(probes: Sequence[Probe], step: WatchedStep) -> dict[str, Array]:
    """The numbers of all probes, sorted by name.

    Raises ConfigError for a result that is no number, and for a name that the step itself or another probe has.
    """
    taken: dict[str, Any] = dict.fromkeys(("loss", "correct", "learning_rate", "step"), "the step itself")
    numbers: dict[str, Array] = {}
    for probe in probes:
        for name, number in probe.measure(step).items():
            if getattr(number, "shape", None) != ():
                raise ConfigError(f"{probe!r}: {name} must be an array of shape (), not {number!r}")
            if name in taken:
                raise ConfigError(f"{probe!r}: the name {name!r} is that of {taken[name]}: choose another")
            taken[name], numbers[name] = repr(probe), number
    return dict(sorted(numbers.items()))
