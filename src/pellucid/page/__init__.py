"""What every HTML page of pellucid shares, those made by Python and those of the browser: the design tokens."""

from __future__ import annotations

from importlib import resources

__all__ = ["tokens"]


def tokens() -> str:
    """The colours, sizes and spaces of every page as custom properties of CSS, to put before a page's own style."""
    return resources.files(__package__).joinpath("tokens.css").read_text(encoding="utf-8")
