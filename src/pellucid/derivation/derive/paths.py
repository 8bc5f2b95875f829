"""The chain rule along each single path from a number to the loss, as textbooks write it."""

from __future__ import annotations

from typing import TypeAlias

from pellucid.derivation.algebra.expression import Constant, Expression, Product, Sum, Symbol, product, total
from pellucid.derivation.algebra.step import DerivationStep

Edge: TypeAlias = tuple[Expression, DerivationStep]
"""From a number to the next on a path: the slope of the next by it, and the step of the gradient by the next."""


def chain_rule(last: DerivationStep, most: int = 8, longest: int = 12) -> tuple[DerivationStep, ...]:
    """``dE/dw = sum over paths of (dE/dy * dy/dx * ... * dx/dw)`` as one step; those of its factors are its parts.

    ``last`` is the step of dE/dw. Nothing if there are more than ``most`` paths or one has more than ``longest``
    factors, if there is nothing to multiply, or if a step behind is no sum of gradients times slopes.
    """
    edges = {id(step): _edges(step) for step in last.walk()}
    count: dict[int, int] = {}
    length: dict[int, int] = {}
    for step in last.walk():
        onward = edges[id(step)]
        if onward is None:
            return ()
        count[id(step)] = sum(count[id(next_)] for _, next_ in onward) or 1
        length[id(step)] = 1 + max((length[id(next_)] for _, next_ in onward), default=0)
    if count[id(last)] > most or not 2 <= length[id(last)] <= longest:
        return ()
    factors: dict[str, DerivationStep] = {}
    paths = [product([Symbol(factor.name, factor.value) for factor in path]) for path in _paths(last, edges, factors)]
    along = "the only path" if len(paths) == 1 else f"each of the {len(paths)} paths; then they are added"
    why = f"the chain rule: the slopes are multiplied along {along}"
    return (
        DerivationStep(
            last.name, Sum(tuple(paths)) if len(paths) > 1 else paths[0], last.value, why, tuple(factors.values())
        ),
    )


def _edges(step: DerivationStep) -> tuple[Edge, ...] | None:
    """The edges from a number: none from an output of the network; None where its terms cannot be told apart."""
    if not step.parts:
        return ()
    behind = {part.name: part for part in step.parts}
    slopes: dict[str, list[Expression]] = {}
    for term in step.formula.terms if isinstance(step.formula, Sum) else (step.formula,):
        match term:
            case Product(factors=(Symbol(name=gradient), *rest)) if gradient in behind:
                slopes.setdefault(gradient, []).append(product(rest))
            case _:
                return None
    return tuple((total(parts), behind[name]) for name, parts in slopes.items())


def _paths(
    step: DerivationStep, edges: dict[int, tuple[Edge, ...] | None], factors: dict[str, DerivationStep]
) -> list[list[DerivationStep]]:
    """The factors of each path, from the loss to this number."""
    onward = edges[id(step)]
    if not onward:
        return [[factors.setdefault(step.name, step)]]
    paths = []
    for slope, next_ in onward:
        before = _paths(next_, edges, factors)
        name = f"{next_.name.replace('∂E/', '', 1)}/{step.name.replace('∂E/', '', 1)}"
        why = "one factor of the chain: the slope of the upper number by the lower one"
        if slope == Constant(1.0):
            why += ""
        factor = factors.setdefault(name, DerivationStep(name, slope, slope.value, why))
        paths += [[*path, factor] for path in before]
    return paths
