"""EnsembleLoss: what its members share, and what they do not."""

import numpy as np
import pytest

from pellucid import ConfigError, EnsembleLoss, MeanSquaredError, ShapeError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from pellucid.train.metrics import Tally, brier, decide

RNG = np.random.default_rng(0)
Y = RNG.normal(size=(5, 3, 4))  # examples, members, classes
LABELS = np.array([0, 3, 1, 1, 2])


def test_it_is_the_mean_of_what_members_have_alone():
    loss, own = EnsembleLoss(SoftmaxCrossEntropy(label_smoothing=0.1)), SoftmaxCrossEntropy(label_smoothing=0.1)
    alone = [Y[:, m] for m in range(3)]
    assert loss.value(Y, LABELS) == pytest.approx(np.mean([own.value(y, LABELS) for y in alone], axis=0))
    assert loss.predict(Y) == pytest.approx(np.mean([own.predict(y) for y in alone], axis=0))
    gradient = np.stack([own.gradient(y, LABELS) / 3 for y in alone], axis=1)
    assert loss.gradient(Y, LABELS) == pytest.approx(gradient)


def test_the_mean_of_the_probabilities_decides_and_not_that_of_the_outputs():
    y = np.array([[[9.0, 0.0], [0.0, 1.0], [0.0, 1.0]]])
    loss = EnsembleLoss(SoftmaxCrossEntropy())
    assert decide(loss, y) == [loss.predict(y)[0].argmax()] == [0]
    y[0, 0, 0] = 0.5
    assert decide(loss, y) == [1]


def test_its_measures_are_those_of_the_mean_prediction():
    loss = EnsembleLoss(SoftmaxCrossEntropy())
    tally = Tally(loss, classify=True)
    tally.add(Y[:2], LABELS[:2])
    tally.add(Y[2:], LABELS[2:])
    p = loss.predict(Y)
    measured = tally.result()
    assert measured["accuracy"] == np.mean(p.argmax(axis=1) == LABELS)
    assert measured["brier"] == pytest.approx(((p - np.eye(4)[LABELS]) ** 2).sum(axis=1).mean())
    amounts = Tally(EnsembleLoss(MeanSquaredError()), classify=False)
    truth = RNG.normal(size=(5, 4))
    amounts.add(Y, truth)
    error = ((Y.mean(axis=1) - truth) ** 2).sum() / ((truth - truth.mean(axis=0)) ** 2).sum()
    assert amounts.result() == {
        "loss": pytest.approx(((Y - truth[:, None]) ** 2).mean()),
        "r2": pytest.approx(1 - error),
    }


@pytest.mark.parametrize("target", [np.array([0, 1, 1, 0, 1]), np.array([[0], [1], [1], [0], [1]])])
def test_brier_of_one_output_is_that_of_two_classes(target):
    loss, y = EnsembleLoss(SigmoidCrossEntropy()), Y[..., :1]
    p = loss.predict(y)[:, 0]
    assert brier(loss, y, target) == pytest.approx((p - target.reshape(-1)) ** 2)


def test_brier_of_labels_that_answer_for_themselves_is_their_mean():
    loss, target = EnsembleLoss(SigmoidCrossEntropy()), RNG.integers(2, size=(5, 4))
    assert brier(loss, Y, target) == pytest.approx(((loss.predict(Y) - target) ** 2).mean(axis=1))
    assert Tally(loss, classify=True).of_probabilities


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="loss"):
        EnsembleLoss(3)
    with pytest.raises(ShapeError, match="members"):
        EnsembleLoss(SoftmaxCrossEntropy()).value(Y[:, 0], LABELS)
