"""The result of a training on standard output: parts and baselines, classes, and what a reader should know."""

from __future__ import annotations

import textwrap
from typing import Any

from pellucid.cli.output import print_table, write
from pellucid.data.base.splits import PARTS
from pellucid.data.messages import with_count

WIDTH = 80
"""All fits into so many columns."""

WORST = 10
"""With more classes than this, those with the lowest F1 are shown, and no confusion matrix."""

LONGEST = 24, 14
"""Longer names of classes are cut: where each has a line, and where two share one."""


def print_result(result: dict[str, Any]) -> None:
    """The result: each part beside the baselines, classes of the test part, remarks, and where the run lies."""
    _print_parts(result)
    details = result.get("details", {})
    if "classes" in details:
        if len(details["classes"]) > WORST:
            _print_worst_classes(details["classes"])
        else:
            _print_classes(details["classes"])
            _print_confusion([figures["class"] for figures in details["classes"]], details["confusion"])
    if "labels" in details:
        _print_labels(details["labels"])
    if details.get("reliability"):
        _print_reliability(details["reliability"])
    write(
        f"\n{result['task']}, {with_count(result['epochs'], 'epoch')} in {result['seconds']:.1f} s "
        f"on {result['engine']}"
    )
    write(f"{result['stopped']}; weights of epoch {result['best_epoch']}")
    for remark in result.get("remarks", ()):
        write(textwrap.fill(remark, WIDTH))
    write(f"run folder: {result['run']}")


def _print_parts(result: dict[str, Any]) -> None:
    names = [name for name in result["test"] if name != "loss"]
    rows: list[list[Any]] = []
    for i, name in enumerate([*names, "loss"]):
        rows.append(["network" if i == 0 else "", name.replace("_", " "), *(result[part][name] for part in PARTS)])
    for model, measured in result["baseline"].items():
        size = f" of {measured['components']}" if "components" in measured else ""
        rows.append([model + size, names[0], None, None, measured[names[0]]])
    print_table(["", "", *PARTS], rows)


FIGURES = ("precision", "recall", "f1", "support")


def _print_classes(classes: list[dict[str, Any]]) -> None:
    rows = [[_cut(figures["class"]), *(figures[name] for name in FIGURES)] for figures in classes]
    write("\nclasses of the test part")
    print_table(["class", *FIGURES], rows)


def _print_labels(labels: list[dict[str, Any]]) -> None:
    """The labels, or of many those of lowest F1."""
    shown, of = labels, ""
    if len(labels) > WORST:
        shown = sorted((figures for figures in labels if figures["support"]), key=lambda label: float(label["f1"]))
        shown, of = shown[:WORST], f" with the lowest f1, {min(len(shown), WORST)} of {len(labels)}"
    figures = (*FIGURES, "roc_auc")
    write(f"\nlabels of the test part{of}")
    rows = [[_cut(label["label"]), *(label[name] for name in figures)] for label in shown]
    print_table(["label", *(name.replace("_", " ") for name in figures)], rows)


def _print_worst_classes(classes: list[dict[str, Any]]) -> None:
    """The classes of lowest F1, and the class that each was most often taken for."""
    known = [figures for figures in classes if figures["support"]]
    rows: list[list[Any]] = []
    for figures in sorted(known, key=lambda figures: float(figures["f1"]))[:WORST]:
        name, count = next(iter(figures["taken_for"].items()), ("", None))
        numbers = (figures[figure] for figure in FIGURES)
        rows.append([_cut(figures["class"], LONGEST[1]), *numbers, _cut(name, LONGEST[1]), count])
    write(f"\nclasses of the test part with the lowest f1, {len(rows)} of {len(classes)}")
    print_table(["class", *FIGURES, "taken for", "times"], rows)


def _print_confusion(names: list[str], confusion: list[list[int]]) -> None:
    """A row for each true class, a column for each decision, numbered where the names are too long to head columns."""
    names = heads = [_cut(name) for name in names]
    counts = [max(len(f"{count:,}") for count in column) for column in zip(*confusion, strict=True)]
    widths = [max(len(name), count) for name, count in zip(names, counts, strict=True)]
    if max(map(len, ("class", *names))) + sum(width + 3 for width in widths) > WIDTH:
        heads = [str(number) for number in range(1, len(names) + 1)]
        names = [f"{number} {name}" for number, name in zip(heads, names, strict=True)]
    write("\nwhat each true class was taken for")
    print_table(["class", *heads], [[name, *counts] for name, counts in zip(names, confusion, strict=True)])


def _print_reliability(ranges: list[dict[str, Any]]) -> None:
    write("\nhow sure the network was, and how often it was right")
    rows = [
        [f"{entry['from']:.1f} to {entry['to']:.1f}", entry["examples"], entry["confidence"], entry["accuracy"]]
        for entry in ranges
    ]
    print_table(["probability", "examples", "mean", "right"], rows)


def _cut(name: str, longest: int = LONGEST[0]) -> str:
    """A name without its middle, where it is too long: ends often differ."""
    half = longest // 2
    return name if len(name) <= longest else f"{name[: longest - half]}…{name[len(name) - half + 1 :]}"
