"""A derivation as plain data, for JSON.

Version 1::

    {"version": 1,
     "subject": "∂E/∂w5",          what is derived
     "value": 0.08216704056423078,  its value, as all numbers at full precision
     "sections": [
       {"name": "backward",         forward, backward, update or check
        "lead": "...",              what the section is about
        "note": "",                 why the gradient is exactly zero, or what is taken as given (forward)
        "steps": [
          {"id": 12,                counted from 1 through all sections; only later steps refer to it
           "name": "∂E/∂net_o1",
           "formula": "...",        with symbols, in full; null where a layer gives the number without saying how
           "numbers": "...",        the same with numbers, 17 digits; null likewise
           "symbols": {"out_o1": 0.7513650695523157, ...},   every name in the formula, and its number
           "terms": [...],          what is added up if the formula is a sum, else null
           "value": 0.13849856162855698,
           "why": "...",            the reason, a sentence
           "grids": [],             what it was made from, as it lies in space: {"caption": "...", "rows": [[...]]}
           "parts": [11, 7]}]}],    the steps that the formula's numbers come from
     "network": [
       {"title": "hidden", "layer": "Dense(2)", "size": 2, "units": [{"name": "net_h1", "value": 0.3775}, ...]}]}

A number that is not finite is null. What is here stays in version 1; more may be added.
"""

from __future__ import annotations

import math
import sys
from dataclasses import asdict
from typing import Any

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.expression import Sum
from pellucid.derivation.render.formulas import format_numbers, format_symbols
from pellucid.derivation.render.outline import NumberedLine, outline

VERSION = 1


def as_dict(derivation: Derivation) -> dict[str, Any]:
    """The derivation as dicts, lists, strings and numbers, in the form above."""
    data = {
        "version": VERSION,
        "subject": derivation.subject,
        "value": derivation.value,
        "sections": [
            {
                "name": section.name,
                "lead": section.lead,
                "note": section.note,
                "steps": [_step(line) for group in section.groups for line in group.lines],
            }
            for section in outline(derivation)
        ],
        "network": [asdict(column) for column in derivation.network],
    }
    return {name: _finite(part) for name, part in data.items()}


def _step(line: NumberedLine) -> dict[str, Any]:
    step, formula = line.step, line.step.formula
    return {
        "id": line.number,
        "name": step.name,
        "formula": format_symbols(formula, sys.maxsize, 17) if formula else None,
        "numbers": format_numbers(formula, sys.maxsize, 17) if formula else None,
        "symbols": {symbol.name: symbol.number for symbol in formula.symbols()} if formula else {},
        "terms": [term.value for term in formula.terms] if isinstance(formula, Sum) else None,
        "value": step.value,
        "why": step.why,
        "grids": [asdict(grid) for grid in step.grids],
        "parts": list(dict.fromkeys(line.origins.values())),
    }


def _finite(data: Any) -> Any:
    """The same with None for numbers that are not finite: JSON has none."""
    if isinstance(data, dict):
        return {name: _finite(part) for name, part in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(part) for part in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
