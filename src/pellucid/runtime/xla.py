"""What XLA is told when it compiles for a processor, where what it would do by itself is slow.

None of it changes what is computed. What this version of XLA does not know is left out.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

LEVEL: dict[str, Any] = {"xla_backend_optimization_level": 1}
"""LLVM's first level: the third, which XLA takes by itself, compiles a tenth longer, and its loops of small steps are
slower (a tiny network 10 %, a recurrent cell 5 %); of large ones they are the same.
"""

LARGE: dict[str, Any] = {
    "xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT,LIBRARY_FUSION_TYPE_REDUCE",
    "xla_cpu_prefer_vector_width": 512,
    **LEVEL,
}
"""For large arrays: vectors as wide as there are, and convolutions on all cores, by Eigen. By itself XLA gives them to
YNNPACK, together with products and sums, and there they take one core.
"""

SMALL: dict[str, Any] = {"xla_cpu_experimental_ynn_fusion_type": "", **LEVEL}
"""For small arrays: products as plain loops. Calls of a library would keep a loop around them from being one piece."""

SELDOM_RUN: dict[str, Any] = {
    "xla_backend_optimization_level": 0,
    "xla_cpu_use_fusion_emitters": False,
    "xla_cpu_parallel_codegen_split_count": 1,
}
"""For what runs a few times alone: it compiles in less than half the time, and rounds no worse."""

ON_ONE_CORE: dict[str, Any] = {"xla_cpu_multi_thread_eigen": False}
"""For programs that run side by side: beside either of the above."""

ONE_PIECE = 2**19
"""Loops whose steps touch fewer bytes are compiled in one piece, where no library is called in them. Otherwise every
few operations are a piece, and XLA goes from one to the next by a list, a fifth of a microsecond each: in small
networks more than the operations take. By itself it makes one piece of loops up to a kilobyte.
"""

_FLAG = "--xla_backend_extra_options"


def set_flags() -> None:
    """Have small loops compiled in one piece: ``ONE_PIECE``.

    There is no option of a single program for it: it is read from the environment when XLA starts, and comes too late
    where JAX has been used before. A user's own extra options are left alone.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if _FLAG not in flags:
        os.environ["XLA_FLAGS"] = f"{flags} {_FLAG}=xla_cpu_small_while_loop_byte_threshold={ONE_PIECE}".strip()


def options(asked: dict[str, Any]) -> dict[str, Any] | None:
    """What to hand ``jax.jit`` as ``compiler_options``: all that is ``asked``, or None where it is of no use."""
    import jax

    return asked if jax.default_backend() == "cpu" and _knows(tuple(asked.items())) else None


@cache
def _knows(asked: tuple[tuple[str, Any], ...]) -> bool:
    import jax

    try:
        jax.jit(lambda x: x, compiler_options=dict(asked))(0.0)
    except jax.errors.JaxRuntimeError:
        return False
    return True
