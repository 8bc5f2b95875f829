"""The weighted sum of losses, one for each of several outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from pellucid import validate
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.layer import Loss
from pellucid.trees import tree_map
from pellucid.types import Array, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class LossSum(Loss, init=False):
    """``E = sum_i w_i E_i(y[i], target[i])``: outputs by name, each with a loss of its own, added up by weight.

    ``LossSum(reconstruction=MeanSquaredError(), code=ActivityL1(0.001), weights=(1.0, 0.1))``; every weight is 1
    unless given. ``gradient`` and ``predict`` give a dict with ``w_i dE_i/dy[i]`` and what the terms predict.
    Shapes: y a dict with just the names of the terms, each as its term has it; value (B,). The target is a dict for
    the terms that use one, or one array where a single term does. ``task`` is that of the ``main`` term.
    Raises ConfigError for no terms and for weights that are not as many numbers above 0; ShapeError for outputs and
    DataError for targets with other names; errors of a term's own have its name in a note.
    """

    terms: tuple[Loss, ...]
    names: tuple[str, ...]
    weights: tuple[float, ...]

    def __init__(self, *, weights: Sequence[float] | None = None, **terms: Loss) -> None:
        if not terms:
            raise ConfigError("LossSum has no terms: name one for each output, LossSum(output=MeanSquaredError())")
        for name, term in terms.items():
            validate.instance(self, name, term, Loss)
        weights = (1.0,) * len(terms) if weights is None else weights
        if not isinstance(weights, (tuple, list)) or len(weights) != len(terms):
            raise ConfigError(f"LossSum: weights are {len(terms)} numbers, one for each term, not {weights!r}")
        for name, weight in zip(terms, weights, strict=True):
            validate.positive(self, f"the weight of {name}", weight)
        object.__setattr__(self, "terms", tuple(terms.values()))
        object.__setattr__(self, "names", tuple(terms))
        object.__setattr__(self, "weights", tuple(map(float, weights)))

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> Self:
        """The sum of these ``terms`` by these ``names``, with ``weights`` if they are there."""
        terms, names = values.get("terms", ()), values.get("names", ())
        if not isinstance(terms, tuple) or not isinstance(names, tuple) or len({*names}) != len(terms):
            raise ConfigError(f"LossSum: terms and names are two lists of one length, not {terms!r} and {names!r}")
        return cls(weights=values.get("weights"), **dict(zip(names, terms, strict=True)))

    def children(self) -> dict[str, Loss]:
        """The terms by name, in order."""
        return dict(zip(self.names, self.terms, strict=True))

    @property
    def main(self) -> str | None:
        """The name of the term that accuracy or R^2 speaks of: the only one that classifies, or else the only one
        with a target; None where there is no such one.
        """
        with_target = [name for name, term in self.children().items() if term.uses_target]
        classifies = [name for name in with_target if self.children()[name].task == "classification"]
        candidates = classifies or with_target
        return candidates[0] if len(candidates) == 1 else None

    @property
    def task(self) -> str:  # type: ignore[override]  # it depends on the terms
        """That of the main term, or "regression" without one."""
        return "regression" if self.main is None else self.children()[self.main].task

    @property
    def uses_target(self) -> bool:  # type: ignore[override]  # it depends on the terms
        """Whether any term does."""
        return any(term.uses_target for term in self.terms)

    def value(self, y: Tree, target: Tree) -> Float[Array, " B"]:
        targets = self._by_term(y, target)
        values = [w * term.value(y[name], targets[name]) for name, term, w in self._weighted()]
        return sum(values[1:], values[0])

    def gradient(self, y: Tree, target: Tree) -> Tree:
        targets = self._by_term(y, target)
        return {
            name: tree_map(lambda leaf, w=w: w * leaf, term.gradient(y[name], targets[name]))
            for name, term, w in self._weighted()
        }

    def predict(self, y: Tree) -> Tree:
        return {name: term.predict(y[name]) for name, term in self.children().items()}

    def check_target(self, y: Tree, target: Tree) -> None:
        targets = self._by_term(y, target)
        for name, term in self.children().items():
            try:
                term.check_target(y[name], targets[name])
            except Exception as error:
                error.add_note(f"in term {name}")
                raise

    def _weighted(self) -> Iterator[tuple[str, Loss, float]]:
        return zip(self.names, self.terms, self.weights, strict=True)

    def _by_term(self, y: Tree, target: Tree) -> dict[str, Tree]:
        """The target of every term, None for those that use none. Raises where names do not fit."""
        if not isinstance(y, dict) or y.keys() != set(self.names):
            given = ", ".join(map(str, y)) if isinstance(y, dict) else "one array"
            raise ShapeError(f"{self!r} needs outputs by name, {', '.join(self.names)}, not {given}")
        used = [name for name, term in self.children().items() if term.uses_target]
        if not isinstance(target, dict) and len(used) <= 1:
            target = dict.fromkeys(used, target)
        if not isinstance(target, dict) or target.keys() != set(used):
            given = ", ".join(map(str, target)) if isinstance(target, dict) else "one array"
            raise DataError(f"{self!r} needs targets by name, {', '.join(used)}, not {given}")
        return {**dict.fromkeys(self.names), **target}

    def __repr__(self) -> str:
        inside = [f"{name}={term!r}" for name, term in self.children().items()]
        if set(self.weights) != {1.0}:
            inside.append(f"weights={self.weights}")
        return f"LossSum({', '.join(inside)})"
