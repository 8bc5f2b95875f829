"""What commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from pellucid.files import printable, to_json


def say(message: str) -> None:
    """A message for the person, on standard error."""
    print(harmless(message), file=sys.stderr)


def write(text: str) -> None:
    """Text for the person, on standard output."""
    print(harmless(text), flush=True)


def say_in_place(message: str = "") -> None:
    """A message for the person on a line of standard error that the next one takes the place of; none clears it."""
    print(f"\r\033[K{harmless(message)[: text_width() - 4]}", end="", file=sys.stderr, flush=True)


def write_styled(text: str) -> None:
    """Text with styles of a terminal, of which all that comes from files is harmless already."""
    sys.stdout.write(text)


def write_data(text: str) -> None:
    """What other programs read, as it is; on a terminal harmless."""
    sys.stdout.write(harmless(text) if sys.stdout.isatty() else text)


def clear_screen() -> None:
    """Let what follows stand at the top of an empty terminal."""
    write_styled("\x1b[H\x1b[J")


def harmless(text: str) -> str:
    """``text`` without what a terminal would take as a command: names in files and folders are anybody's."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "\ufffd" for letter in printable(text))


def harmless_json(text: str) -> str:
    """JSON that says the same, with the code of every letter that a terminal might take as a command."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else json.dumps(letter)[1:-1] for letter in text)


def text_width(to_terminal: bool = True) -> int:
    """The columns that COLUMNS tells; else those of the terminal, where text goes to one; else 80."""
    if to_terminal and sys.stdout.isatty():
        return shutil.get_terminal_size((80, 24)).columns
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) > 0 else 80


def print_json(result: dict[str, Any]) -> None:
    """The result as one JSON object on standard output; NaN and infinity, which JSON lacks, become null."""
    print(harmless_json(to_json(result)))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """A table on standard output, with numbers to the right; in 80 columns where no terminal says otherwise."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    rows = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", show_edge=False, pad_edge=False)
    for i, name in enumerate(columns):
        numeric = all(isinstance(row[i], (int, float)) or row[i] is None for row in rows) and bool(rows)
        table.add_column(escape(harmless(name)), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(80, table.__rich_measure__(console, console.options).maximum))
    with console.capture() as drawn:
        console.print(table)
    print(drawn.get(), end="")  # where the reader has left, rich would end the process with code 1


def number(value: float) -> str:
    """A number for a reader: four decimals, of small ones and of very large ones four digits."""
    size = abs(value)
    if 0 < size < 1e-3 or size >= 1e9:
        return f"{value:.4g}"
    return f"{value:.4f}" if size < 1e3 else f"{value:,.1f}"


def _shown(cell: Any) -> str:
    from rich.markup import escape

    if cell is None or cell != cell:  # NaN, which JSON has as null
        return ""
    if isinstance(cell, float):
        return number(cell)
    if isinstance(cell, int):
        return f"{cell:,}"
    return escape(harmless(str(cell)))
