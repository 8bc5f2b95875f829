"""Diagnose every program with every seed: a line of JSON for each, and a table of scores at the end.

``python -m benchmarks.doctor [--seeds 5] [--budget 60] [--only TEXT] [--out FILE]``. What FILE has already is not run
again. Seconds are of one processor thread, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from pathlib import Path

from benchmarks.doctor.clean import CLEAN
from benchmarks.doctor.examine import examine
from benchmarks.doctor.faults import FAULTS
from benchmarks.doctor.table import table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=60.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path("doctor.jsonl"))
    parser.add_argument("--table", action="store_true", help="print the table of what FILE has, and run nothing")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    programs = [program for program in (*FAULTS, *CLEAN) if chosen.only in f"{program.name}/{program.family}"]
    if not chosen.table:
        for seed in range(chosen.seeds):
            for program in sorted(programs, key=lambda program: hash_of(program.name)):
                if (program.name, seed) in {(one["name"], one["seed"]) for one in read(chosen.out)}:
                    continue
                begun = time.process_time()
                found = examine(program, seed, chosen.budget)
                with chosen.out.open("a") as file:
                    file.write(json.dumps(found) + "\n")
                print(f"{program.name} {seed}: {found['errors']} ({time.process_time() - begun:.0f} s)", flush=True)
    print(table(read(chosen.out), [*FAULTS, *CLEAN]))


def hash_of(name: str) -> int:
    """A fixed random order, so that what is run of an unfinished benchmark is a fair part."""
    return sum((i + 1) * 7919 * ord(letter) for i, letter in enumerate(name)) % 10_007


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


if __name__ == "__main__":
    main()
