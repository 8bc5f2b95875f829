"""THE contract: what a layer, a cell and a loss are. Read this first.

A layer is a pair of pure functions, ``forward`` and ``backward``, written by hand. It owns no arrays: weights come
in as ``params``, and what ``backward`` needs goes out as ``cache``. The same code runs eagerly on NumPy and
compiled on JAX, because it asks its input for its namespace: ``xp = ops.namespace(x)``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from pellucid.masked import one_array
from pellucid.trees import tree_map
from pellucid.types import Array, Cache, HasShape, Key, Params, State, Tree
from pellucid.value import Value

if TYPE_CHECKING:
    from jaxtyping import Float


class Layer(Value):
    """One step of a network: ``y = f(params, x)``, and how a change of ``y`` goes back to ``params`` and ``x``.

    Subclasses are frozen dataclasses whose fields are the hyper-parameters. Layers without weights keep the
    default ``init``. Every public subclass proves itself in the conformance suite (``pellucid.check``).
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        """First weights and state, drawn with ``key`` for inputs of the shape and dtype of ``x``.

        ``x`` is an array or anything else with a shape and a dtype, batch first; its values are not read, and its
        dtype is the weights'. Raises ShapeError if the layer cannot take such an input.
        """
        return {}, {}

    @abstractmethod
    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        """The output, what ``backward`` and the reader need, and the state after the step.

        ``train`` is static: it chooses what the layer does in training (drop units, use the batch's own mean).
        ``key`` is where random layers draw from; the same key makes the same draw.
        """

    @abstractmethod
    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        """``(dparams, dx)``: the gradient by params and by x, given ``dy``, the gradient by the output.

        With L the loss and ``dy = dL/dy``: ``dparams = dL/dparams``, ``dx = dL/dx``, in the trees of params and x.
        """

    def is_random(self) -> bool:
        """Whether ``forward`` draws random numbers in training, and so needs a key."""
        return False

    def follows_order(self) -> bool:
        """Whether, in training, examples go on where those of the batch before ended, and so may not be shuffled."""
        return False


class Cell(Value):
    """One time step of a recurrent layer: ``carry, y = f(params, carry, x)``, and how changes of both go back.

    The carry is what a step hands to the next. In x (B, D), y (B, K) and every array of carry and cache the batch is
    the first axis. ``Recurrent(cell)`` is the layer that takes a cell through a sequence. A cell whose weights meet x
    before the carry does may say so in ``project`` and ``gather``: one product then serves all steps.
    """

    @abstractmethod
    def init(self, key: Key, x: HasShape) -> Params:
        """First weights, drawn with ``key`` for inputs of the shape and dtype of ``x``."""

    @abstractmethod
    def start(self, params: Params, batch: int, dtype: Any) -> Tree:
        """The carry before the first step of ``batch`` sequences: constant, no gradient goes through it."""

    def project(self, params: Params, x: Array) -> Array:
        """What every step is given of x (..., D), for any number of steps at once: unless a cell says more, x."""
        return x

    @abstractmethod
    def forward(self, params: Params, carry: Tree, x: Array) -> tuple[Tree, Array, Cache]:
        """The carry after the step, the output, and what ``backward`` and the reader need; ``x`` as projected."""

    @abstractmethod
    def backward(self, params: Params, cache: Cache, dcarry: Tree, dy: Array) -> tuple[Params, Tree, Array]:
        """``(dparams, dcarry, dx)``: the gradient by params, by the carry before the step and by x as projected.

        ``dcarry`` and ``dy`` as given are the gradient by the carry after the step and by the output. Params that
        ``gather`` has the gradient of are left out here.
        """

    def gather(self, params: Params, cache: Cache, x: Array, dx: Array) -> tuple[Params, Array]:
        """The gradients by the params that ``backward`` left out and by x, from those by the projected x, ``dx``.

        Every array has the steps (..., B) before its last axis, so that one product sums over all of them.
        """
        return {}, dx


class Loss(Value):
    """How far outputs are from targets, a number for each example, and its gradient by the outputs.

    The loss of a batch is the (weighted) mean over its examples; the trainer takes it, so a loss never divides by
    the batch. Fused, stable forms (softmax with cross-entropy) take the network's raw outputs, the logits;
    ``predict`` turns those into what the network says: probabilities, or the outputs as they are. Outputs and targets
    may also be trees of arrays, where the loss says so.
    """

    task: ClassVar[str] = "regression"
    """What a network trained with this loss does: "classification" or "regression"."""

    threshold: ClassVar[float] = 0.5
    """Where a single output, after ``predict``, turns from one class to the other."""

    gives_probabilities: ClassVar[bool] = False
    """Whether ``predict`` gives probabilities."""

    uses_target: ClassVar[bool] = True
    """Whether targets matter; without, they are None: the loss is a charge on the outputs alone."""

    @abstractmethod
    def value(self, y: Float[Array, "B *K"], target: Array) -> Float[Array, " B"]:
        """The loss of each example."""

    @abstractmethod
    def gradient(self, y: Float[Array, "B *K"], target: Array) -> Float[Array, "B *K"]:
        """The gradient of each example's loss by that example's outputs, shaped like ``y``."""

    def predict(self, y: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        """What the raw outputs say: probabilities for losses on logits, else the outputs themselves."""
        return y

    def scores(self, y: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        """What decides between classes, the largest: the raw outputs, unless a loss says more."""
        return y

    def check_target(self, y: Float[Array, "B *K"], target: Array) -> None:
        """Raise ShapeError or DataError for NumPy targets that this loss cannot compare with outputs like ``y``.

        Asked once, before training, with all targets and an output for any number of examples: compiled code cannot
        look at values, so ``value`` and ``gradient`` do not. By default the loss is tried on one example, which finds
        shapes that do not fit; a loss whose targets are labels or probabilities looks at every one of them.
        """
        with one_array(self, "LossSum has a loss for each output", "SequenceLoss averages over its steps"):
            self.value(*tree_map(lambda leaf: leaf[:1], (y, target)))


def shape_of(x: HasShape) -> tuple[int, ...]:
    """The shape of ``x`` as a tuple of plain numbers."""
    return tuple(int(n) for n in x.shape)


__all__ = ["Cell", "Layer", "Loss"]
