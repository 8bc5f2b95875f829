"""One example's inputs, made ready to be shown: a row of named numbers, an image, a text, a curve over time."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.data import Preparation
from pellucid.data.base.layout import GridLayout, Layout, SequenceLayout, TokenLayout
from pellucid.types import Tree

MOST_NUMBERS = 50_000
"""A larger image or course has places left out, evenly."""

MOST_COLUMNS = 200
"""Of a longer row the first so many numbers are told."""


def show_input(x: Tree, preparation: Preparation, layout: Layout) -> dict[str, Any]:
    """The inputs of one example, x of shape (1, ...), with a ``kind``:

    "row": ``columns`` and ``values``, as the network gets them. "image": ``height``, ``width``, ``channels``, and
    ``values`` from 0 to 255, row by row; of a recording its spectrogram, low tones at the bottom. "text": the ``text``.
    "series": ``columns`` and ``values``, a list for each step. "numbers": ``values`` by path, of anything else.
    """
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
        return {"kind": "series", "columns": list(preparation.features), "values": steps.tolist(), "steps": x.shape[1]}
    values = np.ravel(x[0])
    columns = list(preparation.features) if len(preparation.features) == len(values) else []
    return {"kind": "row", "columns": columns[:MOST_COLUMNS], "values": values[:MOST_COLUMNS].tolist()}


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
