"""Each family learns its task, and its frames say what its network works out."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.envelope import unpack
from pellucid.playground.families.digits import load_digits
from pellucid.playground.families.opened import OpenFamily
from pellucid.playground.families.sequences import TASKS
from pellucid.playground.messages import FamilyMessage
from playing import arrays_of

MAX_SECONDS = 10.0


def told(name, **message):
    return FamilyMessage(type="family", name=name, **message)


def trained(name, steps, **settings):
    family = OpenFamily(name, settings)
    family.do(told(name, do="step", count=steps))
    while family.work(MAX_SECONDS):
        pass
    assert family.training.step == steps
    return family


def frame_of(family):
    header, numbers = unpack(family.frame(1))
    return header, arrays_of(header, numbers)


@pytest.fixture(scope="module")
def convolution():
    return trained("convolution", 120)


@pytest.fixture(scope="module")
def autoencoder():
    return trained("autoencoder", 300)


def test_the_convolutional_network_reads_digits_it_was_not_trained_on(convolution):
    header, arrays = frame_of(convolution)
    assert header["accuracy"]["test"] > 0.8
    assert header["loss"]["test"] < 1.0 < float(arrays["history"][0, 3])
    assert arrays["history"][:, 1].tolist() == list(range(0, 121, 10))
    assert len(load_digits().x) + len(load_digits().test_x) == 1797


def test_a_number_of_a_feature_map_is_its_window_times_the_kernel(convolution):
    _, arrays = frame_of(convolution)
    for k, row, column in [(0, 0, 0), (2, 3, 1), (3, 5, 5)]:
        window = arrays["input"][row : row + 3, column : column + 3]
        by_hand = (window * arrays["kernels"][k]).sum() + arrays["biases"][k]
        assert arrays["sums"][k, row, column] == pytest.approx(by_hand, abs=1e-5)
        assert arrays["maps"][k, row, column] == max(arrays["sums"][k, row, column], 0)
        assert (
            arrays["pooled"][k, row // 2, column // 2]
            == arrays["maps"][k][row // 2 * 2 :, column // 2 * 2 :][:2, :2].max()
        )
    assert arrays["probabilities"].sum() == pytest.approx(1, abs=1e-5)


def test_a_digit_of_ones_own_is_read_in_place_of_an_example(convolution):
    one = np.zeros((8, 8))
    one[:, 3:5] = 1.0
    convolution.do(told("convolution", do="set", settings={"pixels": one.ravel().tolist()}))
    header, arrays = frame_of(convolution)
    assert header["label"] is None
    assert np.array_equal(arrays["input"], one)
    assert arrays["probabilities"].argmax() == 1
    convolution.do(told("convolution", do="set", settings={"pixels": None, "example": 7}))
    header, arrays = frame_of(convolution)
    assert header["label"] == 7
    assert header["step"] == 120
    assert np.array_equal(arrays["input"], arrays["examples"][7])


SEQUENCE = [1, -1, -1, 1, 1, -1, -1, -1, 1, 1]
TARGETS = {
    "first": [1] * 10,
    "echo": [0, 0, 0, 1, 0, 0, 1, 1, 0, 0],
    "parity": [1, 1, 1, 0, 1, 1, 1, 1, 0, 1],
    "brackets": [1, 0, 0, 1, 1, 1, 0, 0, 1, 1],
}


@pytest.mark.parametrize("task", TARGETS)
def test_what_a_task_asks_for(task):
    assert TASKS[task](np.array([SEQUENCE])).astype(int).tolist() == [TARGETS[task]]


@pytest.mark.parametrize(("cell", "gates"), [("rnn", []), ("gru", ["r", "z"]), ("lstm", ["i", "f", "o"])])
def test_each_cell_remembers_the_first_sign(cell, gates):
    family = trained("recurrent", 100, cell=cell, units=3, sequence=SEQUENCE, learning_rate=0.03)
    header, arrays = frame_of(family)
    assert header["accuracy"]["test"] > 0.95
    assert header["gates"] == gates
    assert arrays["targets"].tolist() == TARGETS["first"]
    assert arrays["state"].shape == (10, 3)
    assert (arrays["answers"] > 0.5).all()
    assert all(gate.min() > 0 and gate.max() < 1 for gate in (arrays[f"gate:{name}"] for name in gates))
    assert ("memory" in arrays) == (cell == "lstm")


def test_the_gradients_norm_is_that_of_the_last_answer_by_each_state():
    family = trained("recurrent", 10, cell="rnn", units=3, sequence=SEQUENCE)
    _, arrays = frame_of(family)
    params = family.training.weights.params
    U, out = params["recurrent"]["U"], params["dense"]["W"][:, 0]
    gradient, norms = out, [np.linalg.norm(out)]
    for state in arrays["state"][:0:-1]:
        gradient = (gradient * (1 - state.astype(float) ** 2)) @ U.T
        norms.append(np.linalg.norm(gradient))
    assert arrays["gradient"] == pytest.approx(np.array(norms[::-1]), rel=1e-5)


def test_the_autoencoder_does_better_than_before_and_decodes_where_one_points(autoencoder):
    header, arrays = frame_of(autoencoder)
    first, last = arrays["history"][[0, -1], 3]
    assert last < 0.7 * first
    assert header["errors"]["network"] == pytest.approx(2 * header["loss"]["test"] / 64, rel=1e-6)
    assert 0.04 < header["errors"]["pca"] < 0.06
    assert np.allclose(arrays["code"], arrays["codes"][int(arrays["numbers"][0])])
    place = arrays["codes"][5].tolist()
    autoencoder.do(told("autoencoder", do="set", settings={"code": place, "pca_code": [0.0, 0.0]}))
    _, arrays = frame_of(autoencoder)
    params = autoencoder.training.weights.params
    y, _, _ = autoencoder.family.model.forward(
        params, autoencoder.training.weights.state, autoencoder.family.problem.test.x[5:6]
    )
    assert arrays["decoded"].ravel() == pytest.approx(y[0], abs=1e-5)
    assert np.allclose(arrays["pca_decoded"], load_digits().x.mean(axis=0), atol=1e-6)


@pytest.mark.parametrize("task", ["previous", "reverse", "key"])
def test_attention_learns_where_to_look(task):
    family = trained("attention", 250, task=task, tokens=[3, 1, 4, 1, 5, 2], query=1)
    header, arrays = frame_of(family)
    assert header["accuracy"]["test"] > 0.9
    scores = np.exp(arrays["scores"])
    assert arrays["weights"] == pytest.approx(scores / scores.sum(axis=1, keepdims=True), abs=1e-5)
    seen = arrays["weights"].argmax(axis=1).tolist()
    if task == "reverse":
        assert (header["tokens"], seen) == (["3", "1", "4", "1", "5", "2"], [5, 4, 3, 2, 1, 0])
        assert header["targets"] == [2, 5, 1, 4, 1, 3]
    if task == "previous":
        assert (header["targets"], seen) == ([3, 3, 1, 4, 1, 5], [0, 0, 1, 2, 3, 4])
    if task == "key":
        assert header["tokens"][5] == f"{header['tokens'][1][0]}?"
        assert (header["targets"], header["query"]) == ([3, 1, 4, 1, 5, 1], 1)
        assert seen[5] == 1
    assert arrays["probabilities"].argmax(axis=1).tolist() == header["targets"]


def test_the_same_steps_give_the_same_numbers_however_they_are_cut():
    one, other = trained("attention", 25), OpenFamily("attention", {})
    for count in (1, 7, 17):
        other.do(told("attention", do="step", count=count))
        while other.work(0.0):
            pass
    assert np.array_equal(frame_of(one)[1]["probabilities"], frame_of(other)[1]["probabilities"])
