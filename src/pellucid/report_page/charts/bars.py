"""Bars in the cells of a table, so that the numbers and their picture are one."""

from __future__ import annotations

import math

from pellucid.report_page.html import Html, element


def bar(share: float, error: float = 0.0, *, negative: bool = False) -> Html:
    """A bar as long as ``share`` of the cell, 0 to 1, with a whisker that reaches ``error`` to both sides."""
    share = min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0
    parts = [element("i", class_="minus" if negative else None, style=f"width:{100 * share:.1f}%")]
    if math.isfinite(error) and error > 0:
        low, high = max(0.0, share - error), min(1.0, share + error)
        parts.append(element("s", style=f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"))
    return element("div", parts, class_="bar", aria_hidden="true")


def small_histogram(counts: list[int]) -> Html:
    """The counts of a histogram as a small picture."""
    greatest = max(counts, default=0) or 1
    width = 100 / max(1, len(counts))
    parts = [
        element("rect", x=f"{k * width:.2f}", y=f"{40 * (1 - n / greatest):.2f}", width=f"{0.9 * width:.2f}",
                height=f"{40 * n / greatest:.2f}")
        for k, n in enumerate(counts)
        if n
    ]  # fmt: skip
    return element(
        "svg", parts, viewBox="0 0 100 40", preserveAspectRatio="none", class_="histogram", aria_hidden="true"
    )
