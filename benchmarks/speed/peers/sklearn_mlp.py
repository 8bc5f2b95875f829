"""scikit-learn's MLP: ``partial_fit`` goes over the examples once, in the order in which they are given."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from benchmarks.speed.peers import Peer
from benchmarks.speed.workloads import Array, Workload


class Implementation(Peer):
    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        self.x, self.y = workload.data()
        self.kind = from_weights(MLPRegressor if workload.loss == "squared" else MLPClassifier)

    @staticmethod
    def takes(workload: Workload) -> bool:
        """Its squared error is a half of the sum over outputs: with two of them it has the gradient of the mean."""
        return workload.network == "dense" and (workload.loss != "squared" or workload.widths[-1] == 2)

    def prepare(self, epochs: int) -> None:
        self.network = self.kind(
            hidden_layer_sizes=self.workload.widths[1:-1],
            activation=self.workload.activation,
            solver=self.workload.rule,
            alpha=0.0,
            batch_size=self.workload.batch,
            learning_rate_init=self.workload.rate,
            momentum=0.0,
            nesterovs_momentum=False,
            shuffle=False,
        )
        self.network.weights = self.workload.weights()
        self.orders = self.workload.orders(epochs)

    def train(self, epochs: int) -> float:
        classes = {} if self.workload.loss == "squared" else {"classes": np.arange(self.workload.widths[-1])}
        for order in self.orders:
            self.network.partial_fit(self.x[order], self.y[order], **classes)
        return float(np.mean(self.network.loss_curve_)) * (2.0 if self.workload.loss == "squared" else 1.0)

    def outputs(self, x: Array) -> Array:
        ask = self.network.predict if self.workload.loss == "squared" else self.network.predict_proba
        return np.asarray(ask(x))


def from_weights(kind: Any) -> Any:
    """A class that begins with ``weights`` instead of drawing its own."""

    class FromWeights(kind):  # type: ignore[misc]
        def _initialize(self, y: Any, layer_units: list[int], dtype: Any) -> None:
            super()._initialize(y, layer_units, dtype)
            count = len(layer_units) - 1
            self.coefs_ = [self.weights[f"dense{i}/W"] for i in range(count)]
            self.intercepts_ = [self.weights[f"dense{i}/b"] for i in range(count)]

    return FromWeights
