"""Plots, tables and baselines: what a network does, what it is made of, what it must beat."""

from pellucid.report.activations import activation_table, plot_activations
from pellucid.report.baseline import baselines
from pellucid.report.layer_table import layer_table
from pellucid.report.preprocessing import plot_preprocessing
from pellucid.report.regions import plot_regions
from pellucid.report.series_baseline import forecast_errors, series_baselines

__all__ = [
    "activation_table",
    "baselines",
    "forecast_errors",
    "layer_table",
    "plot_activations",
    "plot_preprocessing",
    "plot_regions",
    "series_baselines",
]
