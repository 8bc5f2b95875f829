"""Arrays begin where XLA takes them as they are, and hold what they held."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.runtime import memory


@pytest.mark.parametrize("shape", [(), (0, 3), (7,), (1000, 33)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, bool])
def test_an_empty_array_is_aligned(shape, dtype):
    array = memory.empty(shape, dtype)
    assert (array.shape, array.dtype) == (shape, np.dtype(dtype))
    assert array.ctypes.data % memory.ALIGNMENT == 0 or array.size == 0
    array[...] = 1
    assert (array == 1).all()


def test_only_what_is_large_and_begins_elsewhere_is_copied():
    inside = memory.empty((memory.WORTH_IT + 4,), np.uint8)[4:]
    inside[...] = np.arange(memory.WORTH_IT) % 251
    copy = memory.align_array(inside)
    assert copy.ctypes.data % memory.ALIGNMENT == 0
    np.testing.assert_array_equal(copy, inside)
    assert memory.align_array(copy) is copy
    assert memory.align_array(inside[:100]).base is inside.base
