"""Histograms of a run over the course of its training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pellucid.errors import UnknownNameError
from pellucid.runs.json_object import as_object
from pellucid.validate import is_number

MOST_BINS = 256
"""A histogram with more bins is left out: it was not written by pellucid."""

MOST_TIMES = 500
"""Of more examinations so many are told, evenly chosen, the last among them."""


def histogram_names(records: Sequence[dict[str, Any]]) -> list[str]:
    """The arrays that have histograms, in the order in which they came."""
    return list(dict.fromkeys(name for record in records for name in _histograms(record)))


def histogram_of(records: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    """The histograms of one array: ``steps``, ``epochs``, ``least``, ``greatest``, ``not_finite``, and ``counts``, a
    list for each examination. Raises UnknownNameError.
    """
    held = ((record, _histograms(record).get(name)) for record in records)
    known = [(record, found) for record, found in held if found is not None and _is_histogram(found)]
    if not known:
        raise UnknownNameError("array with histograms", name, histogram_names(records), None if records else "none yet")
    apart = -(-len(known) // MOST_TIMES)
    chosen = known[::-1][::apart][::-1]
    return {
        "name": name,
        "steps": [record.get("step") for record, _ in chosen],
        "epochs": [record.get("epoch") for record, _ in chosen],
        **{key: [found.get(key, 0) for _, found in chosen] for key in ("least", "greatest", "not_finite", "counts")},
    }


def _histograms(record: dict[str, Any]) -> dict[str, Any]:
    return as_object(record.get("histograms"))


def _is_histogram(found: Any) -> bool:
    """Whether it is one that can be shown: its ends are numbers, its counts whole numbers, and not too many."""
    if not isinstance(found, dict):
        return False
    ends, counts = (found.get("least"), found.get("greatest")), found.get("counts")
    return (
        all(is_number(end) for end in ends)
        and isinstance(counts, list)
        and 0 < len(counts) <= MOST_BINS
        and all(type(count) is int and count >= 0 for count in counts)
    )
