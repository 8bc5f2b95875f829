"""What ``show`` and ``check`` are about: a run folder, a TOML file, or data with the default network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.errors import ConfigError, DataError
from pellucid.jobs.data import data_of_run, load_data
from pellucid.jobs.gather import gather_settings, settings_of
from pellucid.jobs.network import make_loss, make_network
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer, Loss
from pellucid.layers import Embedding
from pellucid.runs import Run, load_run
from pellucid.runs.fingerprint import fingerprint
from pellucid.train.keys import weights_key
from pellucid.types import Params, State, Tree


@dataclass
class Subject:
    """A network with weights and its loss; ``like`` is shaped like its inputs, ``data`` reads its data set.

    ``settings`` are those of a training that has not begun, ``result`` is that of one that has ended. ``test_rows``
    is how many rows the test part has, where that is known before the data is read.
    """

    name: str
    model: Layer
    loss: Loss
    params: Params
    state: State
    like: Tree
    data: Callable[[], Dataset]
    settings: Settings | None = None
    result: dict[str, Any] | None = None
    test_rows: int | None = None


def data_as_trained(run: Run) -> Dataset:
    """The data of a run, as it was in training. Raises DataError where it is gone, or is no longer the same."""
    dataset = data_of_run(settings_of(run.path, {}), run.path)
    if run.fingerprint != fingerprint(dataset):
        raise DataError(f"{dataset.name} is not what {run.path} was trained on: put the file back as it was")
    return dataset


def takes_indices(model: Layer) -> bool:
    """Whether the first layer is an ``Embedding``."""
    while isinstance(model, Chain):
        model = model.layers[0]
    return isinstance(model, Embedding)


def find_subject(name: str, network: str | None = None) -> Subject:
    """The network that ``name`` stands for, or for data the one named ``network``. Raises the errors of either."""
    if not name.strip():
        raise ConfigError("'' names nothing: name a run folder, a TOML file, or data")
    path = Path(name)
    if path.is_dir():
        if network is not None:
            raise ConfigError(f"{name} has a network of its own: leave out --network")
        run = load_run(path)
        model, loss, params, state = run.trained.model, run.trained.loss, run.trained.params, run.trained.state
        rows, data = run.rows.get("test"), partial(data_as_trained, run)
        return Subject(name, model, loss, params, state, run.example, data, result=run.result, test_rows=rows)
    is_config = path.suffix == ".toml"
    settings = gather_settings(path if is_config else None, {"data": None if is_config else name, "network": network})
    dataset = load_data(settings)
    model, _ = make_network(settings, dataset)
    loss = make_loss(settings, dataset.task, model)
    like = dataset.train.take(np.arange(1)).x
    params, state = model.init(weights_key(settings.seed), like)
    return Subject(name, model, loss, params, state, like, lambda: dataset, settings)
