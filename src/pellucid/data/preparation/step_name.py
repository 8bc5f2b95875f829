"""The names of the steps by which columns of numbers are prepared."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

StepName: TypeAlias = Literal["auto", "raw", "centre", "normalise", "decorrelate", "whiten", "zca"]

STEPS: tuple[str, ...] = get_args(StepName)
