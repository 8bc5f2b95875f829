"""Layers that are networks of layers and combinators, with a name of their own."""

from pellucid.blocks.tied_autoencoder import TiedAutoencoder
from pellucid.blocks.transformer_block import TransformerBlock

__all__ = ["TiedAutoencoder", "TransformerBlock"]
