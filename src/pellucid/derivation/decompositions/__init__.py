"""Layers of several steps, decomposed into primitives, so that every number inside them has a name and a formula.

Importing this registers them with ``trace_layer``.
"""

from pellucid.derivation.decompositions import attention, combinators, contractive, normalization, recurrent, tied
from pellucid.derivation.decompositions.trace_layer import trace_layer

__all__ = ["attention", "combinators", "contractive", "normalization", "recurrent", "tied", "trace_layer"]
