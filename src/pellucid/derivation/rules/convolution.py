"""Convolutions: one weight, used at every place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from itertools import product

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.rules.dense import BIAS
from pellucid.derivation.rules.rule import Index, Link, Rule, View
from pellucid.derivation.rules.window_indices import WindowIndices
from pellucid.layers.convolution.conv_transpose import ConvTranspose
from pellucid.layers.windows import place_transposed, place_windows

SHOWN = 3
"""The windows of so many channels are shown."""


class AnyConvolutionRule(Rule):
    """A sum of weights times inputs: a subclass says which weight, input and output belong together."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        terms: list[Expression] = [view.weight("W", w) * view.x(x) for w, x in self.of_output(view, index)]
        if "b" in view.node.params:
            terms.append(view.weight("b", index[-1:]))
        return total(terms)

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        if weight == "W":
            for output, x in self.of_weight(view, index):
                yield Link(view.entry(output), view.x(x))
            return
        for place in product(*map(range, view.outputs[""].value.shape[:-1])):
            yield Link(view.entry((*place, *index)), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        for output, w in self.of_input(view, index):
            yield Link(view.entry(output), view.weight("W", w))

    def why_weight(self, view: View, weight: str) -> str:
        return f"{BIAS}, in every window" if weight == "b" else self.why_slope(view)

    def why_slope(self, view: View) -> str:
        return (
            "the same weight is used in every window: the sum, over all windows, of the gradient times the input there"
        )

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return "every window over this number multiplies it by another weight: the sum over all windows"

    @abstractmethod
    def of_output(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        """The pairs of weight and input that an output adds up."""

    @abstractmethod
    def of_weight(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        """The pairs of output and input that a weight connects."""

    @abstractmethod
    def of_input(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        """The pairs of output and weight that an input contributes to."""


class ConvolutionRule(AnyConvolutionRule):
    """``y[n, k] = sum_{i, c} x[stride n + dilation i, c] W[i, c, k] + b[k]``, c over the channels of k's group.

    So ``dy[n, k]/dW[i, c, k]`` is the x that the window n has at i, for every n; ``dy[n, k]/dx = W[i, c, k]``.
    """

    def of_output(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        (batch, *window, k), (channels, filters) = index, view.node.params["W"].shape[-2:]
        first = k // (filters // _groups(view)) * channels
        for place, position in _places(view).positions(tuple(window)):
            yield from (((*place, c, k), (batch, *position, first + c)) for c in range(channels))

    def of_weight(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        (*place, c, k), (channels, filters) = index, view.node.params["W"].shape[-2:]
        channel, places = k // (filters // _groups(view)) * channels + c, _places(view)
        for batch in range(len(view.inputs[""].value)):
            for window in places.all_windows():
                position = places.position(window, tuple(place))
                if position is not None:
                    yield (batch, *window, k), (batch, *position, channel)

    def of_input(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        (batch, *position, channel), (channels, filters) = index, view.node.params["W"].shape[-2:]
        (group, c), each = divmod(channel, channels), filters // _groups(view)
        for window, place in _places(view).windows_over(tuple(position)):
            for k in range(group * each, (group + 1) * each):
                yield (batch, *window, k), (*place, c, k)

    def grids(self, view: View, index: Index, path: str = "") -> tuple[Grid, ...]:
        """The window and the kernel on it, channel by channel; of many channels the first ones."""
        (batch, *window, k), W, places = index, view.node.params["W"], _places(view)
        wire, (channels, filters), shown = view.inputs[""], W.shape[-2:], []
        first = k // (filters // _groups(view)) * channels
        for c in range(min(channels, SHOWN)):
            x = wire.value[batch, ..., first + c]
            shown.append(
                Grid(f"{wire.name} in the window, channel {first + c}", places.values_in(x, tuple(window), 0.0))
            )
            kernel = places.as_rows(map(float, W[..., c, k].ravel()))
            shown.append(Grid(f"the kernel of filter {k} for it", kernel))
        return tuple(shown)

    def why(self, view: View) -> str:
        return "the numbers in the window, each times the weight at its place, and the bias; padding counts as 0"


class TransposedRule(AnyConvolutionRule):
    """``y[stride n + dilation i, k] += x[n, c] W[i, k, c]`` over all n, i, c, from ``y = b``: windows stand on y.

    So ``dy/dW[i, k, c] = x[n, c]`` at the place i of every window n; ``dy/dx[n, c] = W[i, k, c]``.
    """

    def of_output(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        (batch, *position, k), (filters, channels) = index, view.node.params["W"].shape[-2:]
        (group, inner), each = divmod(k, filters), channels // view.layer.groups
        for window, place in _places(view).windows_over(tuple(position)):
            for c in range(group * each, (group + 1) * each):
                yield (*place, inner, c), (batch, *window, c)

    def of_weight(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        (*place, inner, c), places = index, _places(view)
        k = self._first_filter(view, c) + inner
        for batch in range(len(view.inputs[""].value)):
            for window in places.all_windows():
                position = places.position(window, tuple(place))
                if position is not None:
                    yield (batch, *position, k), (batch, *window, c)

    def of_input(self, view: View, index: Index) -> Iterator[tuple[Index, Index]]:
        batch, *window, c = index
        first, filters = self._first_filter(view, c), view.node.params["W"].shape[-2]
        for place, position in _places(view).positions(tuple(window)):
            for inner in range(filters):
                yield (batch, *position, first + inner), (*place, inner, c)

    def why(self, view: View) -> str:
        return "every input adds the kernel, times itself, to the output: the sum of those that overlap here"

    def why_slope(self, view: View) -> str:
        return (
            "the same weight is used for every input: the sum, over all inputs, of the input times the gradient there"
        )

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return (
            "this number adds the whole kernel, times itself, to the output: the sum over the outputs under the kernel"
        )

    def _first_filter(self, view: View, channel: int) -> int:
        """The first filter of the group that this channel is in."""
        filters, channels = view.node.params["W"].shape[-2:]
        return int(channel // (channels // view.layer.groups) * filters)


def _groups(view: View) -> int:
    """Each group of filters sees as many channels as W has."""
    return int(view.inputs[""].value.shape[-1] // view.node.params["W"].shape[-2])


def _places(view: View) -> WindowIndices:
    layer, x = view.layer, view.inputs[""].value
    place = place_transposed if isinstance(layer, ConvTranspose) else place_windows
    return WindowIndices(place(layer, x.ndim - 2, x, layer.kernel, layer.stride, layer.dilation, layer.padding))
