"""Scores with their intervals, and every miss by name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.doctor.program import Program
from pellucid.report.intervals import wilson


def table(results: Sequence[dict[str, Any]], programs: Sequence[Program]) -> str:
    """The scores in Markdown."""
    faults = [one for one in results if one["fault"]]
    shown = [one for one in faults if one["shows"]]
    clean = [one for one in results if not one["fault"]]
    healthy = [one for one in clean if one["shows"]]
    cures = [cure for one in results for cure in one["cures"]]
    lines = [
        f"{len(results)} pairs of program and seed, of {len(programs)} programs; {len(faults) - len(shown)} of "
        f"{len(faults)} pairs of fault and seed show none, {len(clean) - len(healthy)} of {len(clean)} clean ones do "
        "not train: left out.",
        "",
        "| score | | of | 95 % |",
        "|---|---|---|---|",
        row("fault among the errors", (one["found"] for one in shown)),
        row("fault first", (one["first"] for one in shown)),
        row("clean with an error", (bool(one["errors"]) for one in healthy)),
        row("cures that hold", (cure["holds"] for cure in cures)),
    ]
    seconds = sorted(one["seconds"] for one in results)
    if seconds:
        lines.append(
            f"| median seconds (90th in 100) | {_at(seconds, 0.5):.0f} ({_at(seconds, 0.9):.0f}) | {len(seconds)} | |"
        )
    return "\n".join([*lines, *_families(shown), *_named(shown, healthy, results), *_left_out(faults, clean)])


def _families(shown: Sequence[dict[str, Any]]) -> list[str]:
    lines = ["", "| family | found | first | of |", "|---|---|---|---|"]
    families = defaultdict(list)
    for one in shown:
        families[one["family"]].append(one)
    for family, ones in sorted(families.items()):
        found, first = sum(one["found"] for one in ones), sum(one["first"] for one in ones)
        lines.append(f"| {family} | {found} | {first} | {len(ones)} |")
    return lines


def _named(shown: Sequence[Any], healthy: Sequence[Any], results: Sequence[Any]) -> list[str]:
    """Every miss, every false alarm, every cure that does not hold."""
    lists = {
        "Misses": [_said(one) for one in shown if not one["found"]],
        "Found, but not first": [_said(one) for one in shown if one["found"] and not one["first"]],
        "False alarms": [_said(one) for one in healthy if one["errors"]],
        "Cures that do not hold": [
            f"{one['name']} ({one['seed']}): {cure['name']}, gain {cure['gain']:+.3f}"
            for one in results
            for cure in one["cures"]
            if not cure["holds"]
        ],
    }
    lines = []
    for title, ones in lists.items():
        lines += ["", f"{title}:{'' if ones else ' none.'}", *(f"- {one}" for one in ones)]
    return lines


def _left_out(faults: Sequence[Any], clean: Sequence[Any]) -> list[str]:
    lines = []
    for title, ones in (("Show no fault", faults), ("Do not train", clean)):
        names = [f"{one['name']} ({one['seed']})" for one in ones if not one["shows"]]
        lines += ["", f"{title}: {', '.join(names) or 'none'}."]
    return lines


def row(name: str, hits: Iterable[bool]) -> str:
    found = list(hits)
    share = sum(found) / len(found) if found else math.nan
    low, high = wilson(sum(found), len(found))
    return f"| {name} | {share:.2f} | {len(found)} | {low:.2f} to {high:.2f} |"


def _said(one: dict[str, Any]) -> str:
    warnings = f"; warnings: {', '.join(one['warnings'][:3])}" if one["warnings"] else ""
    return f"{one['name']} ({one['seed']}): {', '.join(one['errors']) or 'no error'}{warnings}"


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
