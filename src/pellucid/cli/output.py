"""Two voices: results go to standard output, everything else to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pellucid.data.messages import with_count
from pellucid.files import to_json

ERRORS = {"mse"}
"""Measures of which less is better."""


def say(message: str) -> None:
    """A message for the person, on standard error."""
    print(message, file=sys.stderr)


def text_width(to_terminal: bool = True) -> int:
    """The columns that COLUMNS tells; else those of the terminal, where text goes to one; else 80."""
    if to_terminal and sys.stdout.isatty():
        return shutil.get_terminal_size((80, 24)).columns
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) > 0 else 80


def print_json(result: dict[str, Any]) -> None:
    """The result as one JSON object on standard output; NaN and infinity, which JSON lacks, become null."""
    print(to_json(result))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """A table on standard output, with numbers to the right; in 80 columns where no terminal says otherwise."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    rows = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", show_edge=False, pad_edge=False)
    for i, name in enumerate(columns):
        numeric = all(isinstance(row[i], (int, float)) or row[i] is None for row in rows) and bool(rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(80, table.__rich_measure__(console, console.options).maximum))
    with console.capture() as drawn:
        console.print(table)
    print(drawn.get(), end="")  # where the reader has left, rich would end the process with code 1


def print_result(result: dict[str, Any]) -> None:
    """The result of a training: each part beside the baselines, and where the run lies."""
    parts = ("train", "validation", "test")
    names = [name for name in result["test"] if name != "loss"]
    rows: list[list[Any]] = []
    for i, name in enumerate([*names, "loss"]):
        rows.append(["network" if i == 0 else "", name, *(result[part][name] for part in parts)])
    for model, measured in result["baseline"].items():
        size = f" of {measured['components']}" if "components" in measured else ""
        rows.append([model + size, names[0], None, None, measured[names[0]]])
    print_table(["", "", *parts], rows)
    print(
        f"\n{result['task']}, {with_count(result['epochs'], 'epoch')} in {result['seconds']:.1f} s "
        f"on {result['engine']}"
    )
    print(f"{result['stopped']}; weights of epoch {result['best_epoch']}")
    for remark in _remarks(result, names[0]):
        print(remark)
    print(f"run folder: {result['run']}")


def _remarks(result: dict[str, Any], name: str) -> Iterator[str]:
    """What a reader should know of the baselines."""
    for model, measured in result["baseline"].items():
        if measured.get("rows", 0) and measured["rows"] < result["rows"]["train"]:
            yield f"({model} learnt from {measured['rows']:,} of {result['rows']['train']:,} rows)"
        if not measured.get("converged", True):
            yield f"({model} had not converged)"
        gain = measured[name] - result["test"][name]
        if (gain < 0) if name in ERRORS else (gain > 0):
            yield f"{model} does better on the test part: use it, or another network"


def _shown(cell: Any) -> str:
    from rich.markup import escape

    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}" if abs(cell) < 1e3 else f"{cell:,.1f}" if abs(cell) < 1e9 else f"{cell:.4g}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return escape(str(cell))
