"""Activations side by side: the table and the plot have them all."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt

from pellucid import activation_table, plot_activations
from pellucid.layers.activations.activation import Activation
from pellucid.report.activations import activation_classes

mpl.use("Agg")


def test_every_activation_is_in_the_plot():
    figure = plot_activations()
    titles = {axes.get_title() for axes in figure.axes}
    assert {"ReLU", "Sigmoid", "GELU", "Step"} <= titles
    assert {cls.__name__ for cls in activation_classes(Activation)} <= titles
    plt.close(figure)


def test_the_table_has_a_row_for_each_with_no_bar_inside_a_cell():
    head, line, *rows = activation_table().splitlines()
    assert [row.split(" | ")[0] for row in rows] == [f"| {cls.__name__}" for cls in activation_classes()]
    columns = head.count("|")
    assert {row.replace("\\|", "").count("|") for row in [line, *rows]} == {columns}


def test_ranges_are_said_in_numbers_or_without_end():
    ranges = {row.split(" | ")[0][2:]: row.split(" | ")[3] for row in activation_table().splitlines()[2:]}
    assert ranges["ReLU"] == "0 to ∞"
    assert ranges["Tanh"] == "-1 to 1"
    assert ranges["Identity"] == "-∞ to ∞"
