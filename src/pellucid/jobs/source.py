"""Where data comes from: a known set, files or a folder, read as the settings say, anew or as a run had it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pellucid.data import (
    DATASETS,
    Dataset,
    Reading,
    StepChoice,
    dataset_from_clicks,
    dataset_from_images,
    dataset_from_series,
    dataset_from_sounds,
    dataset_from_table,
    dataset_from_texts,
    find_kind,
    find_text_column,
    ignored_in,
    load_dataset,
    read_table,
    read_text_table,
    series_of,
)
from pellucid.data.tables.embedded import AT_LEAST, BUCKETS
from pellucid.errors import ConfigError, DataError, RunError, UnknownNameError
from pellucid.jobs.settings import Settings, validate
from pellucid.runs import Run

ANY = {"test", "task"}
STEP = {"prepare", "components", "epsilon"}
TAKEN = {
    "known": {"task", *STEP},
    "table": ANY | {"target", "header", "missing", "categorical", "encoding", *STEP},
    "text": ANY
    | {"target", "header", "missing", "encoding", "text", "level", "features", "vocabulary", "length", "label_from"},
    "sound": ANY | {"features", "length", "label_from"},
    "images": ANY | {"size", "label_from"},
    "series": {"task", "target", "header", "missing", "encoding", "time", "window", "horizon"},
    "clicks": {"task", "target", "header", "missing", "encoding", "categorical", "embed", "at_least", "buckets", "log"},
}
"""Settings that each kind of data has a use for, of those that are about data."""

KINDS = {"known": "data sets with a name", "table": "tables"}
"""Kinds of data as messages call them, where not by their own names."""

TASKS = {
    "known": ("auto", "reconstruction"),
    "text": ("auto", "classification"),
    "sound": ("auto", "classification"),
    "images": ("auto", "classification", "reconstruction"),
    "series": ("auto",),
    "clicks": ("auto", "classification"),
}
HOW = {"series": "name its column of times by time, or ", "clicks": "choose a way to embed, or "}
"""What makes a table more than a table."""

FEATURES = {"text": ("sequence", "bag"), "sound": ("log-mel", "mfcc")}


def load_data(settings: Settings) -> Dataset:
    """The data that ``settings.data`` names, ready to train on."""
    if settings.data in DATASETS:
        _check_settings(settings, "known")
        dataset = load_dataset(settings.data, settings.seed, prepare=_step(settings))
    else:
        path = Path(settings.data)
        dataset = _from_path(settings, path)
        if path.is_dir():
            dataset = replace(dataset, notes=(*ignored_in(path), *dataset.notes))
    if settings.task == "reconstruction" and dataset.task != "reconstruction":
        return dataset.as_reconstruction()
    return dataset


def _step(settings: Settings) -> StepChoice:
    return StepChoice(settings.prepare, settings.components, settings.epsilon)


def _from_path(settings: Settings, path: Path) -> Dataset:
    if not path.suffix and not path.exists():
        raise UnknownNameError("data set (and no such file)", settings.data, DATASETS)
    kind, reading, column = find_kind(path), reading_of(settings), settings.text
    if kind == "table" and settings.time is not None:
        return _series(settings, path, reading)
    if kind == "table" and settings.embed is not None:
        return _clicks(settings, path, reading)
    if kind == "table" and column is None:
        table = read_text_table(path, reading, strict=False)
        column = find_text_column(table, settings.target or table.target)
        if column is None:
            _check_settings(settings, "table")
            test = None if settings.test is None else read_table(settings.test, **vars(reading))
            return dataset_from_table(
                table.with_target(settings.target or table.target),
                task=settings.task,
                seed=settings.seed,
                categorical=settings.categorical,
                test=test,
                prepare=_step(settings),
            )
    kind = "text" if kind == "table" else kind
    _check_settings(settings, kind)
    common: dict[str, Any] = {"label_from": settings.label_from, "test": settings.test, "seed": settings.seed}
    if kind == "images":
        return dataset_from_images(path, size=settings.height_and_width, **common)
    common |= {"length": settings.length, "features": settings.features or FEATURES[kind][0]}
    if kind == "sound":
        return dataset_from_sounds(path, **common)
    return dataset_from_texts(
        path,
        text=column,
        target=settings.target,
        level=settings.level,
        vocabulary=settings.vocabulary,
        reading=reading,
        **common,
    )


def _series(settings: Settings, path: Path, reading: Reading) -> Dataset:
    _check_settings(settings, "series")
    if settings.window is None or settings.horizon is None:
        raise ConfigError("a series needs window and horizon: how many steps to see, and how many to foretell")
    series = series_of(read_table(path, **vars(reading)), str(settings.time))
    targets = None
    if settings.target is not None:
        whole = settings.target in series.variables
        targets = [settings.target] if whole else [name.strip() for name in settings.target.split(",")]
    return dataset_from_series(series, window=settings.window, horizon=settings.horizon, targets=targets)


def _clicks(settings: Settings, path: Path, reading: Reading) -> Dataset:
    _check_settings(settings, "clicks")
    for name, way in (("at_least", "frequent"), ("buckets", "hash")):
        if getattr(settings, name) is not None and settings.embed != way:
            raise ConfigError(f"{name} is for embed {way!r}, not {settings.embed!r}: leave it out")
    return dataset_from_clicks(
        read_table(path, **vars(reading)).with_target(settings.target),
        embed=str(settings.embed),
        at_least=settings.at_least or AT_LEAST,
        buckets=settings.buckets or BUCKETS,
        log=settings.log,
        categorical=settings.categorical,
        seed=settings.seed,
    )


def _check_settings(settings: Settings, kind: str) -> None:
    """Raise ConfigError for a setting that this kind of data has no use for."""
    usual = Settings()
    for name in sorted(set().union(*TAKEN.values())):
        if name not in TAKEN[kind] and getattr(settings, name) != getattr(usual, name):
            takers = " and ".join(KINDS.get(other, other) for other in TAKEN if name in TAKEN[other])
            what = "a data set that is known" if kind == "known" else f"data of the kind {kind!r}"
            hint = (HOW.get(takers, "") if kind == "table" else "") + "leave it out"
            raise ConfigError(f"{name} is for {takers}; {settings.data!r} is {what}: {hint}")
    for name, allowed in (("task", TASKS.get(kind)), ("features", FEATURES.get(kind))):
        value = getattr(settings, name)
        why = ", which an autoencoder is for" if settings.network == "autoencoder" else ""
        if allowed and value is not None and value not in allowed:
            raise ConfigError(f"{name} of {settings.data!r} is one of {', '.join(allowed)}, not {value!r}{why}")


def reading_of(settings: Settings) -> Reading:
    """How files are read."""
    return Reading.from_settings(settings.header, settings.missing, settings.encoding)


def data_of_run(settings: Settings, run: Path) -> Dataset:
    """The data that a run was trained on. Raises DataError where a file or folder is no longer there."""
    for name in (settings.data, settings.test):
        if name is not None and name not in DATASETS and not Path(name).exists():
            raise DataError(
                f"{run} was trained on {name}, which is not here: put it back, or call from the folder it was in"
            )
    return load_data(settings)


def settings_of(run: Path, options: dict[str, Any]) -> Settings:
    """The settings a run was made with, and over them the options given. Raises RunError, ConfigError."""
    stored = Run(run).settings
    if not stored:
        raise RunError(f"{run} was not made by 'pellucid train': load it from Python with load_run")
    given = {name: value for name, value in options.items() if value is not None}
    return validate({**stored, **given}, str(run))
