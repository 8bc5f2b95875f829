"""The activations side by side: a table and a plot, made from what the classes say of themselves."""

from __future__ import annotations

import inspect
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

import pellucid.layers  # noqa: F401  # the activations must be in memory to be found
from pellucid.layers.activations.activation import Activation
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.value import subclasses

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def activation_classes(base: type[ActivationInfo] = ActivationInfo) -> list[type[ActivationInfo]]:
    """Every activation of pellucid under ``base``, by name."""
    found = (cls for cls in subclasses(base) if not inspect.isabstract(cls) and cls.__module__.startswith("pellucid."))
    return sorted(found, key=lambda cls: cls.__name__)


def activation_table() -> str:
    """All activations as a Markdown table: formula, derivative, range, where they saturate, whether they die."""
    head = "| activation | formula | derivative | range | saturates | dies |\n|---|---|---|---|---|---|\n"
    rows = (
        [
            cls.__name__,
            _math(cls.formula),
            _math(cls.derivative_formula),
            _range(cls),
            _text(cls.saturates),
            _text(cls.can_die),
        ]
        for cls in activation_classes()
    )
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def plot_activations() -> Figure:
    """Every elementwise activation and its derivative on -4 to 4, a panel each."""
    import matplotlib.pyplot as plt

    classes = activation_classes(Activation)
    columns = 4
    rows = math.ceil(len(classes) / columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(2.6 * columns, 2.2 * rows), sharex=True, sharey=True, layout="constrained"
    )
    x = np.linspace(-4, 4, 801)
    for panel, cls in zip(axes.flat, classes, strict=False):
        activation = cls()
        assert isinstance(activation, Activation)
        y = activation.function(x)
        panel.axhline(0, color="0.8", linewidth=0.8)
        panel.plot(x, y, color="#0072b2", label="value")
        panel.plot(x, activation.derivative(x, y), color="#d55e00", linestyle="--", label="derivative")
        panel.set(title=cls.__name__, ylim=(-2.2, 4.2))
    for panel in list(axes.flat)[len(classes) :]:
        panel.set_axis_off()
    figure.legend(*axes.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


def _math(formula: str) -> str:
    """A formula for a Markdown table, in which a bar would end the cell."""
    return "$" + re.sub(r"\|(.*?)\|", r"\\lvert \1 \\rvert", formula) + "$"


def _text(words: str) -> str:
    return words.replace("|", "\\|")


def _range(cls: Any) -> str:
    example = cls(units=1) if "units" in inspect.signature(cls).parameters else cls()
    return " to ".join(_end(end) for end in example.output_range)


def _end(number: float) -> str:
    return f"{number:.4g}".replace("inf", "∞")
