"""pellucid: neural networks with nothing hidden."""

__version__ = "0.1.0"
