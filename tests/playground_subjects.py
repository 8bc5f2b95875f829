"""Subjects of the playground's questions: small networks on a few points."""

from __future__ import annotations

import numpy as np

from pellucid import Chain, Dense, GradientDescent, SigmoidCrossEntropy, Tanh
from pellucid.playground.questions.subject import Subject
from pellucid.shape_inference import first_weights


def subject_of(model=None, loss=None, x=None, y=None, optimizer=None, **more) -> Subject:
    """By default the network of the playground, on ten points of a circle and a step of gradient descent."""
    model = model or Chain(Dense(4), Tanh(), Dense(2), Tanh(), Dense(1))
    x = np.random.default_rng(0).normal(size=(10, 2)) if x is None else x
    y = (np.hypot(*x.T[:2]) < 1.0).astype(float)[:, None] if y is None else y
    params, state = first_weights(model, np.array([0, 1], np.uint32), x)
    optimizer = optimizer or GradientDescent(0.03)
    slots = optimizer.init(params)
    loss = loss or SigmoidCrossEntropy()
    return Subject(model, loss, params, state, x, y, optimizer, slots, inputs=("x1", "x2"), **more)
