"""The three sums that a convolution and its gradients are made of, a way to compute them a file."""

from pellucid.layers.convolution.correlation.base import Correlation
from pellucid.layers.convolution.correlation.choice import correlation

__all__ = ["Correlation", "correlation"]
