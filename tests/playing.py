"""What tests of the playground share: states, sessions, and what they say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from pellucid.envelope import unpack
from pellucid.playground.data.play_data import make_data
from pellucid.playground.network import Network, make_network
from pellucid.playground.questions.answering import answer_to
from pellucid.playground.session import Session
from pellucid.playground.state import DataState, LayerState, NetworkState, PlayState
from pellucid.playground.training import Training
from pellucid.trees import flatten

SMALL = DataState(count=40)
"""Twenty training points: epochs of two steps."""


def network_of(data: DataState = SMALL, **fields) -> Network:
    return make_network(NetworkState(**fields), make_data(data))


def trained(epochs: int, data: DataState = SMALL, **fields) -> Training:
    return train_until(Training(network_of(data, **fields)), epochs)


def train_until(training: Training, epochs: int) -> Training:
    while training.progress.epoch < epochs and training.can_go_on:
        training.advance(1000)
    return training


def weights_of(training: Training) -> bytes:
    """All weights to the bit."""
    return b"".join(array.tobytes() for array in flatten(training.progress.weights.params).values())


def layers_of(*units: int, activation: str = "tanh") -> list[LayerState]:
    return [LayerState(units=count, activation=activation) for count in units]


def state_of(*networks: NetworkState, data: DataState = SMALL) -> PlayState:
    return PlayState(data=data, networks=list(networks) or [NetworkState()])


class Played:
    """A session and all that it said; questions are kept."""

    def __init__(self, state: PlayState | None = None) -> None:
        self.heard: list[tuple[dict[str, Any], np.ndarray]] = []
        self.asked: list[Any] = []
        self.session = Session(
            lambda data: self.heard.append(unpack(data)), lambda *question: self.asked.append(question)
        )
        self.session.attach("name", False, ["snapshot"])
        if state is not None:
            self.configure(state)

    def say(self, **message) -> None:
        self.session.handle(json.dumps(message))

    def configure(self, state: PlayState, reset: bool = False) -> None:
        self.say(type="configure", state=state.model_dump(mode="json"), reset=reset)

    def train(self, **step) -> None:
        """So many steps, to their end."""
        self.say(type="step", **step)
        while self.session.work():
            pass

    def ask(self, what: str, **about) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """The header and the arrays of the answer, or of the error that comes in its place."""
        self.say(type="ask", id=7, what=what, about=about)
        header, numbers = unpack(answer_to(*self.asked[-1]))
        assert header["id"] == 7
        return header, arrays_of(header, numbers)

    def frame(self) -> dict[str, Any]:
        """The header of a frame that has what there is now."""
        return self.frame_with_arrays()[0]

    def frame_with_arrays(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        header, arrays = self.told_now()
        assert header["type"] == "frame"
        return header, arrays

    def told_now(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """The frame that has what there is now, be it of the networks or of a family."""
        self.say(type="drawn", frame=2**30)
        self.session._changed = True
        self.tell()
        header, numbers = self.heard[-1]
        return header, arrays_of(header, numbers)

    def tell(self) -> None:
        """Have the session tell what is new, however short ago it told the last."""
        self.session._shown = float("-inf")
        self.session.tell()

    def params(self, network: int = 0) -> bytes:
        return weights_of(self.session.trainings[network])

    @property
    def epochs(self) -> list[int]:
        return [training.progress.epoch for training in self.session.trainings]

    @property
    def errors(self) -> list[str]:
        return [header["error"] for header, _ in self.heard if header["type"] == "error"]


def arrays_of(header: dict[str, Any], numbers: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of the first network, by name."""
    found, start = {}, 0
    for array in header.get("arrays", []):
        size = int(np.prod(array["shape"]))
        if array.get("network", 0) == 0:
            found[array["name"]] = numbers[start : start + size].reshape(array["shape"])
        start += size
    assert start == len(numbers)
    return found
