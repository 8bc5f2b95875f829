"""One example's inputs as something to look at: a row of named numbers, a picture, a text, a course over time."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.data import Preparation
from pellucid.data.base.layout import GridLayout, Layout, SequenceLayout, TokenLayout
from pellucid.types import Tree

MOST_NUMBERS = 50_000
"""A larger picture or course has places left out, evenly."""

MOST_COLUMNS = 200
"""Of a longer row the first so many numbers are told."""


def show_input(x: Tree, preparation: Preparation, layout: Layout) -> dict[str, Any]:
    """The inputs of one example, x of shape (1, ...), with a ``kind``:

    "row": ``columns`` and ``values``, as the network gets them. "image": ``height``, ``width``, ``channels``, and
    ``pixels`` from 0 to 255, row by row. "text": the ``terms``. "sound" and "series": ``columns`` and ``values``, a
    list for each step. "numbers": ``values`` by path, of anything else.
    """
    if isinstance(x, dict):
        return {"kind": "numbers", "values": {n: np.ravel(part)[:MOST_COLUMNS].tolist() for n, part in x.items()}}
    if isinstance(layout, GridLayout) and x[0].size == int(np.prod(layout.shape)):
        return _image(x[0], preparation, layout)
    if isinstance(layout, TokenLayout):
        return {"kind": "text", "terms": _terms(x[0], preparation)}
    if isinstance(layout, SequenceLayout) and x.ndim == 3:
        kind = "sound" if preparation.kind == "sound" else "series"
        steps = x[0][:: -(-x[0].size // MOST_NUMBERS)]
        return {"kind": kind, "columns": list(preparation.features), "values": steps.tolist(), "steps": x.shape[1]}
    values = np.ravel(x[0])
    columns = list(preparation.features) if len(preparation.features) == len(values) else []
    return {"kind": "row", "columns": columns[:MOST_COLUMNS], "values": values[:MOST_COLUMNS].tolist()}


def _image(x: np.ndarray, preparation: Preparation, layout: GridLayout) -> dict[str, Any]:
    """Pixels as they were where the preparation says how they were scaled, else from the least to the greatest."""
    picture = np.asarray(x, np.float64).reshape(layout.height, layout.width, layout.channels)
    apart = 1
    while picture[::apart, ::apart].size > MOST_NUMBERS:
        apart += 1
    picture = picture[::apart, ::apart]
    mean, scale = getattr(preparation, "mean", None), getattr(preparation, "scale", None)
    if isinstance(mean, float) and isinstance(scale, float):
        picture = picture * scale + mean
    else:
        least = picture.min()
        picture = (picture - least) / (np.ptp(picture) or 1.0)
    pixels = np.clip(np.rint(np.nan_to_num(picture) * 255), 0, 255).astype(int)
    height, width, channels = picture.shape
    return {"kind": "image", "height": height, "width": width, "channels": channels, "pixels": pixels.ravel().tolist()}


def _terms(x: np.ndarray, preparation: Preparation) -> list[str]:
    """The words or characters; those unknown as "�", what fills up left out."""
    from pellucid.data.text.sequence import PADDING, UNKNOWN

    terms = getattr(preparation, "terms", ())
    first = UNKNOWN + 1
    numbers = [int(number) for number in x if int(number) != PADDING]
    return [terms[n - first] if first <= n < first + len(terms) else "�" for n in numbers][:MOST_NUMBERS]
