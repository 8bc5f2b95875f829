"""A configuration for ``pellucid train``, and the data beside it."""

from __future__ import annotations

from typing import Any

from pellucid import spec
from pellucid.combinators import Chain
from pellucid.jobs.config_file import config_text
from pellucid.layer import Layer
from pellucid.playground.export.file import Exported, File
from pellucid.playground.export.tables import feature_tables, header, label_name
from pellucid.playground.network import model_of
from pellucid.playground.objective import Objective, objective_of

PREPARE = {"none": "raw"}


def settings_files(exported: Exported) -> list[File]:
    """The configuration, ``network.toml``, and its tables; train with ``pellucid train --config network.toml``."""
    tables, state = feature_tables(exported), exported.network.state
    objective = _objective(exported)
    settings: dict[str, Any] = {
        "data": tables[0].name,
        "target": header(exported.features, label_name(exported.features))[-1],
        "task": "classification" if objective.classes else "regression",
        "prepare": PREPARE.get(state.preparation, state.preparation),
        "epochs": exported.epochs,
        "batch_size": state.batch_size,
        "patience": state.patience,
        "seed": state.seed,
        "loss": spec.encode(objective.loss),
        "optimizer": spec.encode(exported.network.recipe.optimizer),
    }
    if len(tables) > 1:
        settings["test"] = tables[1].name
    if state.penalty != "none" and state.penalty_rate:
        settings[state.penalty] = state.penalty_rate
    if state.clip_norm:
        settings["clip_norm"] = state.clip_norm
    model: Layer = model_of(state, objective)[0]
    settings["network"] = spec.encode(model if isinstance(model, Chain) else Chain(model))
    remarks = ("A network of the pellucid playground: pellucid train --config network.toml", *_remarks(exported))
    return [File("network.toml", config_text(settings, remarks)), *tables]


def _objective(exported: Exported) -> Objective:
    """That of the network; where classes were learnt as -1 and 1, by cross-entropy: tables have no such targets."""
    objective = exported.network.objective
    if not objective.bounded:
        return objective
    return objective_of(exported.network.state.model_copy(update={"loss": "cross_entropy"}), objective.classes)


def _remarks(exported: Exported) -> list[str]:
    state, found = exported.network.state, []
    if exported.network.objective.bounded:
        found.append("The playground compared tanh outputs with -1 and 1; here it is cross-entropy.")
    if state.preparation in ("decorrelate", "whiten"):
        found.append("Columns are normalised before they are turned; in the playground they are not.")
    if not exported.data.classes:
        found.append("Amounts are standardised, so that losses are in that unit.")
    return found
