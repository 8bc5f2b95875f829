"""What all combinators share: named children, and errors that say where they happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

from pellucid import validate
from pellucid.errors import ConfigError
from pellucid.layer import Layer, shape_of
from pellucid.shape_inference import first_weights, infer_output
from pellucid.trees import tree_map
from pellucid.types import Key, Params, State, Tree


class Combinator(Layer, init=False):
    """A layer made of layers. Its params, state and cache are dicts with an entry for each child, by name.

    ``Chain(Dense(8), Tanh(), Dense(1))`` names its children by class and number: ``dense_1``, ``tanh_1``, ``dense_2``;
    ``Chain(encoder=..., decoder=...)`` takes the names given.
    Raises ConfigError for a child that is not a layer, and where only some children are named.
    """

    layers: tuple[Layer, ...]
    names: tuple[str, ...]

    def __init__(self, *layers: Layer, names: Sequence[str] | None = None, **named: Layer) -> None:
        owner = type(self).__name__
        if named and (layers or names):
            raise ConfigError(
                f"{owner}: name all layers or none: {len(layers)} came without a name, {', '.join(named)} with one"
            )
        layers = layers or tuple(named.values())
        for i, layer in enumerate(layers):
            validate.instance(owner, f"layer {i + 1}", layer, Layer)
        object.__setattr__(self, "layers", layers)
        chosen = names or tuple(named)
        object.__setattr__(self, "names", _checked(owner, chosen, layers) if chosen else _automatic(layers))

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> Self:
        """The combinator with these ``layers`` and, if they are there, ``names``."""
        layers, names = values.get("layers", ()), values.get("names")
        for field, given in (("layers", layers), ("names", names or ())):
            if not isinstance(given, (tuple, list)):
                raise ConfigError(f"{cls.__name__}: {field} must be a list, not {given!r}")
        return cls(*layers, names=names)

    @cached_property
    def named_layers(self) -> tuple[tuple[str, Layer], ...]:
        """Each child with its name, in order."""
        return tuple(zip(self.names, self.layers, strict=True))

    def children(self) -> dict[str, Layer]:
        """The layers inside, by name, in order."""
        return dict(self.named_layers)

    def is_random(self) -> bool:
        """Whether any layer inside is."""
        return any(layer.is_random() for layer in self.layers)

    def follows_order(self) -> bool:
        """Whether any layer inside does."""
        return any(layer.follows_order() for layer in self.layers)

    def __repr__(self) -> str:
        if self.names == _automatic(self.layers):
            inside = ", ".join(map(repr, self.layers))
        else:
            inside = ", ".join(f"{name}={layer!r}" for name, layer in self.children().items())
        return f"{type(self).__name__}({inside})"


def init_child(name: str, layer: Layer, key: Key, x: Tree) -> tuple[Params, State, Tree]:
    """The child's first params and state, and an output of it; an error is marked with the child's path."""
    try:
        params, state = first_weights(layer, key, x)
        return params, state, infer_output(layer, params, state, x)
    except Exception as error:
        locate(error, name, layer, x)
        raise


def locate(error: Exception, name: str, layer: Layer, x: Tree) -> None:
    """Note "in path: Layer got x of shape ..." on a child's ``error``, or put ``name`` before the path it has."""
    notes: list[str] = getattr(error, "__notes__", [])
    if notes and notes[-1].startswith("in "):
        notes[-1] = f"in {name}/{notes[-1][3:]}"
    else:
        shapes = tree_map(shape_of, x)
        error.add_note(f"in {name}: {layer!r} got x of shape {shapes}")


def _automatic(layers: Sequence[Layer]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    names = []
    for layer in layers:
        kind = _snake_case(type(layer).__name__)
        counts[kind] = counts.get(kind, 0) + 1
        names.append(f"{kind}_{counts[kind]}")
    return tuple(names)


def _checked(owner: str, names: Sequence[str], layers: Sequence[Layer]) -> tuple[str, ...]:
    if len(names) != len(layers) or len(set(names)) != len(names):
        raise ConfigError(f"{owner}: {len(layers)} layers need as many different names, not {list(names)!r}")
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(r"\w[\w.-]*", name):
            raise ConfigError(f"{owner}: a layer's name is letters, digits, '_', '-' and '.', not {name!r}")
    return tuple(names)


def _snake_case(name: str) -> str:
    """``HardTanh`` as ``hard_tanh``, ``LeakyReLU`` as ``leaky_relu``, ``SiLU`` as ``silu``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", name).lower()
