"""The conformance suite: the checks that every layer, combinator, cell and loss must pass, also your own.

::

    conformance(LayerCase(MyLayer(units=3), x=(5, 4)))
    conformance(CellCase(MyCell(units=3), x=(5, 4)))

A check takes a case and raises ConformanceError with what is wrong, where and by how much. All work in float64 unless
they say otherwise, and try layers both in use and in training (``train`` False and True).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pellucid.check.cases.case import Case
from pellucid.check.cases.cell_case import CellCase
from pellucid.check.cases.layer_case import LayerCase
from pellucid.check.oracles import NUMPY_UNDER_JAX, is_numpy_under_jax
from pellucid.check.suite import cells, contract, engines, gradients
from pellucid.errors import ConformanceError, describe

Check: TypeAlias = Callable[[Any], None]

CHECKS: tuple[Check, ...] = (
    gradients.gradient_equals_automatic,
    gradients.gradient_equals_central_differences,
    gradients.batch_of_one,
    engines.numpy_equals_jax,
    engines.jit_equals_eager,
    engines.vmap_equals_loop,
    engines.float32_stays_float32,
    engines.equal_specifications_share_a_trace,
    contract.pickle_round_trip,
    contract.json_round_trip,
    contract.inputs_stay_as_they_are,
)
"""What everything has to pass."""

BACKWARD_CHECKS: tuple[Check, ...] = (
    contract.trees_keep_their_form,
    *CHECKS,
    gradients.backward_is_linear,
    contract.weights_come_from_the_key,
    contract.cache_is_named_arrays,
)
"""What has weights and a backward pass has to pass these."""

LAYER_CHECKS: tuple[Check, ...] = (*BACKWARD_CHECKS, contract.only_random_layers_need_a_key)
"""What layers and combinators have to pass."""

CELL_CHECKS: tuple[Check, ...] = (
    *BACKWARD_CHECKS,
    cells.the_start_is_constant,
    cells.the_batch_comes_first,
    cells.several_steps_at_once,
)
"""What cells have to pass."""

LOSS_CHECKS: tuple[Check, ...] = (contract.a_value_for_each_example, *CHECKS)
"""What losses have to pass."""


def checks_for(case: Case) -> tuple[Check, ...]:
    """The checks that a case has to pass."""
    if isinstance(case, LayerCase):
        return LAYER_CHECKS
    return CELL_CHECKS if isinstance(case, CellCase) else LOSS_CHECKS


def run_check(check: Check, case: Case) -> None:
    """Run one check; whatever goes wrong in it becomes a ConformanceError that names check and case."""
    try:
        check(case)
    except Exception as error:
        raise ConformanceError(f"{check.__name__}: {case}: {_in_words(error)}") from error


def conformance(case: Case) -> tuple[str, ...]:
    """Run every check on a case; returns their names, or raises ConformanceError that tells all failures.

    Checks that fail for one and the same reason share a line.
    """
    checks = checks_for(case)
    failures: dict[str, list[str]] = {}
    for check in checks:
        try:
            check(case)
        except Exception as error:
            failures.setdefault(_in_words(error), []).append(check.__name__)
    if failures:
        count = sum(map(len, failures.values()))
        told = [f"{', '.join(names)}: {case}: {why}" for why, names in failures.items()]
        raise ConformanceError("\n".join([f"{case} fails {count} of {len(checks)} checks", *told]))
    return tuple(check.__name__ for check in checks)


def _in_words(error: Exception) -> str:
    if is_numpy_under_jax(error):
        return NUMPY_UNDER_JAX
    return describe(error) if isinstance(error, ConformanceError) else f"{type(error).__name__}: {describe(error)}"
