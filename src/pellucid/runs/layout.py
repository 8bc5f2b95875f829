"""The files of a run folder. Each is replaced whole or grows by whole lines; nothing in them can run code."""

from __future__ import annotations

FORMAT = 1
"""The version of this layout, which the description states."""

DESCRIPTION = "run.json"
"""What was asked and what came out: command, settings, data, task, network, loss, optimizer, seed, results."""

WEIGHTS = "weights.safetensors"
"""The weights to use: the best ones, or the last."""

CHECKPOINT = "checkpoint.safetensors"
"""All that going on needs: the last weights and the best, what the optimizer remembers, the epoch."""

METRICS = "metrics.jsonl"
"""A line an epoch."""

STEPS = "steps.csv"
"""A line a step."""

LAYERS = "layers.csv"
"""A line for every watched step, where layers are watched."""

PREPARATION = "preprocessing.json"
"""How raw data becomes inputs, and outputs become answers, where that is known."""

MATRICES = "preprocessing.safetensors"
"""The matrices of the preparation, where columns were decorrelated or whitened."""

HISTOGRAMS = "histograms.jsonl"
"""A line for every examination of the network: histograms of its arrays, and numbers of its layers."""

EVENTS = "events.jsonl"
"""A line for everything that happened: beginnings, best epochs, changes of the learning rate, notes, the end."""

CONTROL = "control.jsonl"
"""A line for every request to the training: stop, pause, another learning rate. Anyone may append one."""

REPORT = "report.html"
"""What came out, to read and to print."""

FILES = (
    DESCRIPTION,
    WEIGHTS,
    CHECKPOINT,
    METRICS,
    STEPS,
    LAYERS,
    PREPARATION,
    MATRICES,
    HISTOGRAMS,
    EVENTS,
    CONTROL,
    REPORT,
)
"""All of them."""
