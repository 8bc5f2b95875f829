"""The curve of a learning-rate range test: in text, as a picture, as plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pellucid.diagnosis.rate import RateTest

HEIGHT = 12


def rate_text(found: RateTest, width: int = 80) -> str:
    """Loss over rate, the suggested one marked by a line, and what it says."""
    columns = max(min(width, 80) - 12, 20)
    lines = _plot(found, columns) if len(found.rates) > 1 else []
    lines.append(
        found.said if found.suggested is None else f"suggested learning rate: {found.suggested:g} ({found.said})"
    )
    return "\n".join(lines)


def _plot(found: RateTest, columns: int) -> list[str]:
    shown = np.minimum(found.smooth, 1.5 * np.median(found.smooth[:10]))  # a loss that explodes hides the rest
    low, high = float(shown.min()), float(shown.max())
    at = np.linspace(0, len(shown) - 1, columns).astype(int)
    rows = np.round((HEIGHT - 1) * (shown[at] - low) / max(high - low, 1e-12)).astype(int)
    grid = [[" "] * columns for _ in range(HEIGHT)]
    if found.suggested is not None:
        place = int(np.argmin(np.abs(np.log(found.rates[at]) - np.log(found.suggested))))
        for line in grid:
            line[place] = "|"
    for column, row in enumerate(rows):
        grid[HEIGHT - 1 - row][column] = "*"
    labels = {0: f"{high:.4g}", HEIGHT - 1: f"{low:.4g}"}
    drawn = [f"{labels.get(i, ''):>9} {''.join(line).rstrip()}".rstrip() for i, line in enumerate(grid)]
    first, last = f"{found.rates[0]:.0e}", f"{found.rates[-1]:.0e}"
    return [*drawn, f"{'rate':>9} {first}{last:>{columns - len(first)}}", ""]


def draw_rates(found: RateTest, path: Path) -> None:
    """A picture of the curve. The ending of the path says the format."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
    axes.plot(found.rates, found.losses, ".", markersize=3, color="0.7", label="each step")
    axes.plot(found.rates, found.smooth, label="smoothed")
    if found.suggested is not None:
        axes.axvline(found.suggested, color="C1", linestyle="--", label=f"suggested: {found.suggested:g}")
        start = float(np.median(found.smooth[:10]))
        axes.set_ylim(min(0.0, float(found.smooth.min())), max(2 * start, float(found.smooth.min()) + 1e-9))
    axes.set(xscale="log", xlabel="learning rate", ylabel="loss")
    axes.legend()
    figure.savefig(path)
    plt.close(figure)


def rate_dict(found: RateTest) -> dict[str, Any]:
    """The test for JSON."""
    return {
        "suggested": found.suggested,
        "largest": found.largest,
        "said": found.said,
        "rates": found.rates.tolist(),
        "losses": found.losses.tolist(),
        "smooth": found.smooth.tolist(),
    }
