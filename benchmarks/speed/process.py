"""Worker processes, seen from the process that asks them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
"""The folder from which ``benchmarks`` can be imported."""


class WorkerError(Exception):
    """A worker could not do what it was asked; its last line says why."""


class Process:
    """A worker of the implementation ``name``, in a ``with`` statement. It sleeps while it is not asked."""

    def __init__(self, name: str, threads: int) -> None:
        self.name = name
        command = [sys.executable, "-m", "benchmarks.speed.worker", name, str(threads)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, method: str, *arguments: Any) -> Any:
        """What the worker's method returns. Raises WorkerError where it raises, or the process ends."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(json.dumps([method, arguments]), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            raise WorkerError(f"{self.name} has ended") from None
        line = self.process.stdout.readline()
        if not line:
            raise WorkerError(f"{self.name} ended while asked to {method}")
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            raise WorkerError(answer["error"].strip().splitlines()[-1])
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def environment(threads: int) -> dict[str, str]:
    """The environment of every process that is timed: so many threads, what the backends ask for, and
    no compiled program kept from another run.
    """
    libraries = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NPROC")
    numbers = dict.fromkeys(libraries, str(threads))
    backends = {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "3", "PELLUCID_CACHE": "off"}
    source = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, **numbers, **backends, "PYTHONPATH": source}
