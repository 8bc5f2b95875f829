"""The layers, a file each."""

from pellucid.layers.activations.activation import Activation
from pellucid.layers.activations.elu import ELU
from pellucid.layers.activations.gelu import GELU
from pellucid.layers.activations.hard_tanh import HardTanh
from pellucid.layers.activations.identity import Identity
from pellucid.layers.activations.leaky_relu import LeakyReLU
from pellucid.layers.activations.maxout import Maxout
from pellucid.layers.activations.relu import ReLU
from pellucid.layers.activations.selu import SELU
from pellucid.layers.activations.sigmoid import Sigmoid
from pellucid.layers.activations.silu import SiLU
from pellucid.layers.activations.softmax import Softmax
from pellucid.layers.activations.softplus import Softplus
from pellucid.layers.activations.step import Step
from pellucid.layers.activations.tanh import Tanh
from pellucid.layers.attention.learned_positions import LearnedPositions
from pellucid.layers.attention.multi_head_attention import MultiHeadAttention
from pellucid.layers.attention.sinusoidal_positions import SinusoidalPositions
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
from pellucid.layers.contractive_dense import ContractiveDense
from pellucid.layers.convolution.conv1d import Conv1D
from pellucid.layers.convolution.conv2d import Conv2D
from pellucid.layers.convolution.conv_transpose import ConvTranspose1D, ConvTranspose2D
from pellucid.layers.convolution.depthwise_conv2d import DepthwiseConv2D
from pellucid.layers.dense import Dense
from pellucid.layers.dense_ensemble import DenseEnsemble
from pellucid.layers.embedding import Embedding
from pellucid.layers.noise.alpha_dropout import AlphaDropout
from pellucid.layers.noise.dropout import Dropout
from pellucid.layers.noise.gaussian_noise import GaussianNoise
from pellucid.layers.noise.gaussian_sample import GaussianSample
from pellucid.layers.noise.spatial_dropout import SpatialDropout
from pellucid.layers.normalization.batch_norm import BatchNorm
from pellucid.layers.normalization.group_norm import GroupNorm
from pellucid.layers.normalization.layer_norm import LayerNorm
from pellucid.layers.piecewise_linear import PiecewiseLinear
from pellucid.layers.pooling.average_pool import AveragePool1D, AveragePool2D
from pellucid.layers.pooling.global_average_pool import GlobalAveragePool1D, GlobalAveragePool2D
from pellucid.layers.pooling.global_max_pool import GlobalMaxPool1D, GlobalMaxPool2D
from pellucid.layers.pooling.max_pool import MaxPool1D, MaxPool2D
from pellucid.layers.shape.flatten import Flatten
from pellucid.layers.shape.mask import Mask
from pellucid.layers.shape.permute import Permute
from pellucid.layers.shape.reshape import Reshape
from pellucid.layers.shape.up_sample import UpSample1D, UpSample2D

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
    "DenseEnsemble",
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
    "PiecewiseLinear",
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
