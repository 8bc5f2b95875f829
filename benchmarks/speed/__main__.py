"""The command ``python -m benchmarks.speed``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.speed import table
from benchmarks.speed.machine import cores, describe
from benchmarks.speed.peers import PEERS, is_installed
from benchmarks.speed.programs import PROGRAMS
from benchmarks.speed.steps import check, compare
from benchmarks.speed.workloads import WORKLOADS


def main() -> int:
    arguments = parser().parse_args()
    peers = chosen(arguments.peers)
    machine = describe(arguments.threads)
    print(json.dumps(machine, indent=2))
    keep = partial(write, arguments.json, machine) if arguments.json else lambda results: None
    results = measured(arguments, peers, keep) if not arguments.quick else checked(arguments, peers)
    keep(results)
    for part in [table.losses(results)] if arguments.quick else [table.lines(results), table.memory(results)]:
        print("\n".join(part), end="\n\n")
    return any("fault" in answer for found in results.values() for answer in found.values())


def write(file: Path, machine: dict[str, Any], results: dict[str, dict[str, Any]]) -> None:
    file.write_text(json.dumps({"machine": machine, "results": results}, indent=1) + "\n", "utf-8")


def measured(
    arguments: argparse.Namespace, peers: list[str], keep: Callable[[dict[str, dict[str, Any]]], None]
) -> dict[str, dict[str, Any]]:
    """Every workload asked for; what is measured is kept as it comes, so that an end before the last loses nothing."""
    results: dict[str, dict[str, Any]] = {}
    for name in arguments.workload or [*WORKLOADS, *PROGRAMS]:
        print(f"{name} ...", file=sys.stderr, flush=True)
        measure = partial(compare, name) if name in WORKLOADS else PROGRAMS[name]
        results[name] = measure(peers, arguments.rounds, arguments.threads)
        keep(results)
    return results


def checked(arguments: argparse.Namespace, peers: list[str]) -> dict[str, dict[str, Any]]:
    names = [name for name in arguments.workload or WORKLOADS if name in WORKLOADS]
    return check(names, [peer for peer in peers if not peer.startswith("products")], arguments.threads)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.speed", description="pellucid's times beside those of peers."
    )
    names = [*WORKLOADS, *PROGRAMS]
    parser.add_argument("workload", nargs="*", choices=[*names, []], metavar="WORKLOAD", help=", ".join(names))
    parser.add_argument("--peers", nargs="+", choices=PEERS, help="only these, beside pellucid")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (5)")
    parser.add_argument("--threads", type=int, default=cores(), help="of each implementation (all cores)")
    parser.add_argument("--quick", action="store_true", help="no times: whether all come to the same loss")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    return parser


def chosen(asked: list[str] | None) -> list[str]:
    """The peers that are installed, pellucid first; a line for each that is not."""
    names = ["pellucid", *(name for name in PEERS if name != "pellucid" and (asked is None or name in asked))]
    for name in names:
        if not is_installed(name):
            print(f"{name} is left out: {PEERS[name]} is not installed")
    return [name for name in names if is_installed(name)]


if __name__ == "__main__":
    raise SystemExit(main())
