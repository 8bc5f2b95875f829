"""What a watched step says of every layer: a few numbers by which one sees it saturate, die, or hardly learn."""

from __future__ import annotations

from pellucid import ops
from pellucid.masked import values_of
from pellucid.trees import items, leaves
from pellucid.types import Array, Params, Tree


def layer_statistics(taps: dict[str, dict[str, Tree]], before: Params, after: Params) -> dict[str, Array]:
    """Numbers by name, from the taps of one step (see ``record``) and the params before and after it.

    For the layer at ``path``: ``path/out_mean``, ``path/out_std`` and ``path/out_zero`` (the share of exact zeros: for
    a ReLU, of units that are silent), ``path/delta_rms`` (of dy, the gradient of the batch's loss by the output).
    For each of its weights: ``path/W/weight_rms``, ``path/W/gradient_rms`` (of the loss alone, before penalty and
    clipping) and ``path/W/update_rms``, of what the step changed. rms is the root of the mean square.
    """
    seen: dict[str, Array] = {}
    for path, tap in taps.items():
        for name, y in items({path: values_of(tap["y"])}):
            seen |= {f"{name}/out_mean": y.mean(), f"{name}/out_std": y.std(), f"{name}/out_zero": (y == 0).mean()}
        for name, dy in items({path: values_of(tap["dy"])}):
            seen[f"{name}/delta_rms"] = _rms(dy)
        for name, gradient in items({path: tap["dparams"]}):
            seen[f"{name}/gradient_rms"] = _rms(gradient)
    for (name, old), new in zip(items(before), leaves(after), strict=True):
        seen |= {f"{name}/weight_rms": _rms(old), f"{name}/update_rms": _rms(new - old)}
    return {name.lstrip("/"): value for name, value in seen.items()}


def _rms(x: Array) -> Array:
    return ops.namespace(x).sqrt((x * x).mean())
