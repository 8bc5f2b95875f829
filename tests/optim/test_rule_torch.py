"""Every update rule that PyTorch has too, step by step; the place of epsilon in AdaGrad is only there as here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pellucid import optim
from pellucid.optim import Rule

torch: Any = pytest.importorskip("torch")

CASES: list[tuple[Rule, str, dict[str, Any]]] = [
    (optim.GradientDescent(0.05), "SGD", {"lr": 0.05}),
    (optim.Momentum(0.02, momentum=0.8), "SGD", {"lr": 0.02, "momentum": 0.8}),
    (optim.Nesterov(0.02, momentum=0.8), "SGD", {"lr": 0.02, "momentum": 0.8, "nesterov": True}),
    (optim.AdaGrad(0.1, epsilon=1e-2), "Adagrad", {"lr": 0.1, "eps": 1e-2}),
    (optim.RMSProp(0.01, decay=0.8, epsilon=1e-3), "RMSprop", {"lr": 0.01, "alpha": 0.8, "eps": 1e-3}),
    (optim.AdaDelta(0.9, decay=0.8, epsilon=1e-3), "Adadelta", {"lr": 0.9, "rho": 0.8, "eps": 1e-3}),
    (optim.Adam(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3), "Adam", {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3}),
    (
        optim.AdamW(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3, weight_decay=0.1),
        "AdamW",
        {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1},
    ),
    (
        optim.Adamax(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3),
        "Adamax",
        {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3},
    ),
]


@pytest.mark.parametrize(("rule", "peer", "options"), CASES, ids=lambda case: type(case).__name__)
def test_a_hundred_steps_equal_those_of_torch(rule: Rule, peer: str, options: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    params = {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=4)}
    wanted = {name: torch.nn.Parameter(torch.tensor(leaf)) for name, leaf in params.items()}
    optimizer = getattr(torch.optim, peer)(wanted.values(), **options)
    slots = rule.init(params)
    for t in range(1, 101):
        grads = {name: rng.normal(size=leaf.shape) for name, leaf in params.items()}
        for name, leaf in wanted.items():
            leaf.grad = torch.tensor(grads[name])
        optimizer.step()
        params, slots = rule.update(params, grads, slots, rule.learning_rate, t, rule.numbers())
        for name, leaf in wanted.items():
            np.testing.assert_allclose(params[name], leaf.detach().numpy(), rtol=1e-10, atol=1e-13, err_msg=f"{t}")
