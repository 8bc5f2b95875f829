"""NumPy's products on one core, just before a compiled program wants them all.

The threads of OpenBLAS wait for more work in a loop, for some 20 ms after each product, and whoever works meanwhile has
a core less: of a small convolutional network the first ten steps or so took twice their time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def on_one_core() -> Iterator[None]:
    """For a block, or as a decorator for a function: products wake no other thread."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
