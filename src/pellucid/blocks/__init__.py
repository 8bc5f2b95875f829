"""Layers that are networks of layers and combinators, known by a name of their own."""

from pellucid.blocks.transformer_block import TransformerBlock

__all__ = ["TransformerBlock"]
