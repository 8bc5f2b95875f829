"""What every kind of data has in common: how files become the x of a network, now and in later predictions."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple, Self, cast

import numpy as np

from pellucid.data.base.layout import Layout
from pellucid.data.base.targets import Target
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import from_json
from pellucid.errors import DataError
from pellucid.types import Tree


@dataclass(frozen=True)
class Reading:
    """How files are read; each kind of data uses what concerns it.

    ``header`` and ``missing`` as ``read_table`` takes them; ``encoding`` of text, UTF-8 where it is None.
    """

    header: bool | Literal["auto"] = "auto"
    missing: tuple[str, ...] = ()
    encoding: str | None = None

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """As the settings of a training say it, where they do: ``header`` is "auto", "yes" or "no"."""
        headers: dict[str, bool | Literal["auto"]] = {"auto": "auto", "yes": True, "no": False}
        header, missing = settings.get("header", "auto"), settings.get("missing", ())
        return cls(headers[header], tuple(missing), settings.get("encoding"))


class Inputs(NamedTuple):
    """x as a network takes it; ``places`` names each example where it has a name, such as its file; notes.

    ``column`` says what places are. Of a series they are the times of the forecast. ``beside`` has further columns that
    name the rows of the answer, such as whose series each is of. ``scalings`` are those of each example, where these
    differ.
    """

    x: Tree
    places: tuple[str, ...] | None
    notes: tuple[str, ...]
    column: str = "input"
    beside: Mapping[str, tuple[str, ...]] = {}
    scalings: tuple[Scaling, ...] = ()


class Preparation(ABC):
    """How one kind of data becomes x and y. Subclasses are frozen dataclasses of plain values, stored as JSON.

    They are fitted on training rows only. ``kind`` is the tag they are stored under; ``target`` what is learnt;
    ``notes`` what was decided in fitting.
    """

    kind: ClassVar[str]
    target: Target
    notes: tuple[str, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the numbers of an example, where they have any."""
        return ()

    @property
    def columns_in_x(self) -> dict[str, list[tuple[str, int]]]:
        """Where each column of the raw data stands in x: the name of the array ("" where x is one) and the index on its
        last axis. Empty where raw data has no columns.
        """
        return {}

    @property
    def scaled_columns(self) -> Scaling | None:
        """How the columns of numbers were scaled that are still columns of x; None where none is."""
        return None

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each output of a network stands for: a class, the amount, or a number of x."""
        if self.target.task == "reconstruction":
            return self.features
        return self.target.outputs

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of what a network gives for one example."""
        return (len(self.outputs),)

    @property
    @abstractmethod
    def layout(self) -> Layout:
        """What an example looks like."""

    @abstractmethod
    def read(self, path: Path, reading: Reading) -> Inputs:
        """The x of new files, which need no target. Raises DataError for what cannot be read or does not fit."""

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        """The x of data that is in memory: what ``read`` gives for a file that holds the same.

        Raises DataError, saying what is wanted, for what this kind of data is not held in.
        """
        raise self.refusal(data)

    @property
    def wanted(self) -> str:
        """What ``read`` and ``prepare`` take, for messages: "texts: give ..."."""
        return f"data of the kind {self.kind!r}: give the path of a file or folder"

    def refusal(self, data: Any) -> DataError:
        """The error for data in memory that cannot be taken."""
        shape = f" of shape {data.shape}" if isinstance(data, np.ndarray) else ""
        return DataError(f"this takes {self.wanted}; {type(data).__name__}{shape} is not such")

    def plain(self, x: Tree) -> Tree:
        """x as a linear model takes it, (B, D)."""
        return x.reshape(len(x), -1)

    def with_target(self, target: Target) -> Self:
        """The same but for the target. Raises DataError for reconstruction where inputs cannot be reconstructed."""
        if target.task == "reconstruction" and not self.features:
            raise DataError(f"reconstruction is for tables and images, not for {self.kind}: leave it out")
        return cast(Self, replace(cast(Any, self), target=target))

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, texts and numbers, for JSON; ``from_dict`` reads them back, equal to the last bit."""
        return {"kind": self.kind, **json.loads(json.dumps(asdict(cast(Any, self))))}

    def arrays(self) -> dict[str, np.ndarray]:
        """What is too large for JSON, by name."""
        return {}

    @classmethod
    def from_dict(cls, values: Any, arrays: Mapping[str, np.ndarray] | None = None) -> Self:
        """The preparation that ``to_dict`` and ``arrays`` gave. Raises DataError for anything else."""
        if isinstance(values, dict):
            values = {name: value for name, value in values.items() if name != "kind"}
        return from_json(cls, values, "a stored preprocessing")
