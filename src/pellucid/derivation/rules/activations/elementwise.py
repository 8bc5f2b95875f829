"""What elementwise activations share: each output depends on one input."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class ElementwiseRule(Rule):
    """``y = f(x)`` for each number alone, so an input moves one output, by ``f'(x)``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression | None:
        return self.function(view, view.x(index, path))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index, path), self.slope(view, view.x(index, path), view.y(index, path)))

    @abstractmethod
    def function(self, view: View, x: Symbol) -> Expression:
        """``f(x)``."""

    @abstractmethod
    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        """``f'(x)``, by whichever of x and y is shorter."""


class PiecewiseRule(ElementwiseRule):
    """An activation made of pieces: the reason says on which of them x is."""

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why(view)}: {self.piece(view.x(index, path))}"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why_slope(view)}: {self.piece(view.x(index, path))}"

    def piece(self, x: Symbol) -> str:
        """Where x is, as the end of a sentence."""
        return f"here it is {'above 0' if x.number > 0 else 'not above 0'}"


def sigmoid(x: Expression) -> Expression:
    """``1 / (1 + exp(-x))``."""
    return 1.0 / (1.0 + call("exp", -x))
