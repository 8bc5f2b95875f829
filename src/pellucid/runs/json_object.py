"""The JSON object that a line or a file of a run is, if it is one that can be shown."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 300
"""Lists and objects stand in each other at most so deep, or what walks them would come to the end of Python's stack."""


def parse_json(text: bytes) -> Any:
    """What ``text`` says. Raises ValueError for what is no JSON, and for what is nested too deeply."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if text.count(b"[") + text.count(b"{") > DEEPEST and _is_deep(found):
        raise ValueError("it is nested too deeply")
    return found


def parse_object(text: bytes) -> dict[str, Any] | None:
    """The object that ``text`` is; None for what is none, and for one that is nested too deeply."""
    try:
        found = parse_json(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def as_object(value: Any) -> dict[str, Any]:
    """The value where it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [part for parts in inner for part in parts if isinstance(part, (dict, list))]
    return bool(level)
