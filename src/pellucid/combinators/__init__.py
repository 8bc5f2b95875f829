"""Layers made of layers: chains, residual connections, parallel layers, recurrence over time; and taps."""

from pellucid.combinators.chain import Chain
from pellucid.combinators.combinator import Combinator
from pellucid.combinators.concat import Concat
from pellucid.combinators.fork import Fork
from pellucid.combinators.from_last import FromLast
from pellucid.combinators.join import Join
from pellucid.combinators.parallel import Parallel
from pellucid.combinators.recurrent import Recurrent
from pellucid.combinators.residual import Residual
from pellucid.combinators.tap import add_taps, record, remove_taps, taps
from pellucid.combinators.time_distributed import TimeDistributed
from pellucid.combinators.weight_noise import WeightNoise

__all__ = [
    "Chain",
    "Combinator",
    "Concat",
    "Fork",
    "FromLast",
    "Join",
    "Parallel",
    "Recurrent",
    "Residual",
    "TimeDistributed",
    "WeightNoise",
    "add_taps",
    "record",
    "remove_taps",
    "taps",
]
