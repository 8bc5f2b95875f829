from __future__ import annotations

import subprocess
import sys

import numpy as np

from pellucid.data import Split, load_dataset


def test_a_split_unpacks_and_counts():
    split = Split(np.ones((3, 2)), np.arange(3))
    x, y = split
    assert x is split.x
    assert y is split.y
    assert len(split) == 3
    assert split.take(np.array([2, 0])).y.tolist() == [2, 0]


def test_a_known_set_as_its_own_target():
    iris = load_dataset("iris")
    data = iris.as_reconstruction()
    np.testing.assert_array_equal(data.test.y, iris.test.x)
    assert (data.task, data.outputs, data.features) == ("reconstruction", 4, iris.features)
    assert data.notes[-1].endswith("'species' is not used")
    assert load_dataset("digits").as_reconstruction().image_shape == (8, 8)


def test_importing_is_light():
    code = "import sys, pellucid.data; print(*sorted(m for m in sys.modules if '.' not in m))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"polars", "sklearn", "scipy", "jax", "pandas", "pydantic", "pooch", "torch"} & set(modules)
