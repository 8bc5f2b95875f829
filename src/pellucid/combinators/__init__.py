"""Layers made of layers: one after another, around, side by side."""

from pellucid.combinators.chain import Chain
from pellucid.combinators.combinator import Combinator
from pellucid.combinators.concat import Concat
from pellucid.combinators.residual import Residual

__all__ = ["Chain", "Combinator", "Concat", "Residual"]
