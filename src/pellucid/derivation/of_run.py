"""What a page shows of a run's network: its graph, and the derivation of any of its gradients."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pellucid import ops
from pellucid.derivation.graph import network_graph
from pellucid.derivation.run_example import example_of_subject, largest_weight
from pellucid.jobs.inspection import Inspection
from pellucid.jobs.network_source import Subject
from pellucid.runs.description import decode_network, read_description


def graph_of_run(path: Path) -> dict[str, Any]:
    """The graph of a run's network, from its description alone. Raises RunError for a damaged one."""
    model, _, example = decode_network(read_description(path), path)
    return network_graph(model, *model.init(ops.key(0), example), example)


def explain_page(inspection: Inspection, target: str | None, row: int) -> str:
    """The page that derives the gradient by ``target``, "dense_1/W[0, 1]", for a row of the test part.

    ``target`` None is the weight with the largest gradient. Raises UnknownNameError, ExplainError, DataError.
    """
    run = inspection.run
    trained = run.trained
    subject = Subject(
        str(run.path),
        trained.model,
        trained.loss,
        trained.params,
        trained.state,
        run.example,
        lambda: inspection.data,
        test_rows=run.rows.get("test"),
    )
    example = example_of_subject(subject, row).example
    example = replace(example, name=run.path.name, title=f"{run.path.name}, row {row} of the test part")
    wanted = target or largest_weight(example)
    return example.explain(wanted, automatic=False).html(example.digits, decimals=example.decimals)
