"""pellucid, through ``fit``: all it does around its steps counts."""

from __future__ import annotations

from typing import Any

from benchmarks.speed.fashion import Fashion
from benchmarks.speed.peers import Peer
from benchmarks.speed.workloads import Array, Workload
from pellucid import (
    GRU,
    LSTM,
    Adam,
    Chain,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePool1D,
    GradientDescent,
    MaxPool2D,
    MeanSquaredError,
    Recurrent,
    ReLU,
    SoftmaxCrossEntropy,
    Tanh,
    Trained,
    TransformerBlock,
    fit,
    load_dataset,
)
from pellucid.layer import Layer, Loss
from pellucid.runtime import memory


class Implementation(Peer):
    def __init__(self, workload: Workload, engine: str = "jax") -> None:
        super().__init__(workload)
        x, y = workload.data()
        aligned = memory.align_array(x)  # as ``load_dataset`` lays it
        self.data, self.engine = (aligned, aligned if y is x else y), engine
        self.model = network(workload)
        self.loss: Loss = MeanSquaredError() if workload.loss == "squared" else SoftmaxCrossEntropy()
        rules = {"adam": Adam, "sgd": GradientDescent}
        self.optimizer = rules[workload.rule](workload.rate)
        self.start = nested(workload.weights()), {}
        self.trained = Trained(self.model, self.loss, *self.start, engine=engine)

    def train(self, epochs: int) -> float:
        self.trained = fit(
            self.model,
            self.loss,
            self.data,
            optimizer=self.optimizer,
            epochs=epochs,
            batch_size=self.workload.batch,
            start=self.start,
            engine=self.engine,
        )
        return float(self.trained.history.steps["loss"].mean())

    @classmethod
    def fashion(cls, workload: Fashion) -> float:
        data = load_dataset("fashion-mnist")
        trained = fit(
            network(workload),
            SoftmaxCrossEntropy(),
            data,
            optimizer=Adam(workload.rate),
            epochs=1,
            batch_size=workload.batch,
            start=(nested(workload.weights()), {}),
        )
        return trained.history.column("validation", "accuracy")[-1]

    def outputs(self, x: Array) -> Array:
        return self.trained.outputs(x)


def network(workload: Workload) -> Chain:
    widths, classes = workload.widths, workload.widths[-1]
    if workload.network == "dense":
        return dense(workload.activation, *widths[1:])
    layers: dict[str, Layer]
    if workload.network == "cnn":
        layers = {}
        for i, filters in enumerate(widths[:2]):
            layers[f"conv{i}"] = Conv2D(filters, 3, padding="same")
            layers |= {f"relu{i}": ReLU(), f"pool{i}": MaxPool2D(2)}
        hidden = dense("relu", *widths[2:])
        return Chain(**layers, flatten=Flatten(), **{f"{n}": hidden.children()[n] for n in hidden.names})
    if workload.network == "transformer":
        return Chain(block=TransformerBlock(4), pool=GlobalAveragePool1D(), dense0=Dense(classes))
    cell = LSTM(widths[1]) if workload.network == "lstm" else GRU(widths[1], reset="after")
    return Chain(cell=Recurrent(cell, return_sequences=False), dense0=Dense(classes))


def dense(activation: str, *widths: int) -> Chain:
    between = {"relu": ReLU, "tanh": Tanh}[activation]
    layers: dict[str, Layer] = {}
    for i, units in enumerate(widths):
        layers |= {f"dense{i}": Dense(units), f"{activation}_{i}": between()}
    layers.pop(f"{activation}_{len(widths) - 1}")
    return Chain(**layers)


def nested(weights: dict[str, Array]) -> dict[str, Any]:
    """``{"a/b": W}`` as ``{"a": {"b": W}}``."""
    tree: dict[str, Any] = {}
    for path, array in weights.items():
        *folders, name = path.split("/")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = array
    return tree
