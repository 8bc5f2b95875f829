"""What numbers are called: by the path of their layer and their place, or as the reader likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pellucid.derivation.algebra.gradient_name import gradient_name
from pellucid.derivation.trace.trace import Node, Wire
from pellucid.errors import UnknownNameError
from pellucid.trees import join_path


class Names:
    """``dense_1[0]`` is an output of dense_1, ``x[2]`` an input, ``dense_1/W[0, 1]`` a weight, ``target[0]`` a target.

    Indices count from 0. With several examples that of the example comes first: ``dense_1[3, 0]``. ``given`` has
    other names for some: ``{"dense_1[0]": "net_h1", "dense_1/W[0, 0]": "w1"}``.
    """

    def __init__(self, examples: int, given: Mapping[str, str] | None = None) -> None:
        self.examples = examples
        self.given = dict(given or {})
        self._registered: set[str] = set()

    def entry(self, wire: Wire, index: tuple[int, ...]) -> str:
        """An entry of a wire."""
        return self._known(wire.name + (self._place(wire.value.shape, index) if wire.of_examples else f"{list(index)}"))

    def of_loss(self, name: str, index: tuple[int, ...]) -> str:
        """A number that the loss has for an output: its target, say."""
        return self._known(name + self._place((self.examples,), index))

    def weight(self, node: Node, path: str, index: tuple[int, ...]) -> str:
        """A weight, by its path from the network's params on."""
        inside = join_path(node.path, path)
        return self._known(f"{inside}{list(index)}" if index else inside)

    def within(self, node: Node, name: str) -> str:
        """Another number of a layer."""
        return self._known(f"{node.path}.{name}" if node.path else name)

    def cached(self, node: Node, name: str, shape: tuple[int, ...], index: tuple[int, ...]) -> str:
        """An entry of an array (B, ...) that a layer keeps."""
        return self.within(node, name + self._place(shape, index))

    def gradient(self, name: str) -> str:
        """The gradient of the loss by the number of this name."""
        return gradient_name(name)

    def _place(self, shape: tuple[int, ...], index: tuple[int, ...]) -> str:
        kept = index[1:] if self.examples == 1 and shape[0] == 1 else index  # else the steps are the examples
        return f"{list(kept)}" if kept else ""

    def register(self, names: Iterable[str]) -> None:
        """Take note that there are numbers of these names."""
        self._registered.update(names)

    def require_registered(self) -> None:
        """Raise UnknownNameError where a name was given to what is nowhere in the network or its derivation."""
        arrays = {name.split("[")[0] for name in self._registered}
        for name in self.given:
            if name.split("[")[0] not in arrays:
                raise UnknownNameError("number in names", name, self._registered)

    def _known(self, name: str) -> str:
        self._registered.add(name)
        return self.given.get(name, name)
