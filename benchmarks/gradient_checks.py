"""All gradients of a LeNet-sized network: ``check_gradients`` beside ``torch.autograd.gradcheck``.

Both check the same 61,706 weights at the same example in float64 by central differences, in a process of their own
each, one after the other: ``python benchmarks/gradient_checks.py [ROUNDS]``. Compiling counts; importing does not.
Ours also checks the 784 inputs, holds all against automatic differentiation as well, and asks for 1e-7 where the
peer, with its defaults (step 1e-6), asks for 1e-3.
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

LABEL = np.array([3])
COMPILING = "/jax/core/compile/"


def image() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(1, 28, 28, 1))


def ours() -> dict[str, Any]:
    """``check_gradients`` of every weight and input; how long, of which compiling, and the memory at peak."""
    import rich.progress  # noqa: F401  the progress bar, whose import is not to be timed
    from jax import monitoring

    from pellucid import AveragePool2D, Chain, Conv2D, Dense, Flatten, SoftmaxCrossEntropy, Tanh, check_gradients

    features = (Conv2D(6, 5, padding="same"), Tanh(), AveragePool2D(2), Conv2D(16, 5), Tanh(), AveragePool2D(2))
    model = Chain(*features, Flatten(), Dense(120), Tanh(), Dense(84), Tanh(), Dense(10))
    compiling: list[float] = []
    monitoring.register_event_duration_secs_listener(
        lambda event, seconds, **_: compiling.append(seconds) if event.startswith(COMPILING) else None
    )
    before = _peak()
    report, seconds, cpu = _timed(
        lambda: check_gradients(model, SoftmaxCrossEntropy(), image(), LABEL, weights="all", progress=True)
    )
    assert report.ok
    checked = sum(leaf.checked for leaf in report.leaves if leaf.path != "x")
    return _result(checked, seconds, cpu, before) | {"compiling": sum(compiling)}


def peer() -> dict[str, Any]:
    """``torch.autograd.gradcheck`` of every weight, with its defaults: ``fast_mode`` would check one projection."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    features = (nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh())
    dense = (nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))
    model = nn.Sequential(*features, nn.AvgPool2d(2), nn.Flatten(), *dense).double()
    names, weights = zip(*model.named_parameters(), strict=True)
    x, label = torch.from_numpy(image().transpose(0, 3, 1, 2).copy()), torch.from_numpy(LABEL)

    def loss(*given: torch.Tensor) -> torch.Tensor:
        y = torch.func.functional_call(model, dict(zip(names, given, strict=True)), (x,))
        return nn.functional.cross_entropy(y, label)

    before = _peak()
    right, seconds, cpu = _timed(lambda: torch.autograd.gradcheck(loss, weights))
    assert right
    return _result(sum(leaf.numel() for leaf in weights), seconds, cpu, before)


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What the work gives, its seconds, and the processor's."""
    began, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - began, time.process_time() - cpu


def _peak() -> float:
    """The memory of this process at its peak, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _result(weights: int, seconds: float, cpu: float, before: float) -> dict[str, Any]:
    return {"weights": weights, "seconds": seconds, "cpu": cpu, "peak_mb": _peak(), "before_mb": before}


def main(rounds: int) -> None:
    ratios: dict[str, list[float]] = {"seconds": [], "cpu": []}
    print(f"{platform.machine()}, Python {platform.python_version()}, {rounds} rounds")
    for _ in range(rounds):
        found = {}
        for name in ("ours", "peer"):
            command = [sys.executable, __file__, name]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            found[name] = json.loads(done.stdout)
            print(f"{name}  " + "  ".join(f"{key} {value:,.1f}" for key, value in found[name].items()), flush=True)
        assert found["ours"]["weights"] == found["peer"]["weights"] == 61_706
        for unit, seen in ratios.items():
            seen.append(found["peer"][unit] / found["ours"][unit])
    for unit, seen in ratios.items():
        print(f"ratio of {unit}: median {np.median(seen):.1f}, {min(seen):.1f} to {max(seen):.1f}")


if __name__ == "__main__":
    if sys.argv[1:] in (["ours"], ["peer"]):
        print(json.dumps({"ours": ours, "peer": peer}[sys.argv[1]]()))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 3)
