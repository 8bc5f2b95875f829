"""One attention layer on short sequences of tokens: who looks at whom."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.layers import Dense, LearnedPositions, MultiHeadAttention
from pellucid.losses import SequenceLoss, SoftmaxCrossEntropy
from pellucid.playground.families.family import Family, Problem, Shown, outputs_and_caches, recipe_of
from pellucid.playground.families.settings import DIGITS, TOKENS, AttentionSettings
from pellucid.playground.keys import data_key
from pellucid.train.batch import Batch, Weights

WIDTH = 16
LETTERS = "ABCDE"
TRAINING, TEST = 1024, 256


class Sequences(NamedTuple):
    """Digits and letters (N, T) of tokens. In the task "key" the last token asks: it has a letter and no digit."""

    digits: np.ndarray
    letters: np.ndarray

    def targets(self, task: str) -> np.ndarray:
        """The digit to say at every place: (N, T)."""
        if task == "previous":
            return np.asarray(self.digits[:, [0, *range(TOKENS - 1)]])
        if task == "reverse":
            return np.asarray(self.digits[:, ::-1])
        asked = (self.letters[:, :-1] == self.letters[:, -1:]).argmax(axis=1)
        return np.concatenate([self.digits[:, :-1], self.digits[np.arange(len(self.digits)), asked][:, None]], axis=1)

    def inputs(self, task: str) -> np.ndarray:
        """Tokens as rows of 0 and 1: (N, T, D)."""
        rows: np.ndarray = np.eye(DIGITS)[self.digits]
        if task != "key":
            return rows
        rows[:, -1] = 0.0
        return np.concatenate([rows, np.eye(len(LETTERS))[self.letters]], axis=-1)

    def names(self, task: str) -> list[str]:
        """How the tokens of the first sequence are written."""
        if task != "key":
            return [str(digit) for digit in self.digits[0]]
        pairs = [f"{LETTERS[letter]}{digit}" for letter, digit in zip(self.letters[0], self.digits[0], strict=True)]
        return [*pairs[:-1], f"{LETTERS[self.letters[0, -1]]}?"]


def draw_tokens(count: int, seed: int) -> Sequences:
    """So many sequences, the letters of each in an order of their own, the last of them one of the others."""
    key = data_key(seed)
    digits = (ops.bits(ops.fold_in(key, 0), (count, TOKENS)) % DIGITS).astype(np.intp)
    letters = np.argsort(ops.bits(ops.fold_in(key, 1), (count, TOKENS - 1)), axis=1, kind="stable")
    asked = ops.bits(ops.fold_in(key, 2), (count,)) % (TOKENS - 1)
    return Sequences(digits, np.concatenate([letters, letters[np.arange(count), asked][:, None]], axis=1))


class AttentionFamily(Family[AttentionSettings]):
    """Tokens and their places into vectors, one head of attention, and a dense layer that says a digit."""

    def make_problem(self, settings: AttentionSettings) -> Problem:
        self.model = Chain(
            token=Dense(WIDTH), place=LearnedPositions(TOKENS), attention=MultiHeadAttention(1), dense=Dense(DIGITS)
        )
        self.sequences = draw_tokens(TRAINING + TEST, settings.seed)
        x = self.sequences.inputs(settings.task)
        target = self.sequences.targets(settings.task)
        return Problem(
            recipe_of(self.model, SequenceLoss(SoftmaxCrossEntropy())),
            Batch(x[:TRAINING], target[:TRAINING]),
            Batch(x[TRAINING:], target[TRAINING:]),
        )

    def show(self, weights: Weights, settings: AttentionSettings) -> Shown:
        """One sequence: scores and weights, row t what place t sees; queries, keys, values; probabilities of digits."""
        shown = self._chosen(settings)
        outputs, caches = outputs_and_caches(self.model, weights, shown.inputs(settings.task))
        cache = caches["attention"]
        q, k, v = (cache[name][0, 0] for name in ("q", "k", "v"))
        with np.errstate(all="ignore"):
            scores = q @ k.T / math.sqrt(q.shape[-1])
        probabilities = self.problem.recipe.loss.predict(outputs["dense"])[0]
        values = {"tokens": shown.names(settings.task), "targets": shown.targets(settings.task)[0].tolist()}
        arrays = {"scores": scores, "weights": cache["weights"][0, 0], "q": q, "k": k, "v": v}
        return Shown(
            {**values, "digits": shown.digits[0].tolist(), "query": self._place_asked(shown)},
            {**arrays, "probabilities": probabilities},
        )

    def _chosen(self, settings: AttentionSettings) -> Sequences:
        at = TRAINING + settings.example
        digits, letters = (array[at : at + 1].copy() for array in self.sequences)
        if settings.tokens is not None:
            digits[0] = settings.tokens
        if settings.query is not None:
            letters[0, -1] = letters[0, settings.query]
        return Sequences(digits, letters)

    def _place_asked(self, shown: Sequences) -> int:
        return int((shown.letters[0, :-1] == shown.letters[0, -1]).argmax())
