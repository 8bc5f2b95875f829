from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    DataError,
    MappedArrays,
    ParquetRows,
    fit_scaling,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3)).astype(np.float32)
Y = RNG.integers(0, 2, 100)


def test_scaling_by_parts_is_scaling_by_the_whole(arrays):
    x = np.column_stack([1e4 + X[:, 0], np.where(Y == 0, np.nan, X[:, 1]), np.full(100, 7.0)])
    data = MappedArrays(*arrays(x))
    data.block_bytes = 13 * x[0].nbytes  # 13 rows at a time, and 9 at last
    scaling = fit_scaling(data)
    assert scaling.mean == pytest.approx(np.nanmean(x, axis=0), rel=1e-12)
    assert scaling.scale[:2] == pytest.approx(np.nanstd(x, axis=0)[:2], rel=1e-9)
    assert scaling.scale[2] == 1.0
    z, _ = data.transform_inputs(scaling.apply).read_checked(0, 100)
    assert np.isfinite(z).all()
    assert (z[:, 2] == 0).all()
    assert (z[Y == 0, 1] == 0).all()


def test_scaling_names_what_it_cannot_use(arrays, parquet):
    assert fit_scaling(ParquetRows(parquet(), "label")).names == ("p", "q", "r")
    with pytest.raises(DataError, match=r"x.npy, row 41: x\[2\] is infinite"):
        fit_scaling(MappedArrays(*arrays(np.where(np.arange(300).reshape(100, 3) == 125, np.inf, X))))
    with pytest.raises(DataError, match=r"\(B, D\), not \(1, 3, 1\)"):
        fit_scaling(MappedArrays(*arrays(X[..., None])))
