"""One example's inputs, made ready to be shown: a row of named cells, an image, a text, a curve over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pellucid.data import Dataset, Preparation
from pellucid.data.base.layout import GridLayout, SequenceLayout, TokenLayout
from pellucid.data.base.targets import SeriesTarget
from pellucid.report.columns import describe_row
from pellucid.types import Tree

MOST_NUMBERS = 50_000
"""A larger image or course has places left out, evenly."""

MOST_COLUMNS = 200
"""Of a longer row the first so many numbers are told."""


def show_input(dataset: Dataset, x: Tree) -> dict[str, Any]:
    """The inputs of one example, x of shape (1, ...), with a ``kind``:

    "row": ``columns`` and ``values``, cells in their own units where x tells them; of many numbers that are no columns
    of the data, such as counts of words, those that are not 0, the largest first. "image": ``height``, ``width``,
    ``channels``, and ``values`` from 0 to 255, row by row; of a recording its spectrogram, low tones at the bottom.
    "text": the ``text``. "series": ``columns`` and ``values``, a list for each step, as the network gets them.
    "numbers": ``values`` by path, of anything else.
    """
    preparation, layout = dataset.preprocessing, dataset.layout
    if not isinstance(layout, (GridLayout, TokenLayout, SequenceLayout)) and (cells := describe_row(dataset, x)):
        return _row(cells)
    if isinstance(x, dict):
        return {"kind": "numbers", "values": {n: np.ravel(part)[:MOST_COLUMNS].tolist() for n, part in x.items()}}
    if isinstance(layout, GridLayout) and x[0].size == int(np.prod(layout.shape)):
        image = np.asarray(x[0], np.float64).reshape(layout.height, layout.width, layout.channels)
        return _image(image, getattr(preparation, "mean", None), getattr(preparation, "scale", None))
    if isinstance(layout, TokenLayout):
        return {"kind": "text", "text": _text(x[0], preparation)}
    if isinstance(layout, SequenceLayout) and x.ndim == 3:
        if preparation.kind == "sound":
            return {**_image(np.asarray(x[0], np.float64).T[::-1, :, None]), "of": "sound"}
        steps = x[0][:: -(-x[0].size // MOST_NUMBERS)]
        names = _variables(preparation, x.shape[2])
        return {"kind": "series", "columns": names, "values": steps.tolist(), "steps": x.shape[1]}
    return _numbers(np.ravel(x[0]), dataset.features)


def show_forecast(dataset: Dataset, x: np.ndarray, target: np.ndarray, said: np.ndarray) -> dict[str, Any] | None:
    """What came before, what came, and what was said would come: ``past``, ``target`` and ``prediction`` of ``column``,
    the first variable of a series, in its own unit; None where nothing is forecast.

    Where each series is scaled by itself, the numbers are as the network has them.

    Args:
        dataset: with the preparation of the series.
        x: the inputs of one example, (1, T, V).
        target: what came, (horizon, variables).
        said: what the network said, of the same shape.
    """
    forecast = dataset.preprocessing.target
    if not isinstance(forecast, SeriesTarget):
        return None
    mean, scale = (0.0, 1.0) if forecast.each else (forecast.scaling.mean[0], forecast.scaling.scale[0])
    past = x[0, : getattr(dataset.preprocessing, "window", x.shape[1]), 0]
    lines = {"past": past, "target": target[:, 0], "prediction": said[:, 0]}
    shown = {name: (np.asarray(line, np.float64) * scale + mean).tolist() for name, line in lines.items()}
    return {"column": forecast.names[0], **shown}


def _variables(preparation: Preparation, count: int) -> list[str]:
    """The names of the variables of a series; numbers from 1 where they have none."""
    scaling = preparation.scaled_columns
    names = list(preparation.features) if scaling is None else list(scaling.names)
    return names if len(names) == count else [str(k + 1) for k in range(count)]


def _row(cells: Mapping[str, float | str]) -> dict[str, Any]:
    names = list(cells)[:MOST_COLUMNS]
    return {"kind": "row", "columns": names, "values": [cells[name] for name in names]}


def _numbers(values: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    """Numbers that are no columns of the data; where they have names, those that are not 0."""
    if len(names) != len(values):
        return {"kind": "row", "columns": [], "values": values[:MOST_COLUMNS].tolist()}
    largest = [int(k) for k in np.argsort(-np.abs(values), kind="stable")[:MOST_COLUMNS] if values[k]]
    return _row({names[k]: float(values[k]) for k in largest})


def _image(image: np.ndarray, mean: Any = None, scale: Any = None) -> dict[str, Any]:
    """An image (H, W, C), its pixels as they were before scaling where that is known, else from least to greatest."""
    apart = 1
    while image[::apart, ::apart].size > MOST_NUMBERS:
        apart += 1
    image = image[::apart, ::apart]
    if isinstance(mean, float) and isinstance(scale, float):
        image = image * scale + mean
    else:
        image = (image - image.min()) / (np.ptp(image) or 1.0)
    pixels = np.clip(np.rint(np.nan_to_num(image) * 255), 0, 255).astype(int)
    height, width, channels = image.shape
    return {"kind": "image", "height": height, "width": width, "channels": channels, "values": pixels.ravel().tolist()}


def _text(x: np.ndarray, preparation: Preparation) -> str:
    """The words or characters; those unknown as "\ufffd", what fills up left out."""
    from pellucid.data.text.sequence import PADDING, UNKNOWN

    terms, first = getattr(preparation, "terms", ()), UNKNOWN + 1
    numbers = [int(number) for number in x if int(number) != PADDING][:MOST_NUMBERS]
    between = "" if getattr(preparation, "level", "word") == "character" else " "
    return between.join(terms[n - first] if first <= n < first + len(terms) else "\ufffd" for n in numbers)
