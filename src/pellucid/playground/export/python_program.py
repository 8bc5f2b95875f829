"""A program with pellucid that trains the network on the data."""

from __future__ import annotations

import re
from typing import Any

from pellucid.playground.export.file import Exported, File, feature_lines

STEPS = {"centre": "Centre", "normalise": "Normalise", "decorrelate": "Decorrelate", "whiten": "Whiten"}


def python_program(exported: Exported) -> list[File]:
    """The program. Batches come in another order than in the playground, so that its numbers differ a little."""
    body = [
        *_data_lines(exported),
        *feature_lines(exported),
        *_preparation_lines(exported),
        f"y = {_targets(exported)}",
        "",
        f"model = {exported.network.model!r}",
        *_training_lines(exported),
    ]
    lines = ['"""A network of the pellucid playground, trained on its data."""', "", *_imports(body), "", *body]
    return [File("network.py", "\n".join(lines) + "\n")]


def _training_lines(exported: Exported) -> list[str]:
    recipe, state = exported.network.recipe, exported.network.state
    has_test = bool(exported.data.test.any())
    arguments = {
        "validation": "(x[test], y[test])" if has_test else None,
        "optimizer": repr(recipe.optimizer),
        "epochs": exported.epochs,
        "batch_size": state.batch_size,
        "seed": state.seed,
        "penalty": recipe.penalty and repr(recipe.penalty),
        "clip": recipe.clip and repr(recipe.clip),
        "early_stopping": f"EarlyStopping({state.patience})" if state.patience and has_test else None,
        "engine": '"numpy"',
    }
    said = [("training", "train"), *([("test", "validation")] if has_test else [])]
    losses = ", ".join(f"{part} loss {{last['{name}']['loss']:.4f}}" for part, name in said)
    return [
        "trained = fit(",
        "    model,",
        f"    {recipe.loss!r},",
        "    (x[train], y[train]),",
        *(f"    {name}={value}," for name, value in arguments.items() if value is not None),
        ")",
        "last = trained.history.epochs[-1]",
        f'print(f"{losses}")',
    ]


def _imports(body: list[str]) -> list[str]:
    used = set(re.findall(r"\b[A-Z]\w+(?=\(|\.fit)", "\n".join(body)))
    own = sorted(used & {"DataState"}) and ["from pellucid.playground.data.play_data import make_data"]
    states = ["from pellucid.playground.state import DataState"] if own else []
    names = ", ".join([*sorted(used - {"DataState"}), "fit"])
    return ["import numpy as np", "", f"from pellucid import {names}", *own, *states]


def _data_lines(exported: Exported) -> list[str]:
    """Lines that give x (N, D), labels, and the parts ``train`` and ``test``: drawn again, or as they were given."""
    state, data = exported.state.data, exported.data
    if state.name != "own":
        told = state.model_dump(exclude_defaults=True, exclude={"points", "columns", "axes"})
        fields = ", ".join(f"{name}={value!r}" for name, value in told.items())
        lines = [f"data = make_data(DataState({fields}))", "x, labels, test = data.x, data.y, data.test"]
    else:
        lines = [
            f"x = np.array({data.x.tolist()})",
            f"labels = np.array({data.y.tolist()})",
            f"test = np.array({data.test.tolist()})",
        ]
    return [*lines, "train = ~test"]


def _preparation_lines(exported: Exported) -> list[str]:
    step = STEPS.get(exported.network.state.preparation)
    return [f"x = {step}.fit(x[train]).apply(x)"] if step else []


def _targets(exported: Exported) -> str:
    objective: Any = exported.network.objective
    if not objective.classes:
        return "labels[:, None]"
    if objective.outputs == 1:
        return "2.0 * labels[:, None] - 1.0" if objective.bounded else "labels[:, None]"
    if objective.bounded:
        return f"2.0 * (labels[:, None] == np.arange({objective.classes})) - 1.0"
    return "labels.astype(int)"
