"""Training: the same numbers however it is cut up, and what stops it."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.playground.data.play_data import make_data
from pellucid.playground.history import MOST_ROWS, History
from pellucid.playground.keys import order_of_epoch
from pellucid.playground.measure import Measure, Parts, measure
from pellucid.playground.network import make_network
from pellucid.playground.state import DataState, NetworkState
from pellucid.playground.training import Training, next_batch
from pellucid.playground.weight_path import MOST_PLACES, WeightPath
from pellucid.trees import flatten
from playing import SMALL, layers_of, network_of, trained, weights_of


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"dropout": 0.3, "input_noise": 0.1, "weight_noise": 0.1},
        {"optimizer": "adam", "schedule": "cosine", "penalty": "l1", "penalty_rate": 0.01, "clip_norm": 0.5},
    ],
    ids=["plain", "random", "adam"],
)
def test_the_numbers_do_not_hang_on_how_steps_are_cut_up(fields):
    whole = trained(6, batch_size=3, **fields)
    cut = Training(network_of(batch_size=3, **fields))
    steps = iter([1, 2, 4, 1, 7, 3] * 20)
    while cut.progress.epoch < 6:
        cut.advance(next(steps))
    assert weights_of(cut) == weights_of(whole)
    assert cut.progress.step == whole.progress.step == 6 * 7
    assert cut.history.rows == whole.history.rows


def test_batches_are_shuffled_every_epoch_and_the_last_one_is_a_step_of_its_own():
    orders = [order_of_epoch(20, 5, epoch) for epoch in range(3)]
    assert all(sorted(order) == list(range(20)) for order in orders)
    assert len({order.tobytes() for order in orders}) == 3
    training = Training(network_of(batch_size=8))
    sizes = []
    for _ in range(6):
        sizes.append(len(next_batch(training.network, training.progress).x))
        training.advance(1)
    assert sizes == [8, 8, 4] * 2
    assert training.progress.epoch == 2


def test_it_learns_the_circle_as_tensorflow_playground_does():
    """Its defaults: 2-4-2-1 tanh, squared error, rate 0.03; after 100 epochs its loss is about 0.018."""
    training = trained(100, DataState(), loss="squared", initializer="uniform")
    assert training.measured.loss.train < 0.02
    assert training.measured.accuracy.test > 0.97


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw",
                                       "adamax", "lion"])  # fmt: skip
def test_every_update_rule_makes_the_loss_smaller(optimizer):
    training = trained(30, optimizer=optimizer, learning_rate=1.0 if optimizer == "adadelta" else 0.01)
    assert training.measured.loss.train < training.history.rows[0][2]


def test_l1_lets_a_weight_come_back_from_nothing():
    training = Training(network_of(penalty="l1", penalty_rate=0.001))
    training.edit("dense_2/W", (0, 0), 0.0)
    for _ in range(5):
        training.advance(1000)
    assert flatten(training.progress.weights.params)["dense_2/W"][0, 0] != 0


def test_an_edit_changes_one_number_and_the_losses():
    training = trained(2)
    before = training.measured.loss.train
    arrays = flatten(training.progress.weights.params)
    training.edit("dense_1/W", (0, 1), 2.5)
    after = flatten(training.progress.weights.params)
    assert after["dense_1/W"][0, 1] == 2.5
    assert arrays["dense_1/W"][0, 1] != 2.5
    assert (after["dense_1/W"] != arrays["dense_1/W"]).sum() == 1
    assert training.measured.loss.train != before
    assert len(training.history.rows) == 3


def test_gradients_are_those_of_the_last_step():
    training = Training(network_of(batch_size=5, learning_rate=0.1))
    assert training.gradients() == {}
    for steps in (3, 1):
        training.advance(steps - 1) if steps > 1 else None
        before = flatten(training.progress.weights.params)
        training.advance(1)
        after = flatten(training.progress.weights.params)
        for path, gradient in training.gradients().items():
            assert after[path] == pytest.approx(before[path] - 0.1 * gradient, abs=1e-15)
    together = Training(network_of(batch_size=5, learning_rate=0.1))
    together.advance(4)
    assert together.progress.epoch == 1
    for path, gradient in together.gradients().items():
        assert gradient.tobytes() == training.gradients()[path].tobytes()


def test_divergence_says_where_and_keeps_the_last_good_weights():
    data = DataState(problem="regression", name="plane", count=40)
    training = trained(200, data, learning_rate=50.0, loss="squared", layers=layers_of(4, activation="relu"))
    assert training.status == "diverged"
    assert training.note.startswith("step ")
    assert " is infinite" in training.note or " is NaN" in training.note
    assert all(np.isfinite(array).all() for array in flatten(training.progress.weights.params).values())
    step = training.progress.step
    assert training.note.startswith(f"step {step + 1} ")
    training.allow()
    training.advance(1)
    assert training.status == "diverged"
    assert training.progress.step == step


def test_it_stops_early_with_the_best_weights_back():
    training = trained(
        400, DataState(count=40, noise=40), layers=layers_of(8, 8), optimizer="adam", learning_rate=0.05, patience=10
    )
    assert training.status == "stopped"
    losses = {row[0]: row[3] for row in training.history.rows if row[0]}
    best = min(losses, key=losses.get)
    assert f"lowest in epoch {best}," in training.note
    assert training.progress.epoch == best + 10
    assert training.measured.loss.test == losses[best]


def test_without_test_points_it_never_stops_early():
    points = [{"x": [float(i), 1.0], "y": i % 2} for i in range(6)]
    data = DataState.model_validate({"name": "own", "points": points})
    training = trained(5, data, patience=1)
    assert training.status == "ready"
    assert np.isnan(training.measured.loss.test)


def test_confusion_and_accuracy_agree():
    training = trained(20, DataState(name="blobs", classes=3, count=60))
    found = measure(training.network, training.progress.weights)
    labels = training.network.labels
    right = found.decided == labels
    assert found.accuracy == Parts(right[:30].mean(), right[30:].mean())


def test_a_new_learning_rate_goes_on_from_the_weights_there_are():
    training = trained(3, optimizer="momentum")
    before = training.progress
    training.adopt(make_network(NetworkState(optimizer="momentum", learning_rate=0.1, dropout=0.1), make_data(SMALL)))
    assert weights_of(training) == b"".join(array.tobytes() for array in flatten(before.weights.params).values())
    assert any(slot.any() for slot in flatten(training.progress.weights.slots).values())
    training.adopt(make_network(NetworkState(optimizer="adam"), make_data(SMALL)))
    assert not any(slot.any() for slot in flatten(training.progress.weights.slots).values())
    training.advance(1000)
    assert training.progress.epoch == 4


def test_histories_and_paths_stay_small():
    history, found = History(), Measure(Parts(1.0, 2.0), None, None)
    for epoch in range(MOST_ROWS + 1):
        history.add(epoch, epoch, found)
    first, rows = history.take_unsent()
    assert first == 0
    assert len(rows) == MOST_ROWS // 2 + 1
    history.add(MOST_ROWS + 1, 0, found)
    assert history.take_unsent()[0] == MOST_ROWS // 2 + 1
    path = WeightPath({"W": np.zeros(2)})
    for epoch in range(1, 3000):
        path.add({"W": np.full(2, float(epoch))})
    epochs = [place["W"][0] for place in path.places]
    assert len(epochs) <= MOST_PLACES
    assert len(set(np.diff(epochs))) == 1
