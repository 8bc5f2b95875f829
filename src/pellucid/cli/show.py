"""``pellucid show``: the network as a table, and of a run what came out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pellucid.cli.shared_options import Json, Network
from pellucid.trees import join_path


def show(
    subject: Annotated[str, typer.Argument(metavar="RUN|CONFIG|DATA", help="A run folder, a TOML file, or data.")],
    network: Network = None,
    batch_size: Annotated[int, typer.Option(min=1, help="Examples at a time, for the memory column.")] = 32,
    as_json: Json = False,
) -> None:
    """Print a network as a table: each layer with its output shape, parameters, and memory for a batch.

    Of a run print its result as well.
    """
    from pellucid.cli.output import print_json, print_table, write
    from pellucid.cli.result import print_result
    from pellucid.jobs.network_source import find_subject
    from pellucid.report import layer_table

    found = find_subject(subject, network)
    layers = layer_table(found.model, found.params, found.state, found.like, batch_size)
    total = sum(layer["parameters"] for layer in layers)
    memory = sum(layer["memory"] for layer in layers)
    summary: dict[str, Any] = {"parameters": total, "memory": memory, "batch_size": batch_size}
    if as_json:
        result = {"result": found.result} if found.result else {}
        print_json({"network": found.name, "loss": repr(found.loss), "layers": layers, **summary, **result})
        return
    rows = [(r["path"], r["layer"], _shape(r["output"]), r["parameters"], _bytes(r["memory"])) for r in layers]
    print_table(("layer", "what", "output", "parameters", "memory"), rows)
    write(f"\n{total:,} parameters, {_bytes(memory)} for a batch of {batch_size} (weights, their gradients, outputs)")
    write(f"loss: {found.loss!r}")
    if found.result:
        write("")
        print_result(found.result)


def _shape(shape: Any, name: str = "") -> str:
    """``(B, 8)``; of several outputs each with its name."""
    if isinstance(shape, dict):
        return ", ".join(_shape(part, join_path(name, inner)) for inner, part in shape.items())
    return f"{name} ({', '.join(['B', *map(str, shape)])})".lstrip()


def _bytes(count: int) -> str:
    """1,536 bytes as "1.5 kB"."""
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
