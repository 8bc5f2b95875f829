"""What a ``Watcher`` says of every program, and the time that it takes: ``python -m benchmarks.doctor.live``."""

from __future__ import annotations

import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path

import numpy as np

from benchmarks.doctor.clean import CLEAN
from benchmarks.doctor.faults import FAULTS
from benchmarks.doctor.program import Program
from pellucid.diagnosis.live import Watcher
from pellucid.errors import NonFiniteError
from pellucid.runs import fit


def watch(program: Program) -> tuple[list[str], float, float]:
    """The warnings of one training in a run folder, the watcher's seconds and all of them."""
    case = program.case(0)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, np.errstate(all="ignore"):
        run = Path(folder) / "run"
        watcher = Watcher(run)
        options = {"validation": tuple(case.validation), **case.options, "run": run, "listeners": [watcher]}
        with suppress(NonFiniteError):
            fit(case.model, case.loss, tuple(case.train), engine="numpy", **options)
    said = [one["name"] for one in watcher.records if one["state"] == "begun" and one["level"] == "warning"]
    return sorted(set(said)), watcher.seconds, time.perf_counter() - begun


def main() -> None:
    warnings.simplefilter("ignore")
    spent, total = 0.0, 0.0
    for kind, programs in (("clean", CLEAN), ("faulty", FAULTS)):
        alarmed = 0
        for program in programs:
            said, own, whole = watch(program)
            spent, total, alarmed = spent + own, total + whole, alarmed + bool(said)
            if said:
                print(f"{kind}: {program.name}: {', '.join(said)}", flush=True)
        print(f"{kind}: {alarmed} of {len(programs)} trainings with a warning", flush=True)
    print(f"the watcher takes {spent / total:.2%} of the time of the trainings")


if __name__ == "__main__":
    main()
