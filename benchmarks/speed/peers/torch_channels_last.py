"""PyTorch with the channels of images last in memory, which its convolutions on processors like best."""

from benchmarks.speed.peers import torch_eager
from benchmarks.speed.workloads import Workload


class Implementation(torch_eager.Implementation):
    channels_last = True

    @staticmethod
    def takes(workload: Workload) -> bool:
        return workload.network == "cnn"
