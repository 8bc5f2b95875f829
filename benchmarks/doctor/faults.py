"""Programs with a fault."""

from __future__ import annotations

from functools import partial
from typing import Any

from sklearn import datasets

from benchmarks.doctor import broken
from benchmarks.doctor.data import (
    as_column,
    as_rows,
    correlated,
    curve,
    diabetes,
    digits,
    drawn,
    of_set,
    several_labels,
    with_labels,
    xor,
)
from benchmarks.doctor.program import Program
from pellucid.combinators import Chain
from pellucid.initializers import Constant, He, Zeros
from pellucid.initializers import SmallNormal as Normal
from pellucid.layer import Layer, Loss
from pellucid.layers import ELU, Dense, ReLU, Sigmoid, Softmax, Tanh
from pellucid.losses import MeanAbsoluteError, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from pellucid.optim import Adam, GradientDescent, Momentum, RMSProp

SQUARED, CROSS = MeanSquaredError(), SoftmaxCrossEntropy()
HIGH = ("rate too high", "exploding gradients", "optimizer")
LOW = ("rate too low", "too few steps", "optimizer")
START = ("initialisation", "units that stay alike")
DEPTH = ("hidden activation", "too deep", "initialisation")
INPUTS = ("inputs not scaled", "inputs correlated")
OUTPUT = ("output does not fit its loss", "targets out of reach")
OVER = ("overfitting",)


def net(*units: int, act: type[Layer] = ReLU, last: tuple[Layer, ...] = (), **dense: Any) -> Chain:
    """Dense layers with an activation between them, and what comes behind the last."""
    hidden = [layer for count in units[:-1] for layer in (Dense(count, **dense), act())]
    return Chain(*hidden, Dense(units[-1], **dense), *last)


def fault(name: str, family: str, data: Any, model: Layer, loss: Loss, accepts: Any, cured: Any, **options: Any) -> Any:
    return Program(name, family, data, model, loss, options, tuple(accepts), cured)


blobs = drawn(datasets.make_blobs, n_samples=400, centers=2, cluster_std=1.0)
blobs3 = drawn(datasets.make_blobs, n_samples=1000, centers=3, cluster_std=2.0)
circles = drawn(datasets.make_circles, n_samples=400, noise=0.08, factor=0.5)
moons = drawn(datasets.make_moons, n_samples=400, noise=0.15)
wine, cancer = of_set(datasets.load_wine, scale=False), of_set(datasets.load_breast_cancer, scale=False)
parabola = curve(lambda x: 5 * x**2, -2, 2, 50, noise=0.5)
sd = GradientDescent

