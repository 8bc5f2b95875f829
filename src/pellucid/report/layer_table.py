"""A network as rows: what each layer gives out, how many parameters it has, what memory it takes."""

from __future__ import annotations

from typing import Any

from pellucid import trees
from pellucid.combinators import Combinator, record
from pellucid.layer import Layer, shape_of
from pellucid.masked import Masked
from pellucid.types import Params, State, Tree


def layer_table(model: Layer, params: Params, state: State, x: Tree, batch_size: int = 32) -> list[dict[str, Any]]:
    """A dict for each layer that is not made of layers: ``path``, ``layer``, ``output``, ``parameters``, ``memory``.

    ``x`` is an example of the inputs (B, ...); ``output`` is the shape without the batch axis, of several outputs a
    dict of their shapes by name. ``memory`` is in bytes, for one step of training on ``batch_size`` examples: weights
    and their gradients, output and its gradient.
    """
    rows = []
    for path, tap in record(model, params, state, x).items():
        own, outputs = list(trees.leaves(_at(params, path))), trees.leaves(tap["y"])
        held = sum(leaf.nbytes for leaf in own) + batch_size * sum(leaf[:1].nbytes for leaf in outputs)
        rows.append(
            {
                "path": path,
                "layer": repr(_layer_at(model, path)),
                "output": _shapes(tap["y"]),
                "parameters": sum(leaf.size for leaf in own),
                "memory": 2 * held,
            }
        )
    return rows


def _shapes(y: Tree) -> Any:
    if isinstance(y, Masked):
        y = y._asdict()
    if isinstance(y, dict):
        return {name: _shapes(part) for name, part in y.items()}
    return list(shape_of(y)[1:])


def _at(tree: Tree, path: str) -> Tree:
    for name in path.split("/") if path else ():
        tree = tree[name]
    return tree


def _layer_at(model: Layer, path: str) -> Layer:
    for name in path.split("/") if path else ():
        assert isinstance(model, Combinator)
        model = model.children()[name]
    return model
