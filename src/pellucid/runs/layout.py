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

HISTOGRAMS = "histograms.jsonl"
"""A line for every examination: histograms, and numbers that need a whole sample of examples."""

EVENTS = "events.jsonl"
"""A line for all else that happened: the best epoch, changes on the way, notes, the end."""

CONTROL = "control.jsonl"
"""A line for every request to a training that runs. The training reads it; all others of these files it writes."""

FINDINGS = "findings.jsonl"
"""A line for every symptom that was seen while training, and for its end: written by a ``Watcher``."""

PREPARATION = "preprocessing.json"
"""How raw data becomes inputs, and outputs become answers, where that is known."""

MATRICES = "preprocessing.safetensors"
"""The matrices of the preparation, where columns were decorrelated or whitened."""

REPORT = "report.html"
"""What came out, to read and to print."""

FILES = (
    DESCRIPTION,
    WEIGHTS,
    CHECKPOINT,
    METRICS,
    STEPS,
    LAYERS,
    HISTOGRAMS,
    EVENTS,
    CONTROL,
    FINDINGS,
    PREPARATION,
    MATRICES,
    REPORT,
)
"""All of them."""