FAULTS: tuple[Program, ...] = (
    fault("parabola, rate .1", "rate too high", parabola, net(50, 30, 1), SQUARED, (*HIGH, "targets not scaled"),
          {"optimizer": sd(0.003)}, optimizer=sd(0.1), epochs=150),
    fault("digits, rate 5", "rate too high", digits, net(32, 10), CROSS, HIGH, {"optimizer": sd(0.1)},
          optimizer=sd(5.0)),
    fault("digits, Adam 1", "rate too high", digits, net(32, 10), CROSS, HIGH, {"optimizer": Adam()},
          optimizer=Adam(1.0)),
    fault("diabetes, Adam .1", "rate too high", diabetes, net(64, 64, 1), SQUARED, (*HIGH, *OVER),
          {"optimizer": Adam(1e-3)}, optimizer=Adam(0.1), epochs=30),
    fault("digits, momentum 2", "rate too high", digits, net(32, 10), CROSS, HIGH, {"optimizer": Momentum(0.05)},
          optimizer=Momentum(2.0)),
    fault("line, RMSProp .001", "rate too low", curve(lambda x: 5 * x, 1, 2, 100), net(1), SQUARED,
          (*LOW, "targets not scaled", "inputs not scaled"), {"optimizer": RMSProp(0.1)},
          optimizer=RMSProp(0.001), epochs=20),
    fault("blobs, 5 epochs", "rate too low", blobs, net(2, 2, act=Sigmoid), CROSS,
          (*LOW, "too few units", *INPUTS, *DEPTH),
          {"epochs": 100, "optimizer": Adam(0.02)}, epochs=5),
    fault("xor, rate .05", "rate too low", xor, net(4, 1, act=Sigmoid, last=(Sigmoid(),)), MeanAbsoluteError(),
          (*LOW, *OUTPUT, "hidden activation", "too few units", "initialisation"),
          {"model": net(16, 1, act=Tanh), "loss": SigmoidCrossEntropy(), "optimizer": Adam(0.02)},
          optimizer=sd(0.05), epochs=60),
    fault("digits, rate 1e-4", "rate too low", digits, net(32, 10), CROSS, LOW, {"optimizer": sd(0.1)},
          optimizer=sd(1e-4)),
    fault("digits, Adam 1e-6", "rate too low", digits, net(32, 10), CROSS, LOW, {"optimizer": Adam()},
          optimizer=Adam(1e-6)),
    fault("digits, linear, N(0, 1), rate 3", "divergence", as_rows(digits),
          Chain(Dense(30, weight=Normal(1.0)), Dense(10, weight=Normal(1.0))), SQUARED,
          (*HIGH, *START, *DEPTH, *OUTPUT),
          {"model": net(30, 10), "optimizer": sd(0.1)}, optimizer=sd(3.0)),
    fault("blobs, exponentials", "divergence", blobs3, net(8, 8, 8, 8, 8, 3, act=broken.Exponential), CROSS,
          (*HIGH, *DEPTH, "inputs not scaled"), {"model": net(8, 8, 3)}),
    fault("digits, 20 ReLU layers", "dead ReLU", digits, net(*[16] * 20, 10), CROSS, (*DEPTH, "too few units"),
          {"model": net(16, 16, 10)}),
    fault("diabetes, raw target", "dead ReLU", partial(diabetes, scale_targets=False), net(32, 32, 1), SQUARED,
          (*HIGH, "targets not scaled"), {"data": diabetes, "optimizer": sd(0.01)}, optimizer=sd(0.1), epochs=40),
    fault("digits, 8 sigmoid layers", "vanishing", digits, net(*[16] * 8, 10, act=Sigmoid), CROSS, DEPTH,
          {"model": net(16, 16, 10)}),
    fault("blobs, 10 sigmoid layers", "vanishing", blobs3, net(*[5] * 10, 3, act=Sigmoid), CROSS,
          (*DEPTH, "too few units"), {"model": net(16, 3)}),
    fault("digits, 6 tanh layers, tiny start", "vanishing", digits,
          net(*[16] * 6, 10, act=Tanh, weight=Normal(0.01)), CROSS,
          DEPTH, {"model": net(16, 16, 10)}, epochs=8),
    fault("digits, N(0, 1)", "exploding start", digits, net(64, 64, 10, weight=Normal(1.0)), CROSS, (*START, *HIGH),
          {"model": net(64, 64, 10)}, optimizer=sd(0.05)),
    fault("digits, 20 layers He, Adam .01", "exploding start", digits, net(*[16] * 20, 10, weight=He()), CROSS,
          (*DEPTH, *HIGH, "too few units"), {"model": net(16, 16, 10), "optimizer": Adam()}, optimizer=Adam(0.01)),
    fault("digits, N(0, 3), tanh", "exploding start", digits, net(64, 64, 10, act=Tanh, weight=Normal(3.0)), CROSS,
          (*START, "hidden activation"), {"model": net(64, 64, 10, act=Tanh)}),
    fault("digits, zeros", "symmetry", digits, net(32, 10, weight=Zeros()), CROSS, START, {"model": net(32, 10)}),
    fault("digits, ones", "symmetry", digits, net(32, 10, weight=Constant(1.0)), CROSS, START, {"model": net(32, 10)}),
    fault("moons, alike", "symmetry", moons, net(16, 2, act=Tanh, weight=Constant(0.1)), CROSS, START,
          {"model": net(16, 2, act=Tanh)}, epochs=100),
    fault("fourth power", "inputs not scaled", curve(lambda x: x**4, -100, 100, 400),
          Chain(Dense(50), Sigmoid(), Dense(50), ELU(), Dense(1)), SQUARED, ("targets not scaled", *INPUTS),
          {"data": curve(lambda x: 3 * x**4, -1, 1, 400)}, epochs=100),
    fault("wine, raw, tanh", "inputs not scaled", wine, net(16, 3, act=Tanh), CROSS, (*INPUTS, "hidden activation"),
          {"data": of_set(datasets.load_wine)}, epochs=60),
    fault("cancer, raw, rate .01", "inputs not scaled", cancer, net(16, 2), CROSS, (*INPUTS, *HIGH),
          {"data": of_set(datasets.load_breast_cancer)}, optimizer=sd(0.01)),
    fault("blobs x 100, tanh", "inputs not scaled",
          drawn(datasets.make_blobs, 100.0, n_samples=1000, centers=3, cluster_std=2.0),
          net(8, 3, act=Tanh), CROSS, (*INPUTS, "hidden activation", *START), {"data": blobs3}),
    fault("digits x 100, tanh", "inputs not scaled", partial(digits, factor=100.0), net(32, 10, act=Tanh), CROSS,
          (*INPUTS, "hidden activation", *START), {"data": digits}),
    fault("near duplicates", "inputs correlated", correlated, net(1), SQUARED, (*INPUTS, *LOW),
          {"optimizer": Adam(0.05), "epochs": 200}, optimizer=sd(0.05), epochs=30),
    fault("sigmoid cannot reach", "output", curve(lambda x: x**2 + 3, -1, 1, 200),
          net(5, 1, act=Sigmoid, last=(Sigmoid(),)), SQUARED, OUTPUT, {"model": net(16, 1, act=Tanh)}, epochs=100),
    fault("softmax over one unit", "output", as_column(blobs), net(8, 8, 1, last=(Softmax(),)), SQUARED,
          ("softmax over one unit", *OUTPUT), {"model": net(8, 8, 1)}),
    fault("softmax, several labels", "output", several_labels, net(32, 5, last=(Softmax(),)), SQUARED,
          OUTPUT, {"model": net(32, 5), "loss": SigmoidCrossEntropy()}, epochs=40),
    fault("ReLU output, cross-entropy", "output", digits, net(32, 10, last=(ReLU(),)), CROSS, OUTPUT,
          {"model": net(32, 10)}, optimizer=sd(0.1)),
    fault("linear output to probabilities", "output", digits, net(32, 10), broken.ProbabilityCrossEntropy(), OUTPUT,
          {"loss": CROSS}),
    fault("ReLU output, negative targets", "output", diabetes, net(32, 1, last=(ReLU(),)), SQUARED, OUTPUT,
          {"model": net(32, 1)}),
    fault("diabetes, sigmoid output", "output", partial(diabetes, scale_targets=False), net(32, 1, last=(Sigmoid(),)),
          SQUARED, (*OUTPUT, "targets not scaled"), {"model": net(32, 1), "data": diabetes}, epochs=40),
    fault("softmax twice", "output", digits, net(32, 10, last=(Softmax(),)), CROSS,
          ("probabilities to a loss on logits", *OUTPUT), {"model": net(32, 10)}, epochs=5),
    fault("diabetes, 256-256", "fitting", diabetes, net(256, 256, 1), SQUARED, (*OVER, "too few units"),
          {"epochs": 8}, epochs=150),
    fault("digits, 1 unit", "fitting", digits, net(1, 10), CROSS, ("too few units",), {"model": net(32, 10)}),
    fault("digits, 100 rows", "fitting", partial(digits, rows=100), net(512, 512, 10), CROSS, OVER,
          {"data": digits}, epochs=60),
    fault("softmax hidden", "fitting", digits, net(32, 32, 10, act=Softmax), CROSS, ("hidden activation", *LOW),
          {"model": net(32, 32, 10)}, epochs=15),
    fault("digits, labels / 255", "labels", as_column(digits, 1 / 255), net(32, 1, last=(Sigmoid(),)), SQUARED,
          ("targets not scaled", *OUTPUT, "labels"), {"data": as_column(digits, 1 / 9), "model": net(32, 1)}),
    fault("digits, shuffled", "labels", with_labels(digits, broken.shuffled), net(32, 10), CROSS,
          ("labels do not follow from inputs", "labels", "labels of the parts disagree"), {"data": digits}),
    fault("digits, 3 and 8 swapped", "labels", with_labels(digits, broken.swapped), net(32, 10), CROSS,
          ("labels of the parts disagree", "labels"), {"data": digits}, epochs=40),
    fault("circles, linear", "no non-linearity", circles, Chain(Dense(16), Dense(16), Dense(2)), CROSS,
          ("no non-linearity", "hidden activation"), {"model": net(16, 16, 2)}, epochs=60),
    fault("moons, linear", "no non-linearity", moons, Chain(Dense(16), Dense(2)), CROSS,
          ("no non-linearity", "hidden activation"), {"model": net(16, 2)}, epochs=100),
    fault("diabetes, summed loss", "code", diabetes, net(32, 1), broken.SummedSquaredError(),
          ("loss mixes examples", "wrong gradients"), {"loss": SQUARED}, optimizer=sd(0.05)),
    fault("digits, summed loss", "code", digits, net(32, 10), broken.SummedCrossEntropy(),
          ("loss mixes examples", "wrong gradients"), {"loss": CROSS}, optimizer=sd(0.1)),
    fault("wrong sign", "code", digits, Chain(broken.WrongSign(32), ReLU(), Dense(10)), CROSS, ("wrong gradients",),
          {"model": net(32, 10)}, optimizer=sd(0.1)),
    fault("delta doubled", "code", digits, Chain(Dense(32), ReLU(), broken.NotTransposed(32), ReLU(), Dense(10)), CROSS,
          ("wrong gradients",), {"model": net(32, 32, 10)}, optimizer=sd(0.2)),
    fault("broadcast", "code", diabetes, net(32, 1), broken.BroadcastSquaredError(), ("loss mixes examples",),
          {"loss": SQUARED}),
    fault("softmax over examples", "code", as_rows(digits), net(32, 10, last=(broken.SoftmaxOverExamples(),)), SQUARED,
          ("network mixes examples", *OUTPUT), {"model": net(32, 10, last=(Softmax(),))}),
    fault("data not used", "code", digits, Chain(broken.Zeroed(), *net(32, 10).layers), CROSS, ("data not used",),
          {"model": net(32, 10)}),
)  # fmt: skip
"""Each with the findings that name it, or a fault with the same cure."""
