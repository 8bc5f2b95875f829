"""The layers, a file each."""

from pellucid.layers.activation import Activation
from pellucid.layers.dense import Dense
from pellucid.layers.relu import ReLU
from pellucid.layers.sigmoid import Sigmoid

__all__ = ["Activation", "Dense", "ReLU", "Sigmoid"]
