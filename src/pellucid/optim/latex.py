"""A line of a formula in LaTeX: ``w = w - learning_rate * g`` as ``w \\leftarrow w - \\eta \\, g``."""

from __future__ import annotations

import ast

SYMBOLS = {
    "learning_rate": r"\eta",
    "momentum": r"\mu",
    "decay": r"\rho",
    "beta1": r"\beta_1",
    "beta2": r"\beta_2",
    "epsilon": r"\epsilon",
    "weight_decay": r"\lambda",
    "m_hat": r"\hat{m}",
    "v_hat": r"\hat{v}",
}
"""How names of more than one letter are written; the others stand for themselves."""

FUNCTIONS = {
    "abs": r"\left|{}\right|",
    "maximum": r"\max\left({}\right)",
    "sign": r"\operatorname{{sign}}\left({}\right)",
    "sqrt": r"\sqrt{{{}}}",
}
"""How each function is written, ``{}`` being its arguments."""


def latex(line: str) -> str:
    """The assignment ``line`` in LaTeX."""
    name, expression = line.split(" = ", 1)
    return rf"{SYMBOLS.get(name, name)} \leftarrow {_written(ast.parse(expression, mode='eval').body)}"


def _written(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return SYMBOLS.get(name, name)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name].format(", ".join(map(_written, arguments)))
        case ast.BinOp(left, ast.Add(), right):
            return f"{_written(left)} + {_written(right)}"
        case ast.BinOp(left, ast.Sub(), right):
            return f"{_written(left)} - {_bracketed(right)}"
        case ast.BinOp(left, ast.Mult(), right) if ast.dump(left) == ast.dump(right):
            return f"{_bracketed(left)}^2"
        case ast.BinOp(ast.BinOp(first, ast.Mult(), left), ast.Mult(), right) if ast.dump(left) == ast.dump(right):
            return rf"{_bracketed(first)} \, {_bracketed(left)}^2"
        case ast.BinOp(left, ast.Mult(), right):
            return rf"{_bracketed(left)} \, {_bracketed(right)}"
        case ast.BinOp(left, ast.Div(), right):
            return rf"\frac{{{_written(left)}}}{{{_written(right)}}}"
        case ast.BinOp(left, ast.Pow(), right):
            base = rf"\left({_written(left)}\right)" if isinstance(left, ast.BinOp) else _written(left)
            return f"{base}^{{{_written(right)}}}"
        case ast.UnaryOp(ast.USub(), operand):
            return f"-{_bracketed(operand)}"
    return ast.unparse(node)


def _bracketed(node: ast.expr) -> str:
    """``node`` in brackets where it is a sum or a difference."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        return rf"\left({_written(node)}\right)"
    return _written(node)
