"""Names in natural order: w2 before w10."""

from __future__ import annotations

import re


def natural_key(name: str) -> list[str | int]:
    """A key to sort names by: ``w2`` comes before ``w10``."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]
