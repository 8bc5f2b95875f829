from __future__ import annotations

import polars as pl
import pytest


@pytest.fixture
def written(tmp_path):
    def write(times, **columns):
        path = tmp_path / "series.csv"
        pl.DataFrame({"t": times, **(columns or {"a": list(range(len(times)))})}).write_csv(path)
        return path

    return write
