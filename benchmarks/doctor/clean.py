"""Programs without a fault, plain ones and some that only look wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from sklearn import datasets

from benchmarks.doctor import broken
from benchmarks.doctor.data import as_column, as_rows, curve, diabetes, digits, drawn, of_set, raw_digits, with_labels
from benchmarks.doctor.faults import CROSS, SQUARED, blobs, blobs3, circles, moons, net, sd
from benchmarks.doctor.program import Program
from pellucid.combinators import Chain
from pellucid.initializers import SmallNormal as Normal
from pellucid.layer import Layer, Loss
from pellucid.layers import ELU, BatchNorm, Dense, Dropout, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from pellucid.losses import SigmoidCrossEntropy
from pellucid.optim import Adam, AdamW, Momentum, RMSProp
from pellucid.regularize import L2


def clean(name: str, data: Any, model: Layer, loss: Loss = CROSS, **options: Any) -> Program:
    return Program(name, "clean", data, model, loss, options)


iris, wine, cancer = (of_set(load) for load in (datasets.load_iris, datasets.load_wine, datasets.load_breast_cancer))
noisy_classes = drawn(
    datasets.make_classification, n_samples=800, n_features=10, n_informative=6, flip_y=0.15, class_sep=1.5
)
sine = curve(np.sin, -3, 3, 300, noise=0.1)

CLEAN: tuple[Program, ...] = (
    clean("digits, Adam", digits, net(64, 10)),
    clean("digits, rate .5", digits, net(64, 10), optimizer=sd(0.5)),
    clean("digits, momentum", digits, net(64, 10), optimizer=Momentum(0.05)),
    clean("digits, two tanh layers", digits, net(64, 32, 10, act=Tanh)),
    clean("digits, dropout", digits, Chain(Dense(128), ReLU(), Dropout(0.3), Dense(10)), epochs=30),
    clean("digits, batch norm", digits, Chain(Dense(64), BatchNorm(), ReLU(), Dense(10))),
    clean("digits, L2", digits, net(64, 10), penalty=L2(1e-4)),
    clean("digits, AdamW", digits, net(64, 32, 10), optimizer=AdamW(0.002)),
    clean("digits, RMSProp", digits, net(64, 10), optimizer=RMSProp(0.001)),
    clean("digits, ELU", digits, net(64, 32, 10, act=ELU)),
    clean("digits, leaky", digits, net(64, 32, 10, act=LeakyReLU)),
    clean("digits, linear model", digits, Chain(Dense(10)), epochs=40),
    clean("digits, bottleneck", digits, Chain(Dense(8), Dense(10)), epochs=60),
    clean("digits, half the rows", partial(digits, rows=900), net(64, 10), epochs=30),
    clean("digits raw, Adam", raw_digits, net(64, 10)),
    clean("digits, softmax and squares", as_rows(digits), net(64, 10, last=(Softmax(),)), SQUARED, epochs=30),
    clean("digits, sigmoids by class", as_rows(digits), net(64, 10), SigmoidCrossEntropy(), epochs=30),
    clean("digits, ReLU output, squares", as_rows(digits), net(64, 10, last=(ReLU(),)), SQUARED, epochs=30),
    clean("digits, small start", digits, net(64, 10, weight=Normal(1e-4)), epochs=40),
    clean("digits, 30 % labels drawn anew", with_labels(digits, broken.noisy(0.3)), net(32, 10), epochs=10),
    clean("digits, sigmoid, rate 1", digits, net(64, 10, act=Sigmoid), optimizer=sd(1.0), epochs=30),
    clean("digits, tanh, rate .5", digits, net(64, 10, act=Tanh), optimizer=sd(0.5)),
    clean("digits, clipped squares", as_rows(digits), net(64, 10), SQUARED),
    clean("iris", iris, net(16, 3), epochs=100),
    clean("iris, rate .1", iris, net(16, 3, act=Tanh), optimizer=sd(0.1), epochs=100),
    clean("wine", wine, net(16, 3), epochs=60),
    clean("wine, sigmoid", wine, net(16, 3, act=Sigmoid), epochs=150),
    clean("cancer", cancer, net(16, 2), epochs=40),
    clean("cancer, one output", as_column(cancer), net(16, 1), SigmoidCrossEntropy(), epochs=40),
    clean("cancer, tanh output", as_column(cancer), net(16, 1, last=(Tanh(),)), SigmoidCrossEntropy(), epochs=40),
    clean("cancer, linear", cancer, Chain(Dense(2)), epochs=60),
    clean("moons", moons, net(32, 2), epochs=150),
    clean("moons, tanh", moons, net(16, 16, 2, act=Tanh), optimizer=Adam(0.01), epochs=60),
    clean("circles", circles, net(32, 2), optimizer=Adam(0.01), epochs=80),
    clean("circles, tanh", circles, net(16, 2, act=Tanh), optimizer=Adam(0.02), epochs=100),
    clean("blobs", blobs, net(8, 2), epochs=60),
    clean("three blobs", blobs3, net(16, 3), optimizer=Adam(0.01), epochs=30),
    clean("noisy classes", noisy_classes, net(32, 2), epochs=30),
    clean("noisy classes, linear", drawn(datasets.make_classification, n_samples=800, flip_y=0.15), Chain(Dense(2)),
          epochs=60),
    clean("diabetes", diabetes, net(16, 1), SQUARED, epochs=30),
    clean("diabetes, linear", diabetes, Chain(Dense(1)), SQUARED, optimizer=sd(0.02), epochs=60),
    clean("diabetes, L2", diabetes, net(32, 1, act=Tanh), SQUARED, penalty=L2(1e-2), epochs=40),
    clean("sine", sine, net(32, 32, 1), SQUARED, epochs=150),
    clean("sine, tanh", sine, net(32, 1, act=Tanh), SQUARED, optimizer=Adam(0.02), epochs=200),
    clean("line", curve(lambda x: 2 * x - 1, -1, 1, 200, noise=0.1), Chain(Dense(1)), SQUARED,
          optimizer=sd(0.1), epochs=60),
    clean("parabola", curve(lambda x: x**2, -1.5, 1.5, 300, noise=0.1), net(32, 1), SQUARED,
          optimizer=Adam(0.01), epochs=100),
)  # fmt: skip
