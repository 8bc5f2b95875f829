"""The layers, a file each."""

from pellucid.layers.activation import Activation
from pellucid.layers.alpha_dropout import AlphaDropout
from pellucid.layers.augmentation import (
    Cutout,
    FrequencyMask,
    RandomBrightness,
    RandomCrop,
    RandomFlip,
    RandomRotation,
    RandomShift,
    SwapNoise,
    TimeMask,
    TimeShift,
)
from pellucid.layers.average_pool import AveragePool1D, AveragePool2D
from pellucid.layers.batch_norm import BatchNorm
from pellucid.layers.contractive_dense import ContractiveDense
from pellucid.layers.conv1d import Conv1D
from pellucid.layers.conv2d import Conv2D
from pellucid.layers.conv_transpose import ConvTranspose1D, ConvTranspose2D
from pellucid.layers.dense import Dense
from pellucid.layers.depthwise_conv2d import DepthwiseConv2D
from pellucid.layers.dropout import Dropout
from pellucid.layers.elu import ELU
from pellucid.layers.embedding import Embedding
from pellucid.layers.flatten import Flatten
from pellucid.layers.gaussian_noise import GaussianNoise
from pellucid.layers.gaussian_sample import GaussianSample
from pellucid.layers.gelu import GELU
from pellucid.layers.global_average_pool import GlobalAveragePool1D, GlobalAveragePool2D
from pellucid.layers.global_max_pool import GlobalMaxPool1D, GlobalMaxPool2D
from pellucid.layers.group_norm import GroupNorm
from pellucid.layers.hard_tanh import HardTanh
from pellucid.layers.identity import Identity
from pellucid.layers.layer_norm import LayerNorm
from pellucid.layers.leaky_relu import LeakyReLU
from pellucid.layers.learned_positions import LearnedPositions
from pellucid.layers.mask import Mask
from pellucid.layers.max_pool import MaxPool1D, MaxPool2D
from pellucid.layers.maxout import Maxout
from pellucid.layers.multi_head_attention import MultiHeadAttention
from pellucid.layers.permute import Permute
from pellucid.layers.relu import ReLU
from pellucid.layers.reshape import Reshape
from pellucid.layers.selu import SELU
from pellucid.layers.sigmoid import Sigmoid
from pellucid.layers.silu import SiLU
from pellucid.layers.sinusoidal_positions import SinusoidalPositions
from pellucid.layers.softmax import Softmax
from pellucid.layers.softplus import Softplus
from pellucid.layers.spatial_dropout import SpatialDropout
from pellucid.layers.step import Step
from pellucid.layers.tanh import Tanh
from pellucid.layers.up_sample import UpSample1D, UpSample2D

__all__ = [
    "ELU",
    "GELU",
    "SELU",
    "Activation",
    "AlphaDropout",
    "AveragePool1D",
    "AveragePool2D",
    "BatchNorm",
    "ContractiveDense",
    "Conv1D",
    "Conv2D",
    "ConvTranspose1D",
    "ConvTranspose2D",
    "Cutout",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Embedding",
    "Flatten",
    "FrequencyMask",
    "GaussianNoise",
    "GaussianSample",
    "GlobalAveragePool1D",
    "GlobalAveragePool2D",
    "GlobalMaxPool1D",
    "GlobalMaxPool2D",
    "GroupNorm",
    "HardTanh",
    "Identity",
    "LayerNorm",
    "LeakyReLU",
    "LearnedPositions",
    "Mask",
    "MaxPool1D",
    "MaxPool2D",
    "Maxout",
    "MultiHeadAttention",
    "Permute",
    "RandomBrightness",
    "RandomCrop",
    "RandomFlip",
    "RandomRotation",
    "RandomShift",
    "ReLU",
    "Reshape",
    "SiLU",
    "Sigmoid",
    "SinusoidalPositions",
    "Softmax",
    "Softplus",
    "SpatialDropout",
    "Step",
    "SwapNoise",
    "Tanh",
    "TimeMask",
    "TimeShift",
    "UpSample1D",
    "UpSample2D",
]
