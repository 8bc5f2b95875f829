"""The scaling of data larger than memory, found in one pass."""

from __future__ import annotations

import numpy as np

from pellucid.data.preparation.running_moments import Moments
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.streaming.base import OnDisk
from pellucid.errors import DataError


def fit_scaling(data: OnDisk) -> Scaling:
    """The mean and standard deviation of each column of x, (B, D), found in one pass over the data, a block at a time.

    ``data.transform_inputs(scaling.apply)`` is the data so scaled, with the mean in the place of a missing value (NaN);
    the same goes for other data, to be measured or predicted.
    Raises DataError for x of another shape and for an infinite number.
    """
    moments, one = Moments(), data.read(0, 1)[0]
    if np.ndim(one) != 2:
        raise DataError(f"{data.name}: fit_scaling takes x of shape (B, D), not {np.shape(one)}")
    rows = max(1, data.block_bytes // max(one.nbytes, 1))
    for start in range(0, data.examples, rows):
        x = data.read(start, min(start + rows, data.examples))[0]
        if (infinite := np.argwhere(np.isinf(x))).size:
            row, column = infinite[0]
            raise DataError(f"{data.name}, row {start + row}: x[{column}] is infinite: remove or replace it")
        moments.add(x)
    names = data.columns or tuple(map(str, range(one.shape[1])))
    mean, scale = moments.mean, np.where(moments.deviation > 0, moments.deviation, 1.0)
    return Scaling(names, *(tuple(map(float, row)) for row in (mean, mean, scale)))
