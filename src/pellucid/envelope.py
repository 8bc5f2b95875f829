"""Numbers as bytes: the length of a header, the header in JSON, and float32 column after column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pellucid.files import to_json

VERSION = 1
"""The version of the format, which every header states."""

AXES = ("step", "epoch")
"""Columns of whole numbers that may be larger than float32 holds: they are given from their first number on."""


def pack(header: Mapping[str, Any], columns: Sequence[np.ndarray] = ()) -> bytes:
    """An envelope: uint32, little-endian, the length of the header; the header; the payload, at a multiple of 4."""
    text = to_json({"version": VERSION, **header}).encode("utf-8", "backslashreplace")
    text += b" " * (-len(text) % 4)
    payload = [np.ascontiguousarray(column, "<f4").tobytes() for column in columns]
    return b"".join([len(text).to_bytes(4, "little"), text, *payload])


def pack_rows(header: Mapping[str, Any], columns: Mapping[str, np.ndarray]) -> bytes:
    """Rows of a table; a column of AXES is given as the difference from its ``origin``."""
    origin: dict[str, float] = {}
    arrays = []
    for name, column in columns.items():
        if name in AXES and len(column):
            origin[name] = float(column[0])
            column = column - column[0]
        with np.errstate(over="ignore"):  # what float32 cannot hold is infinite there
            arrays.append(column.astype("<f4"))
    rows = len(next(iter(columns.values()), ()))
    return pack({"type": "rows", **header, "columns": list(columns), "rows": rows, "origin": origin}, arrays)


def unpack(data: bytes) -> tuple[dict[str, Any], np.ndarray]:
    """Header and payload of an envelope: what tests and other programs read it with. Raises ValueError."""
    length = int.from_bytes(data[:4], "little")
    if len(data) < 4 + length or (len(data) - 4 - length) % 4:
        raise ValueError("an envelope that is cut off")
    return json.loads(data[4 : 4 + length]), np.frombuffer(data, "<f4", offset=4 + length)


def unpack_rows(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and columns, float64, of an envelope of rows, their origin added. Raises ValueError."""
    header, numbers = unpack(data)
    columns = numbers.reshape(len(header["columns"]), header["rows"]).astype(np.float64)
    return header, {n: c + header["origin"].get(n, 0) for n, c in zip(header["columns"], columns, strict=True)}
