"""Arrays to disk and back; foreign and damaged files are refused; a failed write leaves the old file."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import RunError
from pellucid.weights import fill_tree, load_arrays, load_metadata, save_arrays


def test_arrays_survive_the_disk_and_foreign_files_are_refused(tmp_path):
    tree = {"a": {"W": np.arange(6.0).reshape(2, 3), "none": {}}, "b": (np.float32(2.5) * np.ones(1, np.float32),)}
    path = tmp_path / "weights.safetensors"
    save_arrays(path, tree, {"note": '"hello"'})
    arrays = load_arrays(path)
    assert set(arrays) == {"a/W", "b/0"}
    again = fill_tree(tree, arrays, "file")
    assert (again["a"]["W"] == tree["a"]["W"]).all()
    assert again["b"][0].dtype == np.float32
    assert load_metadata(path, "note") == "hello"
    with pytest.raises(RunError, match="no readable 'other'"):
        load_metadata(path, "other")
    with pytest.raises(RunError, match="no array 'c'"):
        fill_tree({**tree, "c": np.ones(1)}, arrays, "file")
    with pytest.raises(RunError, match="too many"):
        fill_tree({"a": tree["a"]}, arrays, "file")
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(RunError, match="not a readable safetensors"):
        load_arrays(path)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    import os

    path = tmp_path / "weights.safetensors"
    save_arrays(path, {"W": np.ones(3)})
    before = path.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_arrays(path, {"W": np.zeros(3)})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
