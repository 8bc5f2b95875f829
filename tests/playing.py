"""What tests of the playground share: states, sessions, and what they say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from pellucid.envelope import unpack
from pellucid.playground.data.play_data import make_data
from pellucid.playground.network import Network, make_network
from pellucid.playground.session import Session
from pellucid.playground.state import DataState, LayerState, NetworkState, PlayState
from pellucid.playground.training import Training

SMALL = DataState(count=40)
"""Twenty training points: epochs of two steps."""


def network_of(data: DataState = SMALL, **fields) -> Network:
    return make_network(NetworkState(**fields), make_data(data))


def trained(epochs: int, data: DataState = SMALL, **fields) -> Training:
    training = Training(network_of(data, **fields))
    while training.progress.epoch < epochs and training.can_go_on:
        training.advance(1000)
    return training


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

    def frame(self) -> dict[str, Any]:
        """The header of a frame that has what there is now."""
        return self.frame_with_arrays()[0]

    def frame_with_arrays(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        self.say(type="drawn", frame=2**30)
        self.session._shown, self.session._changed = float("-inf"), True
        self.session.tell()
        header, numbers = self.heard[-1]
        assert header["type"] == "frame"
        return header, arrays_of(header, numbers)

    @property
    def errors(self) -> list[str]:
        return [header["error"] for header, _ in self.heard if header["type"] == "error"]


def arrays_of(header: dict[str, Any], numbers: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of the first network, by name."""
    found, start = {}, 0
    for array in header["arrays"]:
        size = int(np.prod(array["shape"]))
        if array.get("network", 0) == 0:
            found[array["name"]] = numbers[start : start + size].reshape(array["shape"])
        start += size
    assert start == len(numbers)
    return found
