"""The contractive layer: a dense layer that also gives the squared norm of its Jacobian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.errors import ConfigError
from pellucid.layers.activations.activation import Activation
from pellucid.layers.activations.sigmoid import Sigmoid
from pellucid.layers.activations.tanh import Tanh
from pellucid.layers.dense import Dense
from pellucid.types import Array, Cache, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class ContractiveDense(Dense):
    """``code = s(a)``, ``a = x W + b``, and its ``contraction``, the squared length of the Jacobian of code by x.

    ``c = ||dcode/dx||^2 = sum_k s'(a_k)^2 n_k`` with ``n_k = sum_i W_ik^2``. Charged for (``ActivityL1`` on it: c is
    never negative), the code stays put where the data does not vary: a contractive autoencoder.
    Backward: ``da = dcode s'(a) + 2 dc s'(a) s''(a) n``, with ``s'' = s' (1 - 2 code)`` for the sigmoid and
    ``s'' = -2 code s'`` for tanh; then as in Dense, but W also changes n: ``dW = x^T da + 2 W sum_B dc s'(a)^2``.
    Shapes: x (B, D) or (B, T, D); W (D, K); b (K,); y is ``{"code": (B, K), "contraction": (B, 1)}``, with T as x.
    Hyper-parameters: those of Dense; ``activation``, s, is ``Sigmoid()`` or ``Tanh()`` (ConfigError). Raises
    ShapeError unless x has at least two axes. Source: Rifai et al. 2011, "Contractive auto-encoders: explicit
    invariance during feature extraction", eq. 1.
    """

    activation: Activation = Sigmoid()

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.instance(self, "activation", self.activation, Activation)
        if not isinstance(self.activation, (Sigmoid, Tanh)):
            raise ConfigError(f"ContractiveDense: activation must be Sigmoid() or Tanh(), not {self.activation!r}")

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        a, cache, state = super().forward(params, state, x, key, train)
        code = self.activation.function(a)
        slope = self.activation.derivative(a, code)
        contraction = (slope * slope * _lengths(params)).sum(axis=-1, keepdims=True)
        return {"code": code, "contraction": contraction}, {**cache, "a": a, "code": code, "slope": slope}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Float[Array, "B *T D"]]:
        code, slope, dc = cache["code"], cache["slope"], dy["contraction"]
        middle = 1.0 if isinstance(self.activation, Sigmoid) else 0.0
        bend = slope * (middle - 2.0 * code)
        da = dy["code"] * slope + 2.0 * dc * slope * bend * _lengths(params)
        dparams, dx = super().backward(params, cache, da)
        dlengths = (dc * slope * slope).reshape(-1, self.units).sum(axis=0)
        return {**dparams, "W": dparams["W"] + 2.0 * params["W"] * dlengths}, dx


def _lengths(params: Params) -> Float[Array, " K"]:
    """n: the squared length of the weights into each unit."""
    return (params["W"] * params["W"]).sum(axis=0)
