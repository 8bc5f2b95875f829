"""Long short-term memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pellucid import ops, validate
from pellucid.cells.weighted import WeightedCell
from pellucid.types import Array, Cache, HasShape, Key, Params, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class LSTM(WeightedCell):
    """``c' = f c + i g``, ``y = h' = o tanh(c')``: a memory c that is added to, with gates for its ways in and out.

    ``[a_i, a_f, a_g, a_o] = x W + h U + b``; the input gate ``i = sigmoid(a_i)`` lets the proposal ``g = tanh(a_g)``
    in, the forget gate ``f = sigmoid(a_f)`` keeps the old, the output gate ``o = sigmoid(a_o)`` shows the memory.
    Where f is near 1 a gradient goes back through c over many steps without fading.
    Shapes: x (B, D); h, c, gates and y (B, K); W (D, 4 K); U (K, 4 K); b (4 K,), columns in the order i, f, g, o.
    The cache keeps h and c as ``h_before`` and ``c_before``, c' as ``c``, and ``i``, ``f``, ``g``, ``o``.
    Hyper-parameters: ``units`` is K; ``weight``, ``recurrent`` and ``bias`` draw the first W, U and b, gate by gate;
    ``forget_bias`` is added to the first b of f, so that a new network remembers.
    Gradients: ``dc' += (dh' + dy) o (1 - tanh(c')^2)``, ``dc = dc' f``; ``da_i = dc' g i (1 - i)``,
    ``da_f = dc' c f (1 - f)``, ``da_g = dc' i (1 - g^2)``, ``da_o = (dh' + dy) tanh(c') o (1 - o)``; from da as in
    ``SimpleRNN``.
    Raises ConfigError for ``units`` below 1, ShapeError for x with another number of features than W. Sources:
    Hochreiter and Schmidhuber 1997, "Long short-term memory"; Gers, Schmidhuber and Cummins 2000, "Learning to
    forget"; Jozefowicz, Zaremba and Sutskever 2015, "An empirical exploration of recurrent network architectures",
    for the forget bias of 1.
    """

    sums = 4
    forget_bias: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.number(self, "forget_bias", self.forget_bias)

    def init(self, key: Key, x: HasShape) -> Params:
        params = super().init(key, x)
        xp = ops.namespace(key)
        is_forget = xp.arange(4 * self.units) // self.units == 1
        return {**params, "b": xp.where(is_forget, params["b"] + self.forget_bias, params["b"])}

    def start(self, params: Params, batch: int, dtype: Any) -> Tree:
        zeros = super().start(params, batch, dtype)["h"]
        return {"h": zeros, "c": zeros}

    def forward(self, params: Params, carry: Tree, x: Float[Array, "B 4*K"]) -> tuple[Tree, Float[Array, "B K"], Cache]:
        xp = ops.namespace(x)
        a_i, a_f, a_g, a_o = xp.split(x + carry["h"] @ params["U"], 4, axis=-1)
        i, f, g, o = ops.sigmoid(a_i), ops.sigmoid(a_f), xp.tanh(a_g), ops.sigmoid(a_o)
        c = f * carry["c"] + i * g
        h = o * xp.tanh(c)
        cache = {"h_before": carry["h"], "c_before": carry["c"], "i": i, "f": f, "g": g, "o": o, "c": c}
        return {"h": h, "c": c}, h, cache

    def backward(
        self, params: Params, cache: Cache, dcarry: Tree, dy: Float[Array, "B K"]
    ) -> tuple[Params, Tree, Float[Array, "B 4*K"]]:
        xp = ops.namespace(dy)
        i, f, g, o = (cache[name] for name in ("i", "f", "g", "o"))
        tanh_c = xp.tanh(cache["c"])
        dh = dcarry["h"] + dy
        dc = dcarry["c"] + dh * o * (1.0 - tanh_c**2)
        da_i = dc * g * i * (1.0 - i)
        da_f = dc * cache["c_before"] * f * (1.0 - f)
        da_g = dc * i * (1.0 - g**2)
        da_o = dh * tanh_c * o * (1.0 - o)
        da = xp.concatenate([da_i, da_f, da_g, da_o], axis=-1)
        return {}, {"h": da @ params["U"].T, "c": dc * f}, da
