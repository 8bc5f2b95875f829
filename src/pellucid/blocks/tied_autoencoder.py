"""An autoencoder whose decoder has the encoder's weights."""

from __future__ import annotations

from dataclasses import replace

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError
from pellucid.layer import Layer
from pellucid.layers import Dense
from pellucid.layers.activations.activation import Activation
from pellucid.shape_inference import first_weights
from pellucid.types import Array, Cache, Key, Params, State


class TiedAutoencoder(Layer):
    """``y = decoder(encoder(x))``, the decoder being the encoder backwards: each Dense by the transpose of its W.

    ``Chain(Dense(64), Tanh(), Dense(8))`` is decoded by ``W_2^T`` with a bias of its own, tanh, and ``W_1^T`` with a
    bias of its own: activations stay between the same two layers, and the output has none. Backward: W is used twice,
    so its gradient is a sum, ``dW = dW of the encoder + (dW^T of the decoder)^T``.
    Shapes: x and y (B, ..., D). Params: ``encoder`` as of the chain, ``decoder`` with a ``b`` for every Dense layer, by
    the same name. The cache has both parts and the ``code``.
    Hyper-parameter: ``encoder``, a Chain of Dense layers, at least one, and elementwise activations (ConfigError).
    Source: Vincent et al. 2010, "Stacked denoising autoencoders", section 2.2.
    """

    encoder: Chain

    def __post_init__(self) -> None:
        if type(self.encoder) is not Chain:
            raise ConfigError(f"TiedAutoencoder: encoder must be a Chain, not {self.encoder!r}")
        if not self._dense():
            raise ConfigError(f"TiedAutoencoder: encoder must have a Dense layer to decode by, not {self.encoder!r}")
        for name, layer in self.encoder.children().items():
            if type(layer) is not Dense and not isinstance(layer, Activation):
                raise ConfigError(
                    f"TiedAutoencoder: encoder can have Dense layers and elementwise activations, not {name}, {layer!r}"
                )

    def init(self, key: Key, x: Array) -> tuple[Params, State]:
        encoder, _ = first_weights(self.encoder, ops.fold_in(key, 0), x)
        decoder: Params = {}
        for i, (name, layer) in enumerate(self._dense().items()):
            features = encoder[name]["W"].shape[0]
            bias = layer.bias(ops.fold_in(key, i + 1), (features,), layer.units, features, x.dtype)
            decoder[name] = {"b": bias} if layer.use_bias else {}
        return {"encoder": encoder, "decoder": decoder}, {}

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        decoder, weights = self._mirror(params)
        stateless: State = {name: {} for name in self.encoder.names}
        code, coded, _ = self.encoder.forward(params["encoder"], stateless, x)
        y, decoded, _ = decoder.forward(weights, stateless, code)
        return y, {"encoder": coded, "code": code, "decoder": decoded}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        decoder, weights = self._mirror(params)
        ddecoder, dcode = decoder.backward(weights, cache["decoder"], dy)
        dencoder, dx = self.encoder.backward(params["encoder"], cache["encoder"], dcode)
        for name in self._dense():
            dencoder[name]["W"] = dencoder[name]["W"] + ddecoder[name].pop("W").T
        return {"encoder": dencoder, "decoder": {name: ddecoder[name] for name in params["decoder"]}}, dx

    def _dense(self) -> dict[str, Dense]:
        return {name: layer for name, layer in self.encoder.children().items() if isinstance(layer, Dense)}

    def _mirror(self, params: Params) -> tuple[Chain, Params]:
        """The decoder and its weights: the encoder backwards, from the code's Dense layer on."""
        mirrored: dict[str, Layer] = {}
        weights: Params = {}
        for name, layer in reversed(self.encoder.children().items()):
            if isinstance(layer, Dense):
                W = params["encoder"][name]["W"]
                mirrored[name] = replace(layer, units=W.shape[0])
                weights[name] = {"W": W.T, **params["decoder"][name]}
            elif mirrored:  # what comes after the last Dense layer belongs to the code
                mirrored[name], weights[name] = layer, {}
        return Chain(*mirrored.values(), names=tuple(mirrored)), weights
