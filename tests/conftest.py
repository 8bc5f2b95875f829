"""What all tests share: how hypothesis draws, how XLA compiles, and what the garbage collector leaves alone."""

from __future__ import annotations

import functools
import gc
import os
import sys

import pytest
from hypothesis import settings

from pellucid.runtime import xla

settings.register_profile("here", deadline=None)  # the first example compiles, the others do not
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

os.environ.setdefault("PELLUCID_CACHE", "off")  # every test compiles what it measures and compares
quick = " ".join(f"--{name}={str(value).lower()}" for name, value in xla.SELDOM_RUN.items())
os.environ["XLA_FLAGS"] = f"{quick} {os.environ.get('XLA_FLAGS', '')}"  # programs that ask for other options get them
workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
if workers > 1:  # each takes its share of the cores: more threads than cores wait for one another
    os.environ.setdefault("PJRT_NPROC", str(max((os.cpu_count() or 1) // workers, 1)))
xla.set_flags()  # before any test uses JAX by itself


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    gc.disable()  # what is collected, thousands of objects, stays: a fifth of the time went into looking at it
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        share_compiler_context()


def share_compiler_context():
    """Let JAX write all programs in one context of MLIR. By itself it makes one for each program, a quarter of the time
    that a single operation takes to compile, of which tests compile thousands. Nothing that is computed depends on it.
    Where no test has imported JAX, or JAX has no function of this name, nothing is changed.
    """
    mlir = sys.modules.get("jax._src.interpreters.mlir")
    if make := getattr(mlir, "make_ir_context", None):
        mlir.make_ir_context = functools.cache(make)
