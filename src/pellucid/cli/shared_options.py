"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pellucid.jobs.network_names import NETWORKS

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no messages.")]
Config = Annotated[Path | None, typer.Option("--config", "-c", help="A TOML file with settings; options win over it.")]

Encoding = Annotated[str | None, typer.Option(help="The encoding of text files, such as latin-1; UTF-8.")]

Network = Annotated[str | None, typer.Option(help=f"For data: {', '.join(NETWORKS)}.")]


def words(text: str | None) -> list[str] | None:
    """``a, b`` as ["a", "b"]."""
    return None if text is None else [word.strip() for word in text.split(",")]
