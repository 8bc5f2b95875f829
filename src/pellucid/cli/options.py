"""Options that several commands share, and lists in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no messages.")]
Config = Annotated[Path | None, typer.Option("--config", "-c", help="A TOML file with settings; options win over it.")]

Encoding = Annotated[str | None, typer.Option(help="The encoding of text files, such as latin-1; UTF-8.")]

NETWORKS = "linear, mlp, cnn, rnn, lstm, gru, transformer, autoencoder"
"""The networks that have a name, for help (the table of them imports too much to ask it)."""


def words(text: str | None) -> list[str] | None:
    """``a, b`` as ["a", "b"]."""
    return None if text is None else [word.strip() for word in text.split(",")]


def sizes(text: str | None) -> list[int] | None:
    """``128,64`` as [128, 64]; "none" as []."""
    if text is None:
        return None
    if text.strip().lower() in ("", "none", "0"):
        return []
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a list of whole numbers such as 128,64", param_hint="--hidden"
        ) from None


def size_or_share(text: str | None) -> float | None:
    """``12`` as the whole number, ``0.99`` as a fraction."""
    if text is None:
        return None
    try:
        return int(text) if text.strip().isdecimal() else float(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither how many, such as 12, nor a share, such as 0.99", param_hint="--components"
        ) from None
