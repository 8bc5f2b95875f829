"""pellucid: neural networks with nothing hidden.

Every public name can be imported from here; each room is opened when one of its names is first asked for, so that
importing pellucid itself is quick.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pellucid.version import __version__ as __version__

if TYPE_CHECKING:
    from pellucid.blocks import *
    from pellucid.cells import *
    from pellucid.check import *
    from pellucid.combinators import *
    from pellucid.data import *
    from pellucid.derivation import *
    from pellucid.diagnosis import *
    from pellucid.errors import *
    from pellucid.initializers import *
    from pellucid.layer import *
    from pellucid.layers import *
    from pellucid.losses import *
    from pellucid.masked import *
    from pellucid.optim import *
    from pellucid.regularize import *
    from pellucid.report import *
    from pellucid.report_page import *
    from pellucid.runs import *
    from pellucid.studies import *
    from pellucid.train import *

_ROOMS = (
    "layers",
    "cells",
    "combinators",
    "blocks",
    "losses",
    "optim",
    "regularize",
    "initializers",
    "layer",
    "masked",
    "errors",
    "train",
    "runs",
    "data",
    "check",
    "report",
    "derivation",
    "report_page",
    "studies",
    "diagnosis",
)


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return [public for room in _ROOMS for public in import_module(f"pellucid.{room}").__all__]
    if not name.startswith("_") and find_spec(f"pellucid.{name}") is None:  # modules are found without us
        for room in _ROOMS:
            module = import_module(f"pellucid.{room}")
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module 'pellucid' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(["__version__", *__getattr__("__all__")])
