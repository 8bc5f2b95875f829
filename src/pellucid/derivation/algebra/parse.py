"""From a formula written in Python's arithmetic to an expression."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

from pellucid.derivation.algebra.expression import Constant, Expression, Power, Symbol
from pellucid.derivation.algebra.functions import Call

ARITHMETIC: dict[type[ast.operator], Callable[[Expression, Expression], Expression]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def parse(formula: str, values: Mapping[str, float]) -> Expression:
    """The expression of a formula written as text in Python's arithmetic, such as an update rule has.

    Names stand for ``values``. Raises ValueError for anything but numbers, names, arithmetic and FUNCTIONS.
    """
    return _from_node(ast.parse(formula, mode="eval").body, values)


def _from_node(node: ast.expr, values: Mapping[str, float]) -> Expression:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Constant(float(number))
        case ast.Name(id=name):
            return Symbol(name, float(values[name]))
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_from_node(inside, values)
        case ast.BinOp(left=left, op=ast.Pow(), right=exponent):
            return Power(_from_node(left, values), _from_node(exponent, values))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return ARITHMETIC[type(op)](_from_node(left, values), _from_node(right, values))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            known = {"maximum": "max", "minimum": "min"}.get(name, name)
            return Call(known, tuple(_from_node(argument, values) for argument in arguments))
    raise ValueError(f"a formula cannot have {ast.unparse(node)}")
