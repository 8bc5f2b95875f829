"""The chain rule along each single path from a number to the loss, as textbooks write it."""

from __future__ import annotations

from typing import TypeAlias

from pellucid.derivation.algebra.expression import Constant, Expression, Product, Sum, Symbol, product, total
from pellucid.derivation.algebra.step import Step

Way: TypeAlias = tuple[Expression, Step]
"""One way on: the slope with which a number moves the next one, and the step that gives the gradient by the next."""


def chain_rule(last: Step, most: int = 8, longest: int = 12) -> tuple[Step, ...]:
    """``dE/dw = sum over paths of (dE/dy * dy/dx * ... * dx/dw)`` as one step; those of its factors are its parts.

    ``last`` is the step of dE/dw. Nothing if there are more than ``most`` paths or one has more than ``longest``
    factors, if there is nothing to multiply, or if a step behind is no sum of gradients times slopes.
    """
    ways = {id(step): _ways(step) for step in last.walk()}
    count: dict[int, int] = {}
    length: dict[int, int] = {}
    for step in last.walk():
        onward = ways[id(step)]
        if onward is None:
            return ()
        count[id(step)] = sum(count[id(next_)] for _, next_ in onward) or 1
        length[id(step)] = 1 + max((length[id(next_)] for _, next_ in onward), default=0)
    if count[id(last)] > most or not 2 <= length[id(last)] <= longest:
        return ()
    factors: dict[str, Step] = {}
    paths = [product([Symbol(factor.name, factor.value) for factor in path]) for path in _paths(last, ways, factors)]
    along = "the only path" if len(paths) == 1 else f"each of the {len(paths)} paths; then they are added"
    why = f"the chain rule: the slopes are multiplied along {along}"
    return (
        Step(last.name, Sum(tuple(paths)) if len(paths) > 1 else paths[0], last.value, why, tuple(factors.values())),
    )


def _ways(step: Step) -> tuple[Way, ...] | None:
    """The ways on from a number: none where the loss looks at it; None where they cannot be told apart."""
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


def _paths(step: Step, ways: dict[int, tuple[Way, ...] | None], factors: dict[str, Step]) -> list[list[Step]]:
    """The factors of each path, from the loss to this number."""
    onward = ways[id(step)]
    if not onward:
        return [[factors.setdefault(step.name, step)]]
    paths = []
    for slope, next_ in onward:
        before = _paths(next_, ways, factors)
        name = f"{next_.name.replace('∂E/', '', 1)}/{step.name.replace('∂E/', '', 1)}"
        why = "one link of the chain: how much the upper number moves when the lower one does"
        if slope == Constant(1.0):
            why += "; 1 is just as much"
        factor = factors.setdefault(name, Step(name, slope, slope.value, why))
        paths += [[*path, factor] for path in before]
    return paths
