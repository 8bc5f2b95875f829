"""A plain function as a probe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pellucid import validate
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.types import Array, Params


class FunctionProbe(Probe):
    """What ``function(taps, gradients, params)`` says of a watched step: numbers by name.

    ``taps`` has for every layer, by path, what went through it (its cache's window): ``x``, ``y``, ``dy``, ``dx``;
    ``gradients`` and ``params`` are those of the step, before the update. ``fit(probes=(function,))`` makes one of it.
    """

    function: Callable[[Any, Params, Params], Mapping[str, Array]]
    needs = ("taps", "gradients", "before")

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        return dict(self.function(step.taps, step.gradients, step.before))


def as_probes(given: Iterable[Any]) -> tuple[Probe, ...]:
    """What ``fit(probes=...)`` is given, functions among them, as probes. Raises ConfigError for what is neither."""
    probes = []
    for probe in given:
        if not isinstance(probe, (Probe, type)) and callable(probe):
            probe = FunctionProbe(probe)
        validate.instance("fit", "every probe", probe, Probe)
        probes.append(probe)
    return tuple(probes)
