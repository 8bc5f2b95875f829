"""The transformer block: attention, then the same dense layers at every step, each with a residual connection."""

from __future__ import annotations

from pellucid import validate
from pellucid.combinators import Chain, Residual
from pellucid.layer import Layer
from pellucid.layers import GELU, Dense, Dropout, LayerNorm, MultiHeadAttention
from pellucid.layers.features import check_sequence
from pellucid.masked import Masked, values_of
from pellucid.types import Cache, Key, Params, State, Tree


class TransformerBlock(Layer):
    """``a = x + attention(norm(x))``, then ``y = a + W_2 gelu(W_1 norm(a) + b_1) + b_2``: the pre-norm transformer.

    The first part moves information between steps, the second works on each step alone, through ``hidden`` units.
    It is the network ``network(D)`` of ``Chain``, ``Residual`` and plain layers under one name: params, state and cache
    are those of that network, ``attention`` and ``feed_forward``, and so is backward. ``record`` the network to see
    what goes through it.
    Shapes: x and y (B, T, D), or both ``Masked``: nobody then sees padding.
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
        validate.positive_int(self, "heads", self.heads)
        if self.hidden is not None:
            validate.positive_int(self, "hidden", self.hidden)
        validate.instance(self, "causal", self.causal, bool)
        validate.fraction(self, "dropout", self.dropout)

    def network(self, features: int, masked: bool = False) -> Chain:
        """The network that the block is, for x of D ``features``, ``masked`` or not: of the same params either way."""
        drop = (Dropout(self.dropout),) if self.dropout else ()
        wide = (Dense(self.hidden or 4 * features), GELU(), Dense(features))
        attention = Residual(LayerNorm(), MultiHeadAttention(self.heads, causal=self.causal), *drop)
        feed_forward = Residual(LayerNorm(), *wide, *drop)
        if masked:
            attention, feed_forward = _on_values(attention), _on_values(feed_forward)
        return Chain(attention=attention, feed_forward=feed_forward)

    def is_random(self) -> bool:
        """Whether it has dropout."""
        return self.dropout > 0.0

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        return self._network_for(x).init(key, x)

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        return self._network_for(x).forward(params, state, x, key, train)

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        return self._network_for(dy).backward(params, cache, dy)

    def _network_for(self, x: Tree) -> Chain:
        check_sequence(self, values_of(x))
        return self.network(values_of(x).shape[-1], isinstance(x, Masked))


class _OnValues(Layer):
    """A layer that looks at each step alone, for masked sequences: it takes the values, and the mask goes by."""

    layer: Layer

    def __repr__(self) -> str:
        return repr(self.layer)

    def is_random(self) -> bool:
        return self.layer.is_random()

    def init(self, key: Key, x: Masked) -> tuple[Params, State]:
        return self.layer.init(key, x.values)

    def forward(
        self, params: Params, state: State, x: Masked, key: Key | None = None, train: bool = False
    ) -> tuple[Masked, Cache, State]:
        y, cache, state = self.layer.forward(params, state, x.values, key, train)
        return Masked(y, x.mask), cache, state

    def backward(self, params: Params, cache: Cache, dy: Masked) -> tuple[Params, Masked]:
        dparams, dx = self.layer.backward(params, cache, dy.values)
        return dparams, Masked(dx, dy.mask)


def _on_values(part: Residual) -> Residual:
    """The same part for masked sequences: attention takes them as they are, its other layers their values."""
    layers = (layer if isinstance(layer, MultiHeadAttention) else _OnValues(layer) for layer in part.layers)
    return Residual(*layers, names=part.names)
