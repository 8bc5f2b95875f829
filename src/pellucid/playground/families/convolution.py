"""A small convolutional network that reads digits: what each filter finds, and where."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from pellucid.losses import SoftmaxCrossEntropy
from pellucid.playground.families.digits import CLASSES, load_digits
from pellucid.playground.families.family import Family, Problem, Shown, outputs_and_caches, recipe_of
from pellucid.playground.families.settings import ConvolutionSettings
from pellucid.train.batch import Batch, Weights


class ConvolutionFamily(Family[ConvolutionSettings]):
    """3 x 3 convolution, ReLU, 2 x 2 pooling, a dense layer with an output for each digit."""

    def make_problem(self, settings: ConvolutionSettings) -> Problem:
        digits = load_digits()
        self.model = Chain(
            conv=Conv2D(settings.filters, 3),
            relu=ReLU(),
            pool=MaxPool2D(2),
            flatten=Flatten(),
            dense=Dense(CLASSES),
        )
        return Problem(
            recipe_of(self.model, SoftmaxCrossEntropy()),
            Batch(digits.x[..., None], digits.labels),
            Batch(digits.test_x[..., None], digits.test_labels),
        )

    def show(self, weights: Weights, settings: ConvolutionSettings) -> Shown:
        """Every number on the way of one digit, pictures with the filter as their first axis."""
        digits = load_digits()
        examples, labels = digits.test_x[digits.shown], digits.test_labels[digits.shown]
        own = settings.pixels
        x = examples[settings.example] if own is None else np.reshape(own, (8, 8))
        outputs, _ = outputs_and_caches(self.model, weights, x[None, ..., None])
        first = {name: np.moveaxis(outputs[name][0], -1, 0) for name in ("conv", "relu", "pool")}
        params = weights.params["conv"]
        arrays = {
            "input": x,
            "kernels": np.moveaxis(params["W"][:, :, 0, :], -1, 0),
            "biases": params["b"],
            "sums": first["conv"],
            "maps": first["relu"],
            "pooled": first["pool"],
            "probabilities": self.problem.recipe.loss.predict(outputs["dense"])[0],
            "examples": examples,
            "labels": labels,
        }
        return Shown({"label": int(labels[settings.example]) if own is None else None}, arrays)
