"""Every cell through time, forward and backward, beside PyTorch: its own networks, and the equations written out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import Recurrent

torch: Any = pytest.importorskip("torch")

B, T, D, K = 3, 6, 4, 5


def of_torch(kind, params, x):
    """PyTorch's network with our weights; where it has two biases for a sum, the second is ours of that name, or 0."""
    network = getattr(torch.nn, kind)(D, K, batch_first=True).double()
    second = torch.zeros_like(params["b"])
    if "c" in params:
        second = torch.cat([second[: 2 * K], params["c"]])
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    weights = dict(zip(names, (params["W"].T, params["U"].T, params["b"], second), strict=True))
    return torch.func.functional_call(network, weights, (x,))[0]


def gru_before(_, params, x):
    """Cho et al. 2014, eqs. 5 to 8, one sum after another."""
    (W_r, W_z, W_n), (U_r, U_z, U_n) = params["W"].split(K, 1), params["U"].split(K, 1)
    b_r, b_z, b_n = params["b"].split(K)
    h = torch.zeros(len(x), K, dtype=x.dtype)
    ys = []
    for t in range(x.shape[1]):
        r = torch.sigmoid(x[:, t] @ W_r + h @ U_r + b_r)
        z = torch.sigmoid(x[:, t] @ W_z + h @ U_z + b_z)
        n = torch.tanh(x[:, t] @ W_n + (r * h) @ U_n + b_n)
        h = z * h + (1 - z) * n
        ys.append(h)
    return torch.stack(ys, 1)


PEERS = [
    (SimpleRNN(K), of_torch, "RNN"),
    (LSTM(K), of_torch, "LSTM"),
    (GRU(K, reset="after"), of_torch, "GRU"),
    (GRU(K), gru_before, ""),
]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("cell", "peer", "kind"), PEERS, ids=lambda part: repr(part) if hasattr(part, "units") else "")
def test_outputs_and_gradients_are_those_of_torch(cell, peer, kind, reverse):
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=(B, T, D)), rng.normal(size=(B, T, K))
    layer = Recurrent(cell, reverse=reverse)
    params = {name: leaf + rng.normal(size=leaf.shape) for name, leaf in layer.init(ops.key(0), x)[0].items()}
    y, cache, _ = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, dy)

    theirs = {name: torch.tensor(leaf, requires_grad=True) for name, leaf in params.items()}
    their_x = torch.tensor(x, requires_grad=True)
    wanted = peer(kind, theirs, their_x.flip(1) if reverse else their_x)
    wanted = wanted.flip(1) if reverse else wanted
    wanted.backward(torch.tensor(dy))
    np.testing.assert_allclose(y, wanted.detach(), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(dx, their_x.grad, rtol=1e-9, atol=1e-11)
    for name, leaf in theirs.items():
        np.testing.assert_allclose(dparams[name], leaf.grad, rtol=1e-9, atol=1e-11, err_msg=name)
