"""Every layer, combinator, cell and loss through the whole conformance suite, and no public one left out."""

from __future__ import annotations

import inspect

import pytest

import pellucid.blocks
import pellucid.cells
import pellucid.combinators
import pellucid.layers
import pellucid.losses
from cases import CASES
from pellucid.check import checks_for, run_check
from pellucid.layer import Cell, Layer, Loss


@pytest.mark.parametrize(
    ("case", "check"),
    [pytest.param(case, check, id=f"{case} {check.__name__}") for case in CASES for check in checks_for(case)],
)
def test_conformance(case, check):
    run_check(check, case)


def public_classes():
    for room in (pellucid.layers, pellucid.cells, pellucid.combinators, pellucid.blocks, pellucid.losses):
        for public in (getattr(room, name) for name in room.__all__):
            if isinstance(public, type) and issubclass(public, (Layer, Cell, Loss)) and not inspect.isabstract(public):
                yield public


def test_every_public_layer_cell_and_loss_has_a_case():
    assert not set(public_classes()) - {type(case.subject) for case in CASES}


def test_cases_have_different_names():
    assert len({str(case) for case in CASES}) == len(CASES)
