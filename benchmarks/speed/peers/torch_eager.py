"""PyTorch as most write it, with the faster form of each update rule: Adam fused, gradient descent one by one."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch.nn import functional

from benchmarks.speed.peers import Peer, in_parts
from benchmarks.speed.peers.torch_networks import network
from benchmarks.speed.workloads import Array, Workload


class Implementation(Peer):
    compiled: ClassVar[bool] = False
    channels_last: ClassVar[bool] = False

    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        x, y = map(torch.from_numpy, workload.data())
        self.x, self.y = self._laid_out(x), y.long() if y.dtype == torch.int32 else self._laid_out(y)
        self.model = network(workload)
        if self.channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
        self.first = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.loss = torch.compile(self._loss) if self.compiled else self._loss
        self.prepare(0)

    def prepare(self, epochs: int) -> None:
        self.model.load_state_dict(self.first)
        params = [p for p in self.model.parameters() if p.requires_grad]
        if self.workload.rule == "adam":
            self.optimizer: torch.optim.Optimizer = torch.optim.Adam(params, lr=self.workload.rate, fused=True)
        else:
            self.optimizer = torch.optim.SGD(params, lr=self.workload.rate, foreach=False)
        self.orders = torch.from_numpy(self.workload.orders(epochs)).long() if epochs else []

    def train(self, epochs: int) -> float:
        losses = []
        for order in self.orders:
            for rows in order.split(self.workload.batch):
                loss = self.loss(self.x[rows], self.y[rows])
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                losses.append(loss.detach())
        return float(torch.stack(losses).mean())

    def outputs(self, x: Array) -> Array:
        with torch.inference_mode():
            return in_parts(lambda part: self.model(self._laid_out(torch.from_numpy(part))).numpy(), x)

    def _laid_out(self, x: torch.Tensor) -> torch.Tensor:
        """Images with channels first, as PyTorch has them, in memory first or last."""
        if x.dim() != 4:
            return x
        x = x.permute(0, 3, 1, 2)
        return x.contiguous(memory_format=torch.channels_last if self.channels_last else torch.contiguous_format)

    def _loss(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        out = self.model(x)
        if self.workload.loss == "squared":
            return functional.mse_loss(out, y)
        return functional.cross_entropy(out, y)
