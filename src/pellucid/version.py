"""The version of pellucid, said once."""

__version__ = "0.1.0"
