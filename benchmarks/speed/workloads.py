"""What every implementation is asked to do: networks, data, first weights and order of examples, from NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Workload:
    """A network and its training. ``widths`` are those of its layers, from inputs to outputs.

    ``network`` is one of
    - "dense": Dense layers with ``activation`` between them;
    - "cnn": 28 x 28 x 1 images, two 3 x 3 convolutions with zeros around ("same") and ReLU, each followed by a 2 x 2
      max pool, then Dense with ReLU, then Dense; ``widths`` are (32, 64, 128, 10);
    - "lstm", "gru" (the one that resets after the product): over ``steps`` moments; Dense on the last one's output;
    - "transformer": a pre-norm block of 4 heads and 4 D hidden units, the mean over ``steps`` moments, Dense.

    ``loss`` is "cross-entropy" on logits or "squared", averaged over outputs and examples; ``rule`` is "adam" (0.9,
    0.999, 1e-8) or "sgd". A round is ``epochs`` passes over ``examples``, drawn anew each in an order all share.
    """

    name: str
    network: str
    widths: tuple[int, ...]
    batch: int
    examples: int
    epochs: int
    loss: str = "cross-entropy"
    activation: str = "relu"
    rule: str = "adam"
    rate: float = 0.001
    steps: int = 0
    itself: bool = False  # the inputs are the targets

    @property
    def steps_an_epoch(self) -> int:
        """How many batches the examples make; none is left over."""
        return self.examples // self.batch

    def quick(self) -> Workload:
        """The same for a check of results: four steps."""
        return replace(self, examples=2 * self.batch, epochs=2)

    @property
    def shape(self) -> tuple[int, ...]:
        """That of one example."""
        shapes = {"dense": self.widths[:1], "cnn": (28, 28, 1)}
        return shapes.get(self.network, (self.steps, self.widths[0]))

    def inputs(self, examples: int, seed: int = 0) -> Array:
        """Standard normal numbers."""
        return np.random.default_rng(seed).standard_normal((examples, *self.shape), dtype=np.float32)

    def data(self) -> tuple[Array, Array]:
        """Inputs, and targets that can be learned: what a random linear map makes of them."""
        x = self.inputs(self.examples)
        if self.itself:
            return x, x
        flat = x.reshape(len(x), -1)
        y = flat @ np.random.default_rng(1).standard_normal((flat.shape[1], self.widths[-1]), dtype=np.float32)
        return x, y / y.std() if self.loss == "squared" else y.argmax(axis=1).astype(np.int32)

    def orders(self, epochs: int) -> Array:
        """In which order each epoch takes the examples, (epochs, examples): that of ``fit`` with seed 0."""
        draw = (np.random.default_rng([0, epoch]).permutation(self.examples) for epoch in range(epochs))
        return np.stack(list(draw)).astype(np.int32)

    def weights(self) -> dict[str, Array]:
        """The first weights by name. Glorot's variance for matrices, small numbers for biases."""
        draw = np.random.default_rng(2)
        return {
            name: draw.standard_normal(shape, dtype=np.float32) * np.float32(_spread(shape))
            + np.float32(name.endswith("gamma"))
            for name, shape in self._shapes().items()
        }

    def _shapes(self) -> dict[str, tuple[int, ...]]:
        if self.network == "dense":
            return _dense(*self.widths)
        if self.network == "cnn":
            first, second, hidden, classes = self.widths
            kernels = {"conv0/W": (3, 3, 1, first), "conv0/b": (first,)}
            kernels |= {"conv1/W": (3, 3, first, second), "conv1/b": (second,)}
            return kernels | _dense(7 * 7 * second, hidden, classes)
        inputs, width, classes = self.widths
        if self.network == "transformer":
            return _block(width) | _dense(width, classes)
        sums = {"lstm": 4, "gru": 3}[self.network] * width
        cell = {"cell/W": (inputs, sums), "cell/U": (width, sums), "cell/b": (sums,)}
        if self.network == "gru":
            cell["cell/c"] = (width,)
        return cell | _dense(width, classes)


def _dense(*widths: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    for i, (before, after) in enumerate(pairwise(widths)):
        shapes |= {f"dense{i}/W": (before, after), f"dense{i}/b": (after,)}
    return shapes


def _block(width: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    for part in ("attention", "feed_forward"):
        norm = f"block/{part}/layer_norm_1"
        shapes |= {f"{norm}/gamma": (width,), f"{norm}/beta": (width,)}
    attention = "block/attention/multi_head_attention_1"
    for part in ("q", "k", "v", "output"):
        shapes |= {f"{attention}/{part}/W": (width, width), f"{attention}/{part}/b": (width,)}
    wide = "block/feed_forward"
    shapes |= {f"{wide}/dense_1/W": (width, 4 * width), f"{wide}/dense_1/b": (4 * width,)}
    return shapes | {f"{wide}/dense_2/W": (4 * width, width), f"{wide}/dense_2/b": (width,)}


def _spread(shape: tuple[int, ...]) -> float:
    if len(shape) == 1:
        return 0.02
    places = int(np.prod(shape[:-2]))
    return float(np.sqrt(2.0 / (places * (shape[-2] + shape[-1]))))


WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("tiny", "dense", (2, 8, 8, 2), 10, 10_000, 5, loss="squared", activation="tanh", rule="sgd", rate=0.1),
        Workload("tabular", "dense", (64, 128, 128, 10), 64, 12_800, 5),
        Workload("mlp", "dense", (784, 512, 256, 10), 128, 12_800, 4),
        Workload("cnn", "cnn", (32, 64, 128, 10), 64, 1_280, 2),
        Workload("lstm", "lstm", (32, 64, 10), 32, 1_600, 2, steps=50),
        Workload("gru", "gru", (32, 64, 10), 32, 1_600, 2, steps=50),
        Workload("autoencoder", "dense", (784, 256, 32, 256, 784), 128, 12_800, 4, loss="squared", itself=True),
        Workload("transformer", "transformer", (64, 64, 10), 32, 640, 3, steps=64),
    )
}
