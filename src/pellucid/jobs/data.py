"""The data set that settings name, read by the kind of data that it is of; again for a run, or for the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pellucid.data import DATASETS, Dataset
from pellucid.data.base.kind import KindOfData
from pellucid.data.base.source import Source
from pellucid.data.kinds import find_kind, known_kinds
from pellucid.errors import ConfigError, DataError
from pellucid.jobs.settings import Settings, settings_model, takers_of


def load_data(settings: Settings) -> Dataset:
    """The data that ``settings.data`` names, ready to train on.

    Raises UnknownNameError for a name that is not known, DataError for data that cannot be read, ConfigError for
    settings that its kind has no use for.
    """
    about_data = [name for name, _ in takers_of(known_kinds())]
    usual = settings_model()()
    given = {name: value for name in about_data if (value := getattr(settings, name)) != getattr(usual, name)}
    source = Source(settings.data, given)
    kind = find_kind(source)
    _check_given(settings, kind, given)
    dataset = kind.load(source, _options(settings, kind), settings.task, settings.seed)
    if settings.task == "reconstruction" and dataset.task != "reconstruction":
        return dataset.as_reconstruction()
    return dataset


def data_of_run(settings: Settings, run: Path) -> Dataset:
    """The data that a run was trained on. Raises DataError where a file or folder is no longer there."""
    for name in (settings.data, getattr(settings, "test", None)):
        if name is not None and name not in DATASETS and not Source(name).is_there:
            raise DataError(
                f"{run} was trained on {name}, which is not here: put it back, or call from the folder it was in"
            )
    return load_data(settings)


def _check_given(settings: Settings, kind: KindOfData[Any], given: dict[str, Any]) -> None:
    """Raise ConfigError for a setting or a task that this kind of data has no use for."""
    takers = dict(takers_of(known_kinds()))
    for name in sorted(given.keys() - kind.options.model_fields.keys()):
        *others, last = takers[name]
        whose = f"{', '.join(taker.what for taker in others)} and {last.what}" if others else last.what
        hint = f"{last.how}, or leave it out" if not others and last.how and kind.name == "table" else "leave it out"
        raise ConfigError(f"{name} is for {whose}, and {settings.data!r} is among the {kind.what}: {hint}")
    if settings.task not in kind.tasks:
        why = ", which an autoencoder is for" if settings.network == "autoencoder" else ""
        raise ConfigError(f"task of {settings.data!r} is one of {', '.join(kind.tasks)}, not {settings.task!r}{why}")


def _options(settings: Settings, kind: KindOfData[Any]) -> Any:
    """The settings that the kind takes, held to its own model: kinds may take different values of one name."""
    try:
        return kind.options(**settings.options_of(kind))
    except ValidationError as invalid:
        error = invalid.errors()[0]
        name, wanted = error["loc"][0], error["msg"].removeprefix("Input should be ").replace(" or ", ", ")
        wanted = wanted.replace("'", "")
        raise ConfigError(f"{name} of {settings.data!r} is one of {wanted}, not {error['input']!r}") from None
