"""The time of a step: one workload by every implementation, each in its process, in turn, for several rounds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from benchmarks.speed.process import Process, WorkerError
from benchmarks.speed.workloads import WORKLOADS

TOLERANCE = 5e-4
"""How far losses may lie apart, relatively: sums are taken in another order, and a training carries that on; Keras adds
Adam's epsilon before it takes the bias out."""

PAUSE = 0.3
"""Seconds between turns: threads that wait for work spin for a while before they sleep."""


def compare(name: str, peers: Iterable[str], rounds: int, threads: int) -> dict[str, Any]:
    """For each peer what ``Worker.load`` said and ``microseconds`` a step in each round, or the ``fault`` it has."""
    workload, found = WORKLOADS[name], {}
    with ExitStack() as stack:
        processes = {peer: stack.enter_context(Process(peer, threads)) for peer in peers}
        for peer, process in processes.items():
            _load(found, peer, process, name, quick=False)
        compare_losses(found)
        turns = [peer for peer in found if "fault" not in found[peer]]
        for i in range(rounds if turns else 0):
            for peer in turns[i % len(turns) :] + turns[: i % len(turns)]:  # nobody is always after the same one
                time.sleep(PAUSE)
                seconds = processes[peer].ask("train", workload.epochs)
                step = 1e6 * seconds / (workload.epochs * workload.steps_an_epoch)
                found[peer].setdefault("microseconds", []).append(step)
        for peer in turns:
            found[peer] |= processes[peer].ask("memory")
    return found


def check(names: Iterable[str], peers: Iterable[str], threads: int) -> dict[str, dict[str, Any]]:
    """By workload and peer what comes of four steps. Nothing is timed, and a process does all workloads."""
    results: dict[str, dict[str, Any]] = {name: {} for name in names}
    for peer in peers:
        with Process(peer, threads) as process:
            for name, found in results.items():
                _load(found, peer, process, name, quick=True)
    for found in results.values():
        compare_losses(found)
    return results


def _load(found: dict[str, Any], peer: str, process: Process, name: str, quick: bool) -> None:
    try:
        answer = process.ask("load", name, quick)
    except WorkerError as error:
        answer = {"fault": str(error)}
    if answer.pop("takes", True):
        found[peer] = answer


def compare_losses(found: dict[str, Any]) -> None:
    """A peer that does not come to our loss has a fault, and no time."""
    ours = found["pellucid"].get("loss")
    for answer in found.values():
        loss = answer.get("loss")
        if loss is not None and ours is not None and not abs(loss - ours) <= TOLERANCE * abs(ours):
            answer["fault"] = f"its loss is {loss:.6g}, that of pellucid {ours:.6g}"
