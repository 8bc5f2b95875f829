"""Networks of layers and combinators that have a name of their own: blocks, and neurons as logic."""

from pellucid.blocks.logic import Circuit, convex_region, gate, half_plane, union
from pellucid.blocks.tied_autoencoder import TiedAutoencoder
from pellucid.blocks.transformer_block import TransformerBlock

__all__ = ["Circuit", "TiedAutoencoder", "TransformerBlock", "convex_region", "gate", "half_plane", "union"]
