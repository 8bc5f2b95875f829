"""What goes through every layer of a network, recorded by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from pellucid.combinators.combinator import Combinator
from pellucid.layer import Layer
from pellucid.trees import join_path
from pellucid.types import Array, Cache, Key, Params, State, Tree


def record(
    model: Layer,
    params: Params,
    state: State,
    x: Tree,
    gradient: Callable[[Tree], Tree] | None = None,
    *,
    key: Key | None = None,
    train: bool = False,
) -> dict[str, dict[str, Tree]]:
    """For every layer that is not made of layers, by its path: what came in and what went out, in order.

    Each record has ``x`` and ``y``; and where ``gradient`` gives dy for the output of the whole network (such as
    ``lambda y: loss.gradient(y, target)``), also ``dy``, ``dx`` and ``dparams``. A network that is itself such a
    layer has the path "". Pure, on both engines, inside ``jit`` too.
    """
    watched = add_taps(model)
    y, cache, _ = watched.forward(params, state, x, key, train)
    dparams = None if gradient is None else watched.backward(params, cache, gradient(y))[0]
    return taps(model, cache, dparams)


def taps(model: Layer, cache: Cache, dparams: Params | None = None) -> dict[str, dict[str, Tree]]:
    """What ``record`` gives, from the cache and, where it went backward, the dparams of ``add_taps(model)``."""
    return dict(_collected(model, cache, dparams, ""))


class _Tap(Layer):
    """A layer that keeps what goes through it: x and y in its cache, and in the place of dparams a dict with dy, dx
    and dparams. So it is for recording, and not for training.
    """

    layer: Layer

    def __repr__(self) -> str:
        return repr(self.layer)

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        y, cache, state = self.layer.forward(params, state, x, key, train)
        return y, {"x": x, "y": y, "inside": cache}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams, dx = self.layer.backward(params, cache["inside"], dy)
        return {"dy": dy, "dx": dx, "dparams": dparams}, dx


def add_taps(model: Layer) -> Layer:
    """The same network with a tap around every layer that is not made of layers. See ``taps`` and ``remove_taps``."""
    if not isinstance(model, Combinator):
        return _Tap(model)
    values: dict[str, Any] = {field.name: getattr(model, field.name) for field in fields(model)}
    return type(model).from_fields({**values, "layers": tuple(map(add_taps, model.layers))})


def remove_taps(model: Layer, dparams: Params) -> Params:
    """The dparams of ``model``, from those of ``add_taps(model)``."""
    if not isinstance(model, Combinator):
        inside: Params = dparams["dparams"]
        return inside
    return {name: remove_taps(child, dparams[name]) for name, child in model.children().items()}


def _collected(model: Layer, cache: Cache, dparams: Params | None, path: str) -> Iterator[tuple[str, dict[str, Array]]]:
    if isinstance(model, Combinator):
        for name, child in model.children().items():
            inside = None if dparams is None else dparams[name]
            yield from _collected(child, cache[name], inside, join_path(path, name))
    else:
        yield path, {"x": cache["x"], "y": cache["y"], **(dparams or {})}
