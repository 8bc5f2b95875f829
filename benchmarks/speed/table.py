"""The figures as a table that can be read in a terminal and as Markdown."""

from __future__ import annotations

from statistics import median
from typing import Any

from benchmarks.speed.bars import bar, verdict

HEADER = ("workload", "peer", "ours", "peer's", "ratio", "min", "max", "bar")


def lines(results: dict[str, dict[str, Any]]) -> list[str]:
    """A row for each workload and peer. ``results`` are by workload what ``compare`` found."""
    rows = [row for workload, found in results.items() for row in _rows(workload, found)]
    return aligned([HEADER, *rows])


def memory(results: dict[str, dict[str, Any]]) -> list[str]:
    """The largest size of each process, in megabytes, by workload and implementation."""
    found = {workload: answers for workload, answers in results.items() if "peak_mb" in answers["pellucid"]}
    names = list(dict.fromkeys(name for answers in found.values() for name in answers if "products" not in name))
    rows = [(workload, *(_peak(answers.get(name, {})) for name in names)) for workload, answers in found.items()]
    return aligned([("peak MB", *names), *rows]) if rows else []


def _peak(answer: dict[str, Any]) -> str:
    """One process has one size, a process for each round one for each."""
    sizes = answer.get("peak_mb", [])
    sizes = sizes if isinstance(sizes, list) else [sizes]
    return f"{max(sizes):.0f}" if sizes else ""


def losses(results: dict[str, dict[str, Any]]) -> list[str]:
    """What each implementation's loss is, or what is wrong with it."""
    rows = [
        (workload, name, f"{answer['loss']:.7g}" if answer.get("loss") is not None else "-", answer.get("fault", ""))
        for workload, found in results.items()
        for name, answer in found.items()
    ]
    return aligned([("workload", "implementation", "loss", "fault"), *rows])


def _rows(workload: str, found: dict[str, Any]) -> list[tuple[str, ...]]:
    ours = found["pellucid"]
    if "fault" in ours:
        return [(workload, "pellucid", *("-",) * 5, f"FAULT: {ours['fault']}")]
    rows = []
    for peer, answer in with_ceiling(found).items():
        if "fault" in answer:
            rows.append((workload, peer, *("-",) * 5, f"FAULT: {answer['fault']}"))
        elif "microseconds" in answer:
            middle, least, most = ratio(ours["microseconds"], answer["microseconds"])
            times = (duration(median(found["microseconds"])) for found in (ours, answer))
            figures = (f"{number:.2f}" for number in (middle, least, most))
            rows.append((workload, peer, *times, *figures, verdict(middle, bar(workload, peer))))
    return rows


def ratio(ours: list[float], theirs: list[float]) -> tuple[float, float, float]:
    """Their time over ours: that of the medians, and the least and the largest of any round."""
    each = [peer / own for own, peer in zip(ours, theirs, strict=True)]
    return median(theirs) / median(ours), min(each), max(each)


def with_ceiling(found: dict[str, Any]) -> dict[str, Any]:
    """The peers, with the bare products of the faster library for both."""
    peers = {peer: answer for peer, answer in found.items() if peer != "pellucid" and not peer.startswith("products")}
    products = [found[peer] for peer in found if peer.startswith("products") and "microseconds" in found[peer]]
    if products:
        peers["products"] = min(products, key=lambda answer: median(answer["microseconds"]))
    return peers


def duration(microseconds: float) -> str:
    """In the unit that suits it."""
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.3g} {unit}"
    return f"{microseconds:.3g} us"


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """A Markdown table, the second row being the rule under its header."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = tuple("-" * width for width in widths)
    return [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (rows[0], rule, *rows[1:])
    ]
