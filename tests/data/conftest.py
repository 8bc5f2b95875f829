from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def real() -> Callable[..., Path]:
    """Where a file of a real data set lies; skips where there is none."""

    def find(*parts: str) -> Path:
        folder = os.environ.get("PELLUCID_DATA")
        if not folder:
            pytest.skip("PELLUCID_DATA is not set: no real data here")
        path = Path(folder, *parts)
        if not path.is_file():
            pytest.skip(f"{path} is not there")
        return path

    return find


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write text or bytes into a file of that name; gives its path."""

    def write(content: str | bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
