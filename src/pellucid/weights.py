"""Weights on disk, as safetensors: arrays by path, written all or nothing, read without running anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pellucid import trees
from pellucid.errors import RunError
from pellucid.files import write_atomic
from pellucid.types import Tree


def save_arrays(path: Path, tree: Tree, metadata: dict[str, str] | None = None) -> None:
    """Write the leaves of ``tree`` by path to a safetensors file, all or nothing. Raises OSError if it cannot.

    Equal arrays make equal bytes where ``metadata`` has one entry: safetensors writes several in no fixed order.
    """
    from safetensors.numpy import save

    arrays = {name: np.ascontiguousarray(leaf) for name, leaf in trees.items(tree)}
    write_atomic(path, save(arrays, metadata=metadata or {"format": "pellucid"}))


def load_arrays(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of a safetensors file by path. Raises RunError where it is missing or damaged.

    ``read`` is what reads the file: ``read_own`` for one of a folder that others can write to.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return dict(load(read(path)))
    except FileNotFoundError:
        raise RunError(f"no weights at {path}: is this the run folder?") from None
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise RunError(f"{path} is not a readable safetensors file ({error}): train again, or restore it") from None


def load_metadata(path: Path, name: str) -> Any:
    """The JSON under ``name`` in a safetensors file's metadata. Raises RunError where it is missing or damaged."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return json.loads((file.metadata() or {})[name])
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise RunError(f"{path} has no readable {name!r} ({error}): it is not of this pellucid") from None


def fill_tree(like: Tree, arrays: Mapping[str, Any], source: str) -> Tree:
    """The tree ``like`` with its leaves taken from ``arrays`` by path. Raises RunError where names or shapes differ."""
    wanted = trees.flatten(like)
    for path, leaf in wanted.items():
        if path not in arrays:
            raise RunError(f"{source} has no array {path!r}: it belongs to another network or optimizer")
        found = np.asarray(arrays[path])
        if tuple(found.shape) != tuple(leaf.shape):
            raise RunError(
                f"{source}: {path} has shape {tuple(found.shape)}, the network needs {tuple(leaf.shape)}: "
                "it belongs to another network"
            )
        if found.dtype.kind != np.dtype(leaf.dtype).kind or not np.isfinite(found).all():
            what = "NaN or infinity" if found.dtype.kind == "f" else f"dtype {found.dtype}"
            raise RunError(f"{source}: {path} has {what}: restore it, or train again")
    extra = sorted(set(arrays) - set(wanted))
    if extra:
        raise RunError(f"{source} has an array {extra[0]!r} too many: it belongs to another network or optimizer")
    return trees.replace_leaves(like, {path: np.asarray(arrays[path], dtype=wanted[path].dtype) for path in wanted})
