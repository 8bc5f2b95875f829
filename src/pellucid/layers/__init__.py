"""The layers, a file each."""

from pellucid.layers.activation import Activation
from pellucid.layers.average_pool import AveragePool1D, AveragePool2D
from pellucid.layers.batch_norm import BatchNorm
from pellucid.layers.conv1d import Conv1D
from pellucid.layers.conv2d import Conv2D
from pellucid.layers.dense import Dense
from pellucid.layers.dropout import Dropout
from pellucid.layers.elu import ELU
from pellucid.layers.embedding import Embedding
from pellucid.layers.flatten import Flatten
from pellucid.layers.gaussian_noise import GaussianNoise
from pellucid.layers.gelu import GELU
from pellucid.layers.global_average_pool2d import GlobalAveragePool2D
from pellucid.layers.hard_tanh import HardTanh
from pellucid.layers.identity import Identity
from pellucid.layers.layer_norm import LayerNorm
from pellucid.layers.leaky_relu import LeakyReLU
from pellucid.layers.mask import Mask
from pellucid.layers.max_pool import MaxPool1D, MaxPool2D
from pellucid.layers.maxout import Maxout
from pellucid.layers.relu import ReLU
from pellucid.layers.reshape import Reshape
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
    "AveragePool1D",
    "AveragePool2D",
    "BatchNorm",
    "Conv1D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "GaussianNoise",
    "GlobalAveragePool2D",
    "HardTanh",
    "Identity",
    "LayerNorm",
    "LeakyReLU",
    "Mask",
    "MaxPool1D",
    "MaxPool2D",
    "Maxout",
    "ReLU",
    "Reshape",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Step",
    "Tanh",
]
