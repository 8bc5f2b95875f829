"""JAX and optax by hand: the gradient by ``jax.grad``, an epoch in one compiled scan, weights donated."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax

from benchmarks.speed.peers import Peer, in_parts
from benchmarks.speed.workloads import Array, Workload


class Implementation(Peer):
    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        self.x, self.y = map(jnp.asarray, workload.data())
        self.forward = jax.jit(partial(forward, workload))
        rules = {"adam": optax.adam, "sgd": optax.sgd}
        self.optimizer = rules[workload.rule](workload.rate)
        self.epoch = jax.jit(self._epoch, donate_argnums=0)
        self.prepare(0)

    def prepare(self, epochs: int) -> None:
        params = {name: jnp.array(array) for name, array in self.workload.weights().items()}
        self.weights = (params, self.optimizer.init(params))
        shape = (epochs, self.workload.steps_an_epoch, self.workload.batch)
        self.orders = jnp.asarray(self.workload.orders(epochs).reshape(shape) if epochs else np.zeros(shape, np.int32))

    def train(self, epochs: int) -> float:
        losses = []
        for order in self.orders:
            self.weights, loss = self.epoch(self.weights, self.x, self.y, order)
            losses.append(loss)
        return float(np.mean(losses))

    def outputs(self, x: Array) -> Array:
        return in_parts(lambda part: self.forward(self.weights[0], part), x)

    def _epoch(self, weights: Any, x: Any, y: Any, order: Any) -> Any:
        def step(weights: Any, rows: Any) -> Any:
            params, slots = weights
            loss, grads = jax.value_and_grad(self._loss)(params, x[rows], y[rows])
            updates, slots = self.optimizer.update(grads, slots, params)
            return (optax.apply_updates(params, updates), slots), loss

        return lax.scan(step, weights, order)

    def _loss(self, params: Any, x: Any, y: Any) -> Any:
        out = forward(self.workload, params, x)
        if self.workload.loss == "squared":
            return jnp.mean((out - y) ** 2)
        return optax.softmax_cross_entropy_with_integer_labels(out, y).mean()


def forward(workload: Workload, params: Any, x: Any) -> Any:
    if workload.network == "dense":
        return dense(params, x, len(workload.widths) - 1, workload.activation)
    if workload.network == "cnn":
        for i in range(2):
            x = jax.nn.relu(convolution(x, params[f"conv{i}/W"]) + params[f"conv{i}/b"])
            x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        return dense(params, x.reshape(len(x), -1), 2, "relu")
    if workload.network == "transformer":
        return dense(params, block(params, x).mean(axis=1), 1)
    cell = lstm if workload.network == "lstm" else gru
    return dense(params, cell(params, x), 1)


def dense(params: Any, x: Any, layers: int, activation: str = "relu") -> Any:
    between = jax.nn.relu if activation == "relu" else jnp.tanh
    for i in range(layers):
        x = x @ params[f"dense{i}/W"] + params[f"dense{i}/b"]
        x = between(x) if i < layers - 1 else x
    return x


def convolution(x: Any, W: Any) -> Any:
    return lax.conv_general_dilated(x, W, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def lstm(params: Any, x: Any) -> Any:
    """The last output. What x adds to the sums is one product for all moments."""
    sums = x.swapaxes(0, 1) @ params["cell/W"] + params["cell/b"]
    zeros = jnp.zeros((x.shape[0], params["cell/U"].shape[0]))

    def step(carry: Any, a: Any) -> Any:
        h, c = carry
        i, f, g, o = jnp.split(a + h @ params["cell/U"], 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    (h, _), _ = lax.scan(step, (zeros, zeros), sums)
    return h


def gru(params: Any, x: Any) -> Any:
    sums = x.swapaxes(0, 1) @ params["cell/W"] + params["cell/b"]
    width = params["cell/U"].shape[0]

    def step(h: Any, a: Any) -> Any:
        m = h @ params["cell/U"]
        r, z = jnp.split(jax.nn.sigmoid(a[:, : 2 * width] + m[:, : 2 * width]), 2, axis=-1)
        n = jnp.tanh(a[:, 2 * width :] + r * (m[:, 2 * width :] + params["cell/c"]))
        return z * h + (1.0 - z) * n, None

    return lax.scan(step, jnp.zeros((x.shape[0], width)), sums)[0]


def block(params: Any, x: Any, heads: int = 4) -> Any:
    def affine(path: str, x: Any) -> Any:
        return x @ params[f"block/{path}/W"] + params[f"block/{path}/b"]

    def norm(part: str, x: Any) -> Any:
        mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
        gain = f"block/{part}/layer_norm_1"
        return params[f"{gain}/gamma"] * ((x - mean) * lax.rsqrt(variance + 1e-5)) + params[f"{gain}/beta"]

    batch, steps, width = x.shape
    attention, normed = "attention/multi_head_attention_1", norm("attention", x)
    q, k, v = (affine(f"{attention}/{name}", normed).reshape(batch, steps, heads, -1) for name in "qkv")
    scores = jnp.einsum("bthk,bshk->bhts", q, k) / np.sqrt(width // heads).astype(np.float32)
    seen = jnp.einsum("bhts,bshk->bthk", jax.nn.softmax(scores), v).reshape(x.shape)
    x = x + affine(f"{attention}/output", seen)
    hidden = jax.nn.gelu(affine("feed_forward/dense_1", norm("feed_forward", x)), approximate=False)
    return x + affine("feed_forward/dense_2", hidden)
