"""The networks in PyTorch's own modules, with the first weights that all share."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from benchmarks.speed.workloads import Array, Workload


def network(workload: Workload) -> nn.Module:
    """The network of the workload, with its first weights."""
    weights = workload.weights()
    with torch.no_grad():
        if workload.network == "dense":
            return nn.Sequential(*dense(weights, len(workload.widths) - 1, workload.activation))
        if workload.network == "cnn":
            return cnn(weights)
        if workload.network == "transformer":
            return nn.Sequential(block(weights), Mean(), *dense(weights, 1))
        return nn.Sequential(Last(recurrent(workload, weights)), *dense(weights, 1))


class Mean(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean(dim=1)


class Last(nn.Module):
    """The last output of a recurrent layer."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layer(x)[0][:, -1]


def put(parameter: nn.Parameter, array: Array) -> None:
    parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def linear(W: Array, b: Array) -> nn.Linear:
    layer = nn.Linear(*W.shape)
    put(layer.weight, W.T)
    put(layer.bias, b)
    return layer


def dense(weights: dict[str, Array], layers: int, activation: str = "relu") -> list[nn.Module]:
    between = nn.ReLU if activation == "relu" else nn.Tanh
    parts: list[nn.Module] = []
    for i in range(layers):
        parts += [linear(weights[f"dense{i}/W"], weights[f"dense{i}/b"]), between()]
    return parts[:-1]


def cnn(weights: dict[str, Array]) -> nn.Module:
    parts: list[nn.Module] = []
    for i in range(2):
        W = weights[f"conv{i}/W"]
        layer = nn.Conv2d(W.shape[2], W.shape[3], 3, padding=1)
        put(layer.weight, W.transpose(3, 2, 0, 1))
        put(layer.bias, weights[f"conv{i}/b"])
        parts += [layer, nn.ReLU(), nn.MaxPool2d(2)]
    W = weights["dense0/W"]  # its rows are in the order row, column, channel: here channels come first
    rows = W.reshape(7, 7, -1, W.shape[1]).transpose(2, 0, 1, 3).reshape(W.shape)
    return nn.Sequential(*parts, nn.Flatten(), *dense({**weights, "dense0/W": rows}, 2))


def recurrent(workload: Workload, weights: dict[str, Array]) -> nn.Module:
    """Of PyTorch's two biases the second stays 0, but for what the GRU's reset gate weakens: so all learn alike."""
    inputs, width, _ = workload.widths
    kind = nn.LSTM if workload.network == "lstm" else nn.GRU
    layer = kind(inputs, width, batch_first=True)
    put(layer.weight_ih_l0, weights["cell/W"].T)
    put(layer.weight_hh_l0, weights["cell/U"].T)
    put(layer.bias_ih_l0, weights["cell/b"])
    layer.bias_hh_l0.zero_()
    if workload.network == "lstm":
        layer.bias_hh_l0.requires_grad_(False)
    else:
        layer.bias_hh_l0[2 * width :] = torch.from_numpy(weights["cell/c"])
        kept = torch.cat([torch.zeros(2 * width), torch.ones(width)])
        layer.bias_hh_l0.register_hook(lambda gradient: gradient * kept)
    return layer


def block(weights: dict[str, Array]) -> nn.Module:
    w = {path.removeprefix("block/"): array for path, array in weights.items()}
    attention, forward = "attention/multi_head_attention_1", "feed_forward"
    width = len(w["attention/layer_norm_1/gamma"])
    layer = nn.TransformerEncoderLayer(
        width, 4, 4 * width, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
    )
    for norm, part in ((layer.norm1, "attention"), (layer.norm2, forward)):
        put(norm.weight, w[f"{part}/layer_norm_1/gamma"])
        put(norm.bias, w[f"{part}/layer_norm_1/beta"])
    put(layer.self_attn.in_proj_weight, np.concatenate([w[f"{attention}/{part}/W"].T for part in "qkv"]))
    put(layer.self_attn.in_proj_bias, np.concatenate([w[f"{attention}/{part}/b"] for part in "qkv"]))
    out = layer.self_attn.out_proj
    for linear_, path in (
        (out, f"{attention}/output"),
        (layer.linear1, f"{forward}/dense_1"),
        (layer.linear2, f"{forward}/dense_2"),
    ):
        put(linear_.weight, w[f"{path}/W"].T)
        put(linear_.bias, w[f"{path}/b"])
    return layer
