"""Threefry-2x32, the generator of JAX's random bits, for NumPy.

A key and a counter, of two 32-bit words each, go through twenty rounds of additions, rotations and exclusive ors, and
come out as two random words. Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.types import Key

PARITY = 0x1BD11BDA
"""Makes the third word of a key, together with the other two."""
ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
"""By how many bits to rotate in four rounds, and in the four after them."""
TURNS = tuple(tuple((np.array(r, np.uint32), np.array(32 - r, np.uint32)) for r in turns) for turns in ROTATIONS)
"""The same as the two shifts of a rotation: arrays, for NumPy would make one of every number, every time."""
BLOCK = 2**14
"""How many counters are taken through at once: few enough to stay near the core."""


def fold_in(key: Key, number: int) -> Key:
    """The two words of the counter (0, ``number``): in Python's numbers, quicker than arrays of one."""
    mask = 0xFFFFFFFF
    first, second = int(key[0]), int(key[1])
    words = (first, second, first ^ second ^ PARITY)
    a, b = first, (number + second) & mask
    for block in range(5):
        for turn in ROTATIONS[block % 2]:
            a += b
            b = (a ^ (b << turn | b >> (32 - turn))) & mask
        a += words[(block + 1) % 3]
        b = (b + words[(block + 2) % 3] + block + 1) & mask
    return np.array([a & mask, b], dtype=np.uint32)


def bits(key: Key, count: int) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """A random word for each counter from 0 to ``count - 1``: the exclusive or of its two."""
    words = np.empty(count, np.uint32)
    for start in range(0, count, BLOCK):
        counters = np.arange(start, min(start + BLOCK, count), dtype=np.uint64)
        high, low = rounds(key, (counters >> np.uint64(32)).astype(np.uint32), counters.astype(np.uint32))
        np.bitwise_xor(high, low, out=words[start : start + BLOCK])
    return words


def rounds(key: Key, high: Any, low: Any) -> tuple[Any, Any]:
    """The twenty rounds, for arrays of counters."""
    words = (key[0], key[1], key[0] ^ key[1] ^ np.uint32(PARITY))
    with np.errstate(over="ignore"):  # sums are meant to wrap around
        a, b = high + words[0], low + words[1]
        shifted = np.empty_like(b)
        for block in range(5):
            for left, right in TURNS[block % 2]:
                a += b
                np.left_shift(b, left, out=shifted)
                b >>= right
                b |= shifted
                b ^= a
            a += words[(block + 1) % 3]
            b += words[(block + 2) % 3] + np.uint32(block + 1)
    return a, b
