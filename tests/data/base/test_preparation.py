from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from pellucid.data.base.layout import RowLayout
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.targets import ClassTarget, InputsTarget, NumberTarget, Target
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError


@dataclass(frozen=True)
class Halved(Preparation):
    """x / 2 of lines of numbers."""

    columns: tuple[str, ...]
    target: ClassTarget | NumberTarget | InputsTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "lines"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    @property
    def features(self) -> tuple[str, ...]:
        return self.columns

    @property
    def layout(self) -> RowLayout:
        return RowLayout(len(self.columns))

    def read(self, path: Path, reading: Reading) -> Inputs:
        return Inputs(np.loadtxt(path, ndmin=2) / 2, None, ())


CLASSES: Target = ClassTarget("y", ("a", "b", "c"))


def test_outputs_are_classes_or_the_amount_or_the_inputs():
    assert Halved(("p", "q"), CLASSES).outputs == ("a", "b", "c")
    assert Halved(("p", "q"), CLASSES).output_shape == (3,)
    assert Halved(("p", "q"), NumberTarget("y", 0.0, 1.0)).outputs == ("y",)
    assert Halved(("p", "q"), InputsTarget(None)).outputs == ("p", "q")


def test_what_a_kind_need_not_say():
    preparation = Halved(("p",), CLASSES)
    assert preparation.arrays() == {}
    assert preparation.plain(np.zeros((5, 2, 3))).shape == (5, 6)


def test_another_target():
    preparation = Halved(("p",), CLASSES)
    assert preparation.with_target(InputsTarget("y")) == Halved(("p",), InputsTarget("y"))
    with pytest.raises(DataError, match="reconstruction is for tables and images, not for lines"):
        Halved((), CLASSES).with_target(InputsTarget("y"))


@pytest.mark.parametrize("target", [CLASSES, NumberTarget("y", 0.1 + 0.2, 1 / 3), InputsTarget(None)])
def test_stored_as_json_and_read_back_to_the_last_bit(target):
    preparation = Halved(("p", "q"), target, ("a note",))
    stored = preparation.to_dict()
    assert stored["kind"] == "lines"
    assert Halved.from_dict(json.loads(json.dumps(stored))) == preparation


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": "p"}, "columns"),
        ({"more": 1}, "more"),
        ({"target": {"name": "y", "task": "clustering"}}, "target"),
        ({"target": {"name": "y", "classes": ["a"], "task": "classification"}}, "at least two classes"),
        ({"target": {"name": "y", "mean": float("nan"), "scale": 1.0, "task": "regression"}}, "this is not a stored"),
    ],
)
def test_what_was_not_stored_by_us_is_refused(change, said):
    with pytest.raises(DataError, match=said):
        Halved.from_dict(Halved(("p",), CLASSES).to_dict() | change)
    with pytest.raises(DataError, match="this is not a stored preprocessing"):
        Halved.from_dict([1])
