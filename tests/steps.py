"""One whole step of a cell, from x as it comes to the gradients of everything."""

from __future__ import annotations


def forward_step(cell, params, carry, x):
    """The carry, y and cache of a step on x (B, D)."""
    return cell.forward(params, carry, cell.project(params, x))


def backward_step(cell, params, cache, x, dcarry, dy):
    """dparams, dcarry and dx of that step."""
    dparams, dcarry, dx = cell.backward(params, cache, dcarry, dy)
    gathered, dx = cell.gather(params, cache, x, dx)
    return {**dparams, **gathered}, dcarry, dx
