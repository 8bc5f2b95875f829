"""PyTorch with ``torch.compile`` on network and loss."""

from benchmarks.speed.peers import torch_eager


class Implementation(torch_eager.Implementation):
    compiled = True
