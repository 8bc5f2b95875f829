"""What is not a step: whole programs, predictions, starting up, training again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.speed.process import ROOT, Process, WorkerError, environment
from benchmarks.speed.steps import PAUSE

Program: TypeAlias = Callable[[Iterable[str], int, int], dict[str, Any]]

BENCHMARKS = Path(__file__).parents[1]
SCRIPTS = Path("speed", "scripts")


def fashion(peers: Iterable[str], rounds: int, threads: int) -> dict[str, Any]:
    """An epoch of Fashion-MNIST: imported, files read, compiled, trained, validated. A process for each round."""
    found: dict[str, Any] = {}
    for _ in range(rounds):
        for peer in peers:
            if peer.startswith("products") or "fault" in found.get(peer, {}):
                continue
            try:
                with Process(peer, threads) as process:
                    answer = process.ask("fashion")
            except WorkerError as error:
                found[peer] = {"fault": str(error)}
                continue
            if answer is not None:
                _add(found, peer, answer)
    _agree(found, "accuracy", 0.01)
    return found


def predict(peers: Iterable[str], rounds: int, threads: int, rows: int, times: int) -> dict[str, Any]:
    """The mlp's outputs for so many rows that lie in memory."""
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        processes = {}
        for peer in peers:
            if peer.startswith("products") or "channels_last" in peer:
                continue
            process = stack.enter_context(Process(peer, threads))
            try:
                process.ask("load", "mlp", True)
                processes[peer] = process
            except WorkerError as error:
                found[peer] = {"fault": str(error)}
        for _ in range(rounds):
            for peer, process in processes.items():
                time.sleep(PAUSE)
                _add(found, peer, process.ask("predict", rows, times))
    _agree(found, "classes", 1e-3)
    return found


def cold_start(peers: Iterable[str], rounds: int, threads: int) -> dict[str, Any]:
    """From the start of a process to iris learned, beside the same script on scikit-learn."""
    found: dict[str, Any] = {}
    for i in range(rounds + 1):
        for name in ("pellucid", "sklearn"):
            begun = time.perf_counter()
            accuracy = float(_run(threads, SCRIPTS / f"iris_{name}.py"))
            if i:  # the first has to fetch its files from disk
                _add(found, name, {"seconds": time.perf_counter() - begun, "accuracy": accuracy})
    return found


def second_fit(peers: Iterable[str], rounds: int, threads: int, engine: str) -> dict[str, Any]:
    """A second ``fit`` of the same shapes beside the first one. It is a fault if it compiles anything."""
    found: dict[str, Any] = {}
    for _ in range(rounds):
        answer = json.loads(_run(threads, SCRIPTS / "second_fit.py", engine))
        for name, seconds, compiled in zip(
            ("first fit", "pellucid"), answer["seconds"], answer["compiled"], strict=True
        ):
            _add(found, name, {"seconds": seconds, "compiled": compiled})
    if any(found["pellucid"]["compiled"]):
        found["pellucid"]["fault"] = f"the second fit compiled {max(found['pellucid']['compiled'])} programs"
    return found


def beside(peers: Iterable[str], rounds: int, threads: int, script: Path, peer: str, most: int = 100) -> dict[str, Any]:
    """A script that does one thing two ways, "ours" and "peer", each in a process of its own; ``most`` rounds of it."""
    found: dict[str, Any] = {}
    for _ in range(min(rounds, most)):
        for name, way in (("pellucid", "ours"), (peer, "peer")):
            _add(found, name, json.loads(_run(threads, script, way)))
    return found


def _run(threads: int, script: Path, *arguments: str) -> str:
    """What ``script``, in the folder of benchmarks, prints."""
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(threads), capture_output=True, text=True, check=True)
    return done.stdout


def _add(found: dict[str, Any], name: str, answer: dict[str, Any]) -> None:
    for quantity, value in answer.items():
        key, value = ("microseconds", 1e6 * value) if quantity == "seconds" else (quantity, value)
        found.setdefault(name, {}).setdefault(key, []).append(value)


def _agree(found: dict[str, Any], quantity: str, within: float) -> None:
    """A peer whose last ``quantity`` is not ours has a fault, and no time."""
    if "fault" in found["pellucid"]:
        return
    ours = found["pellucid"][quantity][-1]
    for answer in found.values():
        if "fault" not in answer and not abs(answer[quantity][-1] - ours) <= within * max(abs(ours), 1.0):
            answer["fault"] = f"its {quantity} is {answer[quantity][-1]:.6g}, that of pellucid {ours:.6g}"


PROGRAMS: dict[str, Program] = {
    "fashion-mnist": fashion,
    "predict 1 row": partial(predict, rows=1, times=300),
    "predict 100,000 rows": partial(predict, rows=100_000, times=1),
    "cold start": cold_start,
    "second fit": partial(second_fit, engine="auto"),
    "second fit on jax": partial(second_fit, engine="jax"),
    "population": partial(beside, script=Path("population.py"), peer="torch one by one", most=3),
    "gradient check": partial(beside, script=Path("gradient_checks.py"), peer="torch gradcheck", most=2),
    "watching": partial(beside, script=SCRIPTS / "watching.py", peer="not watching"),
}
