"""PyTorch with channels last and ``torch.compile``."""

from benchmarks.speed.peers import torch_channels_last


class Implementation(torch_channels_last.Implementation):
    compiled = True
