"""A kind of data is added by one value: training, prediction, tables and explanations then work on it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from pydantic import Field

from pellucid.cli.app import run
from pellucid.data import (
    KindOfData,
    Options,
    RowLayout,
    SequenceLayout,
    find_kind,
    forget_kind,
    known_kinds,
    register_kind,
)
from pellucid.data.base.collection import Collection, CollectionPreparation, collect_files
from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.source import Source
from pellucid.data.base.targets import ClassTarget
from pellucid.data.files.folders import FileKind
from pellucid.data.files.labels import label_by_folder
from pellucid.data.kinds import kind_of, restore_preparation
from pellucid.errors import ConfigError, DataError


def signals_in(path: Path, labelled: bool) -> Collection:
    return collect_files(path, FileKind("signals", (".npy",), np.load), label_by_folder if labelled else None)


@dataclass(frozen=True)
class Signals(CollectionPreparation):
    """x (B, T, 1): the samples divided by the largest of all training signals."""

    steps: int
    largest: float
    target: ClassTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "signal"

    @classmethod
    def fit(cls, training: Collection, target: ClassTarget, every: int) -> Signals:
        return cls(len(training.values[0][::every]), float(np.max(training.values)), target)

    @property
    def layout(self) -> SequenceLayout:
        return SequenceLayout(self.steps, 1)

    def collect(self, path: Path, reading: Any) -> Collection:
        return signals_in(path, labelled=False)

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        every = len(collection.values[0]) // self.steps
        x = np.stack([signal[::every] for signal in collection.values]) / self.largest
        return x[..., None].astype(np.float32), ()


class SignalOptions(Options):
    every: int = Field(default=1, ge=1, description="Keep one sample of so many.")


class SignalKind(KindOfData[SignalOptions]):
    """Folders of class folders of .npy files, a signal each."""

    name = "signal"
    what = "signals"
    options = SignalOptions
    network = "gru"
    endings = (".npy",)

    def load(self, source: Source, options: SignalOptions, task: str, seed: int):
        fit = partial(Signals.fit, every=options.every)
        return dataset_from_collection(signals_in(source.path, labelled=True), fit, seed=seed)

    def preparations(self):
        return (Signals,)


@pytest.fixture
def signals(tmp_path, monkeypatch):
    """A folder of slow and of quick waves, and the kind that reads it."""
    monkeypatch.chdir(tmp_path)
    for label, rate in (("slow", 1.0), ("quick", 3.0)):
        (tmp_path / "waves" / label).mkdir(parents=True)
        for i in range(12):
            np.save(tmp_path / "waves" / label / f"{i}.npy", 5 * np.sin(rate * np.arange(12) + i / 3))
    kind = SignalKind()
    register_kind(kind)
    yield kind
    forget_kind(kind)


def test_every_command_works_on_it(signals, capsys):
    assert (
        run(
            [
                "train",
                "waves",
                "--every",
                "2",
                "--epochs",
                "40",
                "--learning-rate",
                "0.01",
                "--out",
                "run",
                "--json",
                "-q",
            ]
        )
        == 0
    )
    result = json.loads(capsys.readouterr().out)
    assert result["train"]["accuracy"] > 0.9
    assert any("network: gru" in note and "sequences of 6 steps" in note for note in result["notes"])
    assert run(["predict", "run", "waves"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 24
    assert sum(row["prediction"] in row["input"] for row in rows) >= 20
    for command in ("show", "check", "explain"):
        assert run([command, "run", "--json"]) == 0
    assert run(["train", "--resume", "run", "--epochs", "41", "-q"]) == 0
    assert run(["train", "waves", "--network", "mlp", "--epochs", "1", "-q"]) == 0


def test_its_settings_are_options_with_help_and_bounds(signals, capsys):
    assert run(["train", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Keep one sample of so many." in shown
    assert "Signals" in shown  # the heading above settings that signals alone take
    assert run(["train", "waves", "--every", "0"]) == 2
    assert "every should be greater than or equal to 1, not 0" in capsys.readouterr().err
    assert run(["train", "iris", "--every", "2"]) == 2
    assert "every is for signals, and 'iris' is among the data sets with a name" in capsys.readouterr().err
    assert run(["train", "waves", "--size", "3"]) == 2
    assert "size is for images, and 'waves' is among the signals" in capsys.readouterr().err


def test_it_is_forgotten_again(capsys):
    assert "signal" not in {kind.name for kind in known_kinds()}
    assert run(["train", "iris", "--every", "2"]) == 2
    assert "--every" in capsys.readouterr().err


def test_what_cannot_be_registered():
    with pytest.raises(ConfigError, match="register_kind takes a KindOfData"):
        register_kind(SignalKind)
    with pytest.raises(ConfigError, match="there is a kind of data 'images' already"):
        register_kind(next(kind for kind in known_kinds() if kind.name == "images"))


def test_which_kind_a_name_is_of(tmp_path):
    def name(source, **given):
        return find_kind(Source(str(source), given)).name

    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n")
    assert name("iris") == "known"
    assert name(table) == "table"
    assert name(table, time="a") == "series"
    assert name(table, embed="hash") == "clicks"
    assert name(table, text="a") == "text"
    assert name(tmp_path / "x.npz") == "images"
    (tmp_path / "folder").mkdir()
    for file in ("a.wav", "b.wav", "c.png"):
        (tmp_path / "folder" / file).touch()
    assert name(tmp_path / "folder") == "sound"
    with pytest.raises(DataError, match="is a single file of the kind 'images'"):
        name(tmp_path / "folder" / "c.png")


def test_every_stored_preparation_finds_its_kind():
    tags = [preparation.kind for kind in known_kinds() for preparation in kind.preparations()]
    assert len(set(tags)) == len(tags)
    with pytest.raises(ConfigError, match="unknown kind of data 'nothing'"):
        restore_preparation({"kind": "nothing"})
    from pellucid import load_dataset

    assert kind_of(load_dataset("digits").preprocessing).name == "table"
    assert load_dataset("iris").layout == RowLayout(4)
