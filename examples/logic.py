"""Neurons as logic, and decision regions by depth: a half-plane, a convex region, any shape.

Writes the pictures to the folder given (here, by default).
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from pellucid import convex_region, gate, half_plane, plot_regions, union

BITS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
PENTAGON = [(np.cos(a), np.sin(a)) for a in np.arange(5) * 2 * np.pi / 5 + np.pi / 10]
L_SHAPE = [
    [(-1.2, -1.2), (-0.4, -1.2), (-0.4, 1.2), (-1.2, 1.2)],
    [(-0.6, -1.2), (1.2, -1.2), (1.2, -0.4), (-0.6, -0.4)],
]
ISLAND = [(0.4, 0.3), (1.1, 0.3), (0.75, 1.0)]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("and", "or", "nand", "xor", "xnor"):
        answers = gate(name)(BITS)
        print(f"{name:>5}: " + "  ".join(f"{a}{b} -> {y:.5f}" for (a, b), y in zip(BITS, answers, strict=True)))
    print("  not: " + "  ".join(f"{a} -> {gate('not')([[a]])[0]:.5f}" for a in (0, 1)))

    figure, axes = plt.subplots(1, 4, figsize=(13, 3.4), layout="constrained")
    plot_regions(gate("xor"), (BITS, BITS.sum(axis=1) % 2), ax=axes[0]).set_title("XOR: two layers")
    box = (-1.5, 1.5, -1.5, 1.5)
    plot_regions(half_plane((-1, -1), (1, 0.5), 5.0), bounds=box, ax=axes[1]).set_title("one layer: a half-plane")
    plot_regions(convex_region(PENTAGON), bounds=box, ax=axes[2]).set_title("two: a convex region")
    shapes = union([*L_SHAPE, ISLAND])
    plot_regions(shapes, bounds=box, ax=axes[3]).set_title("three: any shape")
    figure.savefig(folder / "decision-regions.png", dpi=120)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
