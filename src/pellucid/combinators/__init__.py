"""Layers made of layers: one after another, around, side by side; and a record of what goes through them."""

from pellucid.combinators.chain import Chain
from pellucid.combinators.combinator import Combinator
from pellucid.combinators.concat import Concat
from pellucid.combinators.residual import Residual
from pellucid.combinators.tap import record

__all__ = ["Chain", "Combinator", "Concat", "Residual", "record"]
