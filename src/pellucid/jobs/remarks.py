"""What a reader should know of a result, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pellucid.data.base.splits import PARTS

LEVEL = 0.05
"""A difference is beyond chance where one as large comes about by chance less often than this."""

NAIVE = {
    "majority class": "the majority class",
    "mean": "predicting the mean",
    "repeat last": "repeating the last step",
}
"""Baselines that look at no input, or at the last one alone: a network that does no better has learnt nothing."""

MOST = 5
"""So many classes are named."""

Remark = Callable[[dict[str, Any]], Iterator[str]]


def remarks(result: dict[str, Any]) -> list[str]:
    """What a reader should know of the ``result`` of a training job, as ``TrainingJob.run`` makes it."""
    return [sentence for remark in REMARKS for sentence in remark(result)]


def no_whole_epoch(result: dict[str, Any]) -> Iterator[str]:
    """A training that ended before its first epoch did: its weights are those it began with."""
    if result.get("epochs") == 0:
        yield "no whole epoch was done, so the weights are those of the beginning: give it more time"


def dead_network(result: dict[str, Any]) -> Iterator[str]:
    """A layer whose output is the same for every example: what comes after it cannot depend on the input."""
    found = result.get("constant_layer")
    if found:
        what = "every unit of layer {} is silent" if found["silent"] else "layer {} answers alike"
        cure = "take a lower learning rate, a weaker penalty, or an activation that cannot die"
        yield f"{what.format(found['layer'])} for every example, so the network can tell none apart: {cure}"


def worse_than_the_mean(result: dict[str, Any]) -> Iterator[str]:
    """Parts on which R^2 is below 0; the test part unless the mean of the training part does still worse there."""
    for part in PARTS:
        r2 = result[part].get("r2")
        if r2 is not None and r2 < 0 and not (part == "test" and _gain(result, "mean") < 0):
            yield f"{part} R2 of {r2:.3g}: predicting the mean is better"


def no_better_than_naive(result: dict[str, Any]) -> Iterator[str]:
    """A network that is not better, beyond chance, than a model that has learnt nothing."""
    for name, what in NAIVE.items():
        model = result["baseline"].get(name, {"gain": -1.0, "p_value": 0.0})
        if model["gain"] >= 0 and result["test"].get("r2", 0.0) >= 0:
            yield f"no better than {what} ({_shown(model)}) on the test part"
        elif model["gain"] < 0 and model["p_value"] >= LEVEL:
            chance = f"but not beyond chance (p = {model['p_value']:.2g})"
            yield f"better than {what} ({_shown(model)}) on the test part, {chance}"


def better_baselines(result: dict[str, Any]) -> Iterator[str]:
    """Models that beat the network beyond chance, and which models learnt from fewer rows or had not converged."""
    for name, model in result["baseline"].items():
        if model.get("rows", 0) and model["rows"] < result["rows"]["train"]:
            yield f"{name} learnt from {model['rows']:,} of {result['rows']['train']:,} rows"
        if not model.get("converged", True):
            yield f"{name} had not converged"
        if name not in NAIVE and model["gain"] > 0 and model["p_value"] < LEVEL:
            yield (
                f"{name} is better on the test part, beyond chance (p = {model['p_value']:.2g}): "
                "use it, or another network"
            )


def classes_left_out(result: dict[str, Any]) -> Iterator[str]:
    """Classes and labels that the network never decides for, and those of which the test part says nothing."""
    details = result.get("details", {})
    for what, whats in (("class", "classes"), ("label", "labels")):
        all_figures = details.get(whats, [])
        never = [figures[what] for figures in all_figures if figures["support"] and not figures["decided"]]
        absent = [figures[what] for figures in all_figures if not figures["support"]]
        if never:
            yield f"{_name_all(never, what, whats)} never predicted on the test part"
        if absent:
            yield f"{_name_all(absent, what, whats)} not in the test part, which says nothing of how well they are told"


def _gain(result: dict[str, Any], name: str) -> float:
    """By how much a baseline is better; 0 where it was not measured."""
    return float(result["baseline"].get(name, {}).get("gain", 0.0))


def _shown(model: dict[str, Any]) -> str:
    """The first measure of a baseline: "95.0 %", "r2 -0.02"."""
    name, value = next(iter(model.items()))
    return f"{100 * value:.1f} %" if name == "accuracy" else f"{name} {value:.3g}"


def _name_all(names: list[str], what: str, whats: str) -> str:
    """ "class a is", "classes a, b and 3 more are"."""
    shown = ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
    return f"{what} {shown} is" if len(names) == 1 else f"{whats} {shown} are"


REMARKS: tuple[Remark, ...] = (
    no_whole_epoch,
    dead_network,
    worse_than_the_mean,
    no_better_than_naive,
    better_baselines,
    classes_left_out,
)
"""Each says what it has to say of a result, or nothing; a new one is a function here."""
