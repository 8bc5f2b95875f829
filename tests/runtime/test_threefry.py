"""Threefry: published answers, and the same words whatever the blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.runtime import threefry

WORDS = st.integers(0, 2**32 - 1)


def test_known_answer_of_the_cipher():
    # Random123's known answers for threefry2x32, 20 rounds: all zeros, and all ones.
    zero = np.zeros(1, np.uint32)
    assert [hex(int(w[0])) for w in threefry.rounds(np.zeros(2, np.uint32), zero, zero)] == ["0x6b200159", "0x99ba4efe"]
    full = np.full(1, 0xFFFFFFFF, np.uint32)
    key = np.full(2, 0xFFFFFFFF, np.uint32)
    assert [hex(int(w[0])) for w in threefry.rounds(key, full, full)] == ["0x1cb996fc", "0xbb002be7"]


@given(WORDS, WORDS, WORDS)
def test_one_counter_in_numbers_of_python_is_one_in_arrays(first, second, number):
    key = np.array([first, second], np.uint32)
    high, low = threefry.rounds(key, np.zeros(1, np.uint32), np.array([number], np.uint32))
    np.testing.assert_array_equal(threefry.fold_in(key, number), [high[0], low[0]])


@pytest.mark.parametrize("block", [1, 3, 7, 100])
def test_blocks_change_nothing(monkeypatch, block):
    key = np.array([3, 4], np.uint32)
    whole = threefry.bits(key, 20)
    monkeypatch.setattr(threefry, "BLOCK", block)
    np.testing.assert_array_equal(threefry.bits(key, 20), whole)
    assert threefry.bits(key, 0).shape == (0,)
