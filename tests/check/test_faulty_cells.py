"""The suite finds what it is there to find in cells, and says in plain words what breaks the contract."""

from __future__ import annotations

import numpy as np
import pytest

from check.breaching_cells import BREACHES
from check.sabotaged_cells import FAULTY_CELLS, Leaky
from pellucid.cells import LSTM
from pellucid.check import CELL_CHECKS, CellCase, checks_for, conformance, run_check
from pellucid.errors import ConfigError, ConformanceError
from pellucid.layer import Cell


def made(cell):
    return cell() if issubclass(cell, Leaky) else cell(3)


@pytest.mark.parametrize(("faulty", "name"), FAULTY_CELLS, ids=lambda value: getattr(value, "__name__", value))
def test_a_faulty_cell_fails_its_check(faulty, name):
    case = CellCase(made(faulty), x=(5, 4))
    check = next(check for check in checks_for(case) if check.__name__ == name)
    with pytest.raises(ConformanceError, match=name):
        run_check(check, case)


def test_every_check_of_cells_has_a_fault_that_it_finds():
    assert {check.__name__ for check in CELL_CHECKS} == {name for _, name in FAULTY_CELLS}


@pytest.mark.parametrize(("faulty", "said"), BREACHES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_breach_of_the_contract_is_named(faulty, said):
    case = CellCase(made(faulty), x=(5, 4))
    for check in checks_for(case)[:3]:
        with pytest.raises(ConformanceError, match=said):
            run_check(check, case)


@pytest.mark.parametrize("x", [(5, 4), (1, 4), np.linspace(-1.0, 1.0, 10).reshape(5, 2)], ids=np.shape)
def test_a_sound_cell_of_ones_own_passes(x):
    assert conformance(CellCase(Leaky(), x=x)) == tuple(check.__name__ for check in CELL_CHECKS)


def test_a_cell_with_several_carries_passes_and_its_case_has_a_name():
    case = CellCase(LSTM(3), x=(5, 4))
    assert str(case) == "LSTM(3) x (5,4)"
    assert set(case.paths) == {"params/W", "params/U", "params/b", "carry/h", "carry/c", "x"}
    assert conformance(case)


def test_the_carry_of_a_case_is_not_the_start():
    case = CellCase(LSTM(3), x=(5, 4))
    assert all((leaf != 0.0).all() for leaf in case.inputs["carry"].values())


def test_what_is_no_cell_or_no_example_is_refused():
    with pytest.raises(ConfigError, match="subject must be a Cell; write LSTM"):
        CellCase(LSTM, x=(5, 4))
    with pytest.raises(ConfigError, match="CellCase: x must have an axis of examples"):
        CellCase(LSTM(3), x=(0, 4))


def test_init_must_give_arrays_by_name():
    class NoArrays(Leaky):
        def init(self, key, x):
            return {"W": 1.0}

    class NoDict(Leaky):
        def init(self, key, x):
            return [super().init(key, x)["W"]]

    assert issubclass(NoDict, Cell)
    with pytest.raises(ConformanceError, match=r"init gives 1.0 as params/W: make it an array in x.dtype"):
        conformance(CellCase(NoArrays(), x=(5, 4)))
    with pytest.raises(ConformanceError, match="init must return params, a dict of arrays, not one list"):
        conformance(CellCase(NoDict(), x=(5, 4)))
