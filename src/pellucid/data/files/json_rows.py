"""Tables in JSON: an object a line (JSON lines), or an array of objects."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from pellucid.data.files.encoding import find_encoding
from pellucid.data.files.rows import Columns
from pellucid.errors import DataError


def is_json(data: bytes) -> bool:
    """Whether bytes begin as a table in JSON does, and a line of separated cells hardly ever."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" or data.lstrip(b"\xef\xbb\xbf \t\r\n[")[:1] == b"{"


def read_json(data: bytes, name: str) -> Columns:
    """The columns of all objects, the line of each (in an array, its number), and notes. What one lacks is missing.

    An object in an object becomes columns of its own, ``outer.inner``.
    Raises DataError for what is not JSON, or not objects, naming the line.
    """
    import polars as pl

    codec, notes = find_encoding(data, name)
    text = data.decode(codec)
    numbered = _array(text, name) if text.lstrip()[:1] == "[" else _lines(text, name)
    if not numbered:
        raise DataError(f"{name} holds no rows")
    rows = []
    for place, row in numbered:
        if not isinstance(row, dict):
            raise DataError(f'{name}, {place}: {json.dumps(row)[:40]} is not an object such as {{"size": 3}}')
        rows.append(_flat(row))
    names = list(dict.fromkeys(key for row in rows for key in row))
    if not names:
        raise DataError(f"{name} holds objects without anything in them")
    frame = pl.DataFrame([pl.Series(key, [row.get(key) for row in rows], strict=False) for key in names])
    return Columns(frame, np.array([int(place.split()[-1]) for place, _ in numbered]), notes)


def _array(text: str, name: str) -> list[tuple[str, Any]]:
    try:
        return [(f"row {i}", row) for i, row in enumerate(json.loads(text, object_pairs_hook=_object), 1)]
    except ValueError as error:
        raise DataError(f"{name} is not JSON: {error}") from None


def _lines(text: str, name: str) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append((f"line {number}", json.loads(line, object_pairs_hook=_object)))
            except ValueError as error:
                what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
                raise DataError(f"{name}, line {number} is not a JSON object on a line of its own: {what}") from None
    return rows


def _flat(row: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Objects in the object as keys of it, joined by a point."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        inside = isinstance(value, dict) and value
        flat.update(_flat(value, f"{before}{key}.") if inside else {before + key: None if value == {} else value})
    return flat


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Raises ValueError for a key that it has twice, of which JSON would keep the last in silence."""
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} is there twice")
    return row
