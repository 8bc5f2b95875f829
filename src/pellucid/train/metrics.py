"""How good a network is, in numbers: loss, accuracy, R^2."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops
from pellucid.data.preparation.running_moments import Moments
from pellucid.errors import ConfigError
from pellucid.layer import Loss
from pellucid.losses import EnsembleLoss, LossSum, SigmoidCrossEntropy
from pellucid.masked import Masked, values_of
from pellucid.types import Array, Tree


def main_term(loss: Loss, *trees: Tree) -> tuple[Any, ...]:
    """The loss that accuracy and R^2 speak of, and its parts of outputs and targets: of a sum, those of its main term.

    Without one, the loss and trees as they are; None for a part that is missing, which ``check_target`` tells.
    """
    if not isinstance(loss, LossSum) or loss.main is None:
        return (loss, *trees)
    parts = (tree.get(loss.main) if isinstance(tree, dict) else tree for tree in trees)
    return main_term(loss.children()[loss.main], *parts)


def decide(loss: Loss, y: Tree) -> Array:
    """The class that outputs ``y`` (B, ..., K) stand for: the largest; of a single output, whether it is above
    the loss's threshold (0.5 for probabilities, 0 for margins). Integer, (B, ...). Of several outputs, the main one's.
    """
    loss, y = main_term(loss, y)
    y = values_of(y)
    if isinstance(y, dict):
        raise ConfigError(f"{loss!r} has not one output that names a class, so there is nothing to decide")
    if y.shape[-1] == 1:
        return (loss.predict(y)[..., 0] > loss.threshold).astype("int32")
    return loss.scores(y).argmax(axis=-1).astype("int32")


def labels(loss: Loss, target: Array, y: Array) -> Array:
    """The true class behind ``target``: integer labels as they are, one-hot rows by their largest. (B, ...)."""
    if target.shape == y.shape and y.shape[-1] > 1:
        return target.argmax(axis=-1).astype("int32")
    if y.shape[-1] == 1:
        return (target.reshape(y.shape[:-1]) > loss.threshold).astype("int32")
    return target


def correct(loss: Loss, y: Tree, target: Tree) -> Array:
    """How right each example's decision is: 1 or 0; in a sequence the share of its steps, of outputs that each answer
    for themselves (``SigmoidCrossEntropy``) the share of these. (B,), in the dtype of y.
    """
    loss, y, target = main_term(loss, y, target)
    values = values_of(y)
    scores = loss.scores(values)
    if _answer_each(loss) and target.shape == scores.shape:
        right = ((loss.predict(values) > loss.threshold) == (target > loss.threshold)).astype(values.dtype)
    else:
        right = (decide(loss, y) == labels(loss, target, scores)).astype(values.dtype)
    if isinstance(y, Masked):
        right = right * (y.visible / y.visible.mean(axis=1, keepdims=True))
    right = right.reshape(right.shape[0], -1)
    return right[:, 0] if right.shape[1] == 1 else right.mean(axis=1)


def brier(loss: Loss, y: Array, target: Array) -> Array:
    """``sum_k (p_k - q_k)^2`` of each example, (B,), p being what ``loss`` predicts and q 1 at the label; for two
    classes, or one output that tells them apart, half of it. Of labels that answer for themselves the mean.
    """
    p = np.asarray(loss.predict(y), np.float64)
    q = np.asarray(target, np.float64)
    if q.size == len(p) and p.shape[-1] > 1:
        q = np.eye(p.shape[-1])[np.asarray(target, int).reshape(-1)]
    squares = ((p - q.reshape(p.shape)) ** 2).sum(axis=-1)
    return squares / p.shape[-1] if _answer_each(loss) or p.shape[-1] == 2 else squares


def _answer_each(loss: Loss) -> bool:
    """Whether each output answers yes or no for itself."""
    return isinstance(loss, SigmoidCrossEntropy) or (isinstance(loss, EnsembleLoss) and _answer_each(loss.loss))


class Tally:
    """``loss`` and ``accuracy`` (share of right decisions) or ``r2`` of examples that come a part at a time.

    All are means over the examples, in float64. R^2 is ``1 - sum (y - target)^2 / sum (target - mean target)^2`` over
    all outputs; 0 is what the mean achieves. NaN where the targets do not vary. Of several outputs, those of the main
    one; without one, without targets, and for amounts in masked sequences, ``loss`` alone.

    Of an ensemble ``loss`` is that of its mean member, accuracy and R^2 those of its mean prediction; of probabilities
    also ``brier``, the mean of ``sum_k (p_k - q_k)^2``, for two classes half of it: that of their mean.
    """

    def __init__(self, loss: Loss, classify: bool) -> None:
        self.loss, self.classify = loss, classify
        self._examples, self._losses, self._correct, self._errors = 0, 0.0, 0.0, 0.0
        self._targets: Moments | None = Moments()
        self._brier = 0.0
        main, *_ = main_term(loss)
        self.of_probabilities = classify and isinstance(main, EnsembleLoss) and main.gives_probabilities

    @np.errstate(over="ignore", invalid="ignore")  # errors too large for a float are infinite
    def add(self, y: Tree, target: Tree) -> None:
        """Take in more examples: outputs and targets."""
        values = self.loss.value(y, target)
        self._examples += len(values)
        self._losses += float(np.sum(values, dtype=np.float64))
        if self.classify:
            self._correct += float(np.sum(correct(self.loss, y, target), dtype=np.float64))
            if self.of_probabilities:
                self._brier += float(np.sum(brier(*main_term(self.loss, y, target)), dtype=np.float64))
            return
        loss, y, target = main_term(self.loss, y, target)
        if self._targets is None or not loss.uses_target or isinstance(y, (dict, Masked)):
            self._targets = None
            return
        truth: Any = np.asarray(target, dtype=np.float64).reshape(y.shape[0], -1)
        said = np.asarray(loss.predict(y), dtype=np.float64).reshape(y.shape[0], -1)
        self._targets.add(truth)
        self._errors += float(((said - truth) ** 2).sum())

    def result(self) -> dict[str, float]:
        """The numbers of all examples so far."""
        measured = {"loss": self._losses / self._examples}
        if self.classify:
            more = {"brier": self._brier / self._examples} if self.of_probabilities else {}
            return {**measured, "accuracy": self._correct / self._examples, **more}
        if self._targets is None:
            return measured
        spread = float(self._targets.squares.sum())
        return {**measured, "r2": 1.0 - self._errors / spread if spread > 0 else float("nan")}


def measure(loss: Loss, y: Tree, target: Tree, classify: bool) -> dict[str, float]:
    """The numbers of outputs ``y`` that are all there at once: see ``Tally``."""
    tally = Tally(loss, classify)
    tally.add(y, target)
    return tally.result()


def is_classification(loss: Loss, target: Tree) -> bool:
    """Whether accuracy means something: the loss classifies, or every target row is one-hot."""
    loss, target = main_term(loss, target)
    if loss.task == "classification":
        return True
    if not ops.is_numpy(target) or target.ndim < 2 or target.shape[-1] < 2:
        return False
    return _one_hot(target[:1]) and _one_hot(target)  # the first row mostly tells


def _one_hot(target: Array) -> bool:
    return bool(((target == 0) | (target == 1)).all() and (target.sum(axis=-1) == 1).all())
