"""Keras 3 on its JAX backend, through ``fit``. Its examples are put into their order beforehand."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import layers

from benchmarks.speed.peers import Peer
from benchmarks.speed.workloads import Array, Workload

ATTENTION = "block/attention/multi_head_attention_1"


class Implementation(Peer):
    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        self.x, self.y = workload.data()
        self.model = network(workload)
        kinds = {"squared": keras.losses.MeanSquaredError(), "cross-entropy": cross_entropy()}
        self.loss = kinds[workload.loss]
        self.model.compile(optimizer=rule(workload), loss=self.loss)
        self.first = [np.asarray(v) for v in self.model.variables]

    def prepare(self, epochs: int) -> None:
        for variable, value in zip(self.model.variables, self.first, strict=True):
            variable.assign(value)
        for variable in self.model.optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape, variable.dtype))
        order = self.workload.orders(epochs).ravel()
        self.ordered = self.x[order], self.y[order]

    def train(self, epochs: int) -> float:
        history = self.model.fit(*self.ordered, batch_size=self.workload.batch, epochs=1, shuffle=False, verbose=0)
        return float(history.history["loss"][0])

    def outputs(self, x: Array) -> Array:
        return np.asarray(self.model.predict(x, batch_size=1024, verbose=0) if len(x) > 1 else self.model(x))


def cross_entropy() -> Any:
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def rule(workload: Workload) -> Any:
    if workload.rule == "sgd":
        return keras.optimizers.SGD(workload.rate)
    return keras.optimizers.Adam(workload.rate, epsilon=1e-8)


def network(workload: Workload) -> Any:
    """The network of the workload, with its first weights."""
    weights, x = workload.weights(), keras.Input(workload.shape)
    if workload.network == "dense":
        y = dense(x, *workload.widths[1:], activation=workload.activation)
    elif workload.network == "cnn":
        y = x
        for i, filters in enumerate(workload.widths[:2]):
            y = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{i}")(y)
            y = layers.MaxPooling2D(2)(y)
        y = dense(layers.Flatten()(y), *workload.widths[2:])
    elif workload.network == "transformer":
        y = dense(layers.GlobalAveragePooling1D()(block(x)), workload.widths[-1])
    else:
        width = workload.widths[1]
        cell = layers.LSTM(width, name="cell") if workload.network == "lstm" else gru(width)
        y = dense(cell(x), workload.widths[-1])
    model = keras.Model(x, y)
    for layer in model.layers:
        if layer.weights:
            layer.set_weights(arrays(weights, layer.name.replace("-", "/")))
    return model


def dense(x: Any, *widths: int, activation: str = "relu") -> Any:
    for i, units in enumerate(widths):
        x = layers.Dense(units, activation=None if i == len(widths) - 1 else activation, name=f"dense{i}")(x)
    return x


def gru(width: int) -> Any:
    """Keras adds two biases. The second one stays 0, but for what the reset gate weakens: so all learn alike."""
    kept = np.ones((2, 3 * width), np.float32)
    kept[1, : 2 * width] = 0.0
    return layers.GRU(width, bias_constraint=lambda bias: bias * kept, name="cell")


def block(x: Any) -> Any:
    width = x.shape[-1]
    normed = layers.LayerNormalization(epsilon=1e-5, name=dashed("block/attention/layer_norm_1"))(x)
    attention = layers.MultiHeadAttention(4, width // 4, name=dashed(ATTENTION))
    x = x + attention(normed, normed)
    hidden = layers.LayerNormalization(epsilon=1e-5, name=dashed("block/feed_forward/layer_norm_1"))(x)
    hidden = layers.Dense(4 * width, name=dashed("block/feed_forward/dense_1"))(hidden)
    hidden = layers.Activation(lambda a: keras.activations.gelu(a, approximate=False))(hidden)
    return x + layers.Dense(width, name=dashed("block/feed_forward/dense_2"))(hidden)


def dashed(path: str) -> str:
    """A name as Keras allows it."""
    return path.replace("/", "-")


def arrays(weights: dict[str, Array], name: str) -> list[Array]:
    """The weights of the layer of that name, as Keras lays them out."""
    if name == ATTENTION:
        D = weights[f"{name}/q/W"].shape[0]
        split = [
            part
            for which in ("q", "k", "v")
            for part in (weights[f"{name}/{which}/W"].reshape(D, 4, -1), weights[f"{name}/{which}/b"].reshape(4, -1))
        ]
        return [*split, weights[f"{name}/output/W"].reshape(4, -1, D), weights[f"{name}/output/b"]]
    found = {path.removeprefix(f"{name}/"): array for path, array in weights.items() if path.startswith(f"{name}/")}
    if "c" not in found:
        return list(found.values())
    width = len(found["c"])  # a GRU: Keras has the update gate first
    order = np.r_[width : 2 * width, :width, 2 * width : 3 * width]
    second = np.concatenate([np.zeros(2 * width, np.float32), found["c"]])
    return [found["W"][:, order], found["U"][:, order], np.stack([found["b"][order], second])]
