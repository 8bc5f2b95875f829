"""Proof that gradients are right: two oracles, the gradient check, the conformance suite."""

from pellucid.check.cases.case import Case
from pellucid.check.cases.cell_case import CellCase
from pellucid.check.cases.layer_case import LayerCase
from pellucid.check.cases.loss_case import LossCase
from pellucid.check.conformance import (
    CELL_CHECKS,
    CHECKS,
    LAYER_CHECKS,
    LOSS_CHECKS,
    checks_for,
    conformance,
    run_check,
)
from pellucid.check.gradient_report import Fault, GradientReport
from pellucid.check.gradients import check_gradients
from pellucid.check.leaf_report import Furthest, LeafReport

__all__ = [
    "CELL_CHECKS",
    "CHECKS",
    "LAYER_CHECKS",
    "LOSS_CHECKS",
    "Case",
    "CellCase",
    "Fault",
    "Furthest",
    "GradientReport",
    "LayerCase",
    "LeafReport",
    "LossCase",
    "check_gradients",
    "checks_for",
    "conformance",
    "run_check",
]
