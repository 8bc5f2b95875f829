"""Attention, then the same small network at every step, with a way around each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import require
from pellucid.combinators import Chain, Residual
from pellucid.layer import Layer
from pellucid.layers import GELU, Dense, Dropout, LayerNorm, MultiHeadAttention
from pellucid.layers.features import check_sequence
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class TransformerBlock(Layer):
    """``a = x + attention(norm(x))``, then ``y = a + W_2 gelu(W_1 norm(a) + b_1) + b_2``: the pre-norm transformer.

    The first part moves information between steps, the second works on each step alone, through ``hidden`` units.
    It is the network ``network(D)`` of ``Chain``, ``Residual`` and plain layers under one name: params, state and cache
    are those of that network, ``attention`` and ``feed_forward``, and so is backward. ``record`` the network to see
    what goes through it.
    Shapes: x and y (B, T, D), arrays without a mask.
    Hyper-parameters: ``heads``, ``causal``: see ``MultiHeadAttention``; ``hidden``, by default 4 D; ``dropout``, the
    rate at the end of each part, 0 for none.
    Raises ConfigError for any that cannot be used, ShapeError unless x has three axes, at least one step, and a width
    that ``heads`` divide. Sources: Vaswani et al. 2017, "Attention is all you need", section 3; the norm before each
    part: Xiong et al. 2020, "On layer normalization in the transformer architecture", table 1.
    """

    heads: int
    hidden: int | None = None
    causal: bool = False
    dropout: float = 0.0

    def __post_init__(self) -> None:
        require.positive_int(self, "heads", self.heads)
        if self.hidden is not None:
            require.positive_int(self, "hidden", self.hidden)
        require.instance(self, "causal", self.causal, bool)
        require.fraction(self, "dropout", self.dropout)

    def network(self, features: int) -> Chain:
        """The network that the block is, for x of D ``features``."""
        drop = (Dropout(self.dropout),) if self.dropout else ()
        wide = (Dense(self.hidden or 4 * features), GELU(), Dense(features))
        return Chain(
            attention=Residual(LayerNorm(), MultiHeadAttention(self.heads, causal=self.causal), *drop),
            feed_forward=Residual(LayerNorm(), *wide, *drop),
        )

    def is_random(self) -> bool:
        """Whether it has dropout."""
        return self.dropout > 0.0

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        check_sequence(self, x)
        return self.network(x.shape[-1]).init(key, x)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B T D"], Cache, State]:
        check_sequence(self, x)
        return self.network(x.shape[-1]).forward(params, state, x, key, train)

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B T D"]) -> tuple[Params, Float[Array, "B T D"]]:
        return self.network(dy.shape[-1]).backward(params, cache, dy)
