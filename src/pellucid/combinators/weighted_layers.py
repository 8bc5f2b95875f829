"""A network of layers one after another as the layers with weights that it draws, each with what follows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pellucid.combinators.combinator import Combinator
from pellucid.layer import Layer
from pellucid.trees import items, join_path
from pellucid.types import Params


class WeightedLayer(NamedTuple):
    """A layer with weights at ``path``, and the layers without that follow it up to the next one with weights.

    ``output`` is the path of the last of them, whose output is that of the units; ``followers`` are all of them.
    """

    path: str
    layer: Layer
    followers: tuple[tuple[str, Layer], ...]

    @property
    def output(self) -> str:
        """The path of the layer that puts out what the next layer with weights gets."""
        return self.followers[-1][0] if self.followers else self.path


def leaf_layers(model: Layer, path: str = "") -> Iterator[tuple[str, Layer]]:
    """Every layer that is not made of layers, with its path, in order."""
    if isinstance(model, Combinator):
        for name, child in model.children().items():
            yield from leaf_layers(child, join_path(path, name))
    else:
        yield path, model


def weighted_layers(model: Layer, params: Params) -> tuple[WeightedLayer, ...]:
    """The layers that have weights in ``params``, from the inputs on. Those before the first are left out."""
    owners = {path.rpartition("/")[0] for path, _ in items(params)}
    found: list[WeightedLayer] = []
    for path, layer in leaf_layers(model):
        if path in owners:
            found.append(WeightedLayer(path, layer, ()))
        elif found:
            found[-1] = found[-1]._replace(followers=(*found[-1].followers, (path, layer)))
    return tuple(found)
