"""A formula is text: the same lines are run on arrays, and shown for one weight with its numbers put in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

FUNCTIONS = ("abs", "maximum", "sign", "sqrt")
"""The functions a formula may call; each is the array namespace's."""


class Line(NamedTuple):
    """One line of a formula, worked out for one weight."""

    name: str
    """What the line assigns: ``"v"``."""
    symbols: str
    """The line as the formula has it: ``"v = momentum * v - learning_rate * g"``."""
    numbers: str
    """The same with numbers put in: ``"v = 0.9 * 0.0 - 0.5 * 0.2"``. Negative numbers stand in brackets."""
    result: float
    """What comes out, in double precision: ``-0.1``."""


@cache
def program(formula: tuple[str, ...], slots: tuple[str, ...], numbers: tuple[str, ...]) -> Callable[..., Any]:
    """The formula as a Python function of ``(xp, w, g, learning_rate, t, *slots, *numbers)``.

    It returns the new weight and the new slots.
    """
    called = [name for name in FUNCTIONS if any(f"{name}(" in line for line in formula)]
    lines = [
        f"def update({', '.join(['xp', 'w', 'g', 'learning_rate', 't', *slots, *numbers])}):",
        *(f"    {name} = xp.{name}" for name in called),
        *(f"    {line}" for line in formula),
        f"    return {', '.join(['w', *slots])},",
    ]
    scope: dict[str, Any] = {"__builtins__": {}}
    exec(compile("\n".join(lines), f"<formula {formula!r}>", "exec"), scope)
    function: Callable[..., Any] = scope["update"]
    return function


def work_out(formula: tuple[str, ...], values: Mapping[str, float], digits: int | None = None) -> list[Line]:
    """Every line of the formula for the numbers in ``values``, each line using the results of those before it.

    Numbers are shown with ``digits`` significant digits; by default with all they have, so that each line, evaluated
    as it stands, gives exactly its result.
    """
    functions = {"__builtins__": {}, **{name: getattr(np, name) for name in FUNCTIONS}}
    known = dict(values)
    lines = []
    for line in formula:
        name, expression = line.split(" = ", 1)
        result = float(eval(expression, functions, known))
        lines.append(Line(name, line, f"{name} = {_put_in(expression, known, digits)}", result))
        known[name] = result
    return lines


def _put_in(expression: str, values: Mapping[str, float], digits: int | None) -> str:
    """``expression`` with a number in the place of every name that ``values`` knows."""
    names = [node for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name) and node.id in values]
    for node in sorted(names, key=lambda node: node.col_offset, reverse=True):
        number = _shown(values[node.id], digits)
        expression = expression[: node.col_offset] + number + expression[node.col_offset + len(node.id) :]
    return expression


def _shown(number: float, digits: int | None) -> str:
    text = repr(number) if digits is None or isinstance(number, int) else f"{number:.{digits}g}"
    return f"({text})" if text.startswith("-") else text
