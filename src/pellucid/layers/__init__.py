"""The layers, a file each."""

from pellucid.layers.activation import Activation
from pellucid.layers.dense import Dense
from pellucid.layers.elu import ELU
from pellucid.layers.gelu import GELU
from pellucid.layers.hard_tanh import HardTanh
from pellucid.layers.identity import Identity
from pellucid.layers.leaky_relu import LeakyReLU
from pellucid.layers.maxout import Maxout
from pellucid.layers.relu import ReLU
from pellucid.layers.selu import SELU
from pellucid.layers.sigmoid import Sigmoid
from pellucid.layers.silu import SiLU
from pellucid.layers.softmax import Softmax
from pellucid.layers.softplus import Softplus
from pellucid.layers.step import Step
from pellucid.layers.tanh import Tanh

__all__ = [
    "ELU",
    "GELU",
    "SELU",
    "Activation",
    "Dense",
    "HardTanh",
    "Identity",
    "LeakyReLU",
    "Maxout",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Step",
    "Tanh",
]
