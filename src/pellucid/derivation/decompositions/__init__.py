"""Layers of several steps, taken apart into elements, so that every number inside them has a name and a formula.

Importing this registers them with ``wire_up``.
"""

from pellucid.derivation.decompositions import attention, contractive, normalization, recurrent, tied
from pellucid.derivation.trace.wiring import wire_up

__all__ = ["attention", "contractive", "normalization", "recurrent", "tied", "wire_up"]
