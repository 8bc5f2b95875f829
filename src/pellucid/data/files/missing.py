"""What stands in a file for a missing value."""

from __future__ import annotations

MISSING = ("", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-")
"""Cells that mean a missing value, in lower case."""
