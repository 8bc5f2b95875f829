"""What a question is asked of: a session as it was when the question came. Training may go on meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pellucid.errors import ConfigError
from pellucid.playground.data.play_data import PlayData
from pellucid.playground.network import Network
from pellucid.playground.state import PlayState
from pellucid.playground.training import Progress
from pellucid.types import Params


class NetworkScene(NamedTuple):
    """One network: what it is, and where its training is."""

    network: Network
    progress: Progress
    path: tuple[Params, ...] = ()
    """The params as they were in the course of the training, the first ones first: see ``WeightPath``."""


class Scene(NamedTuple):
    """A session: its state, data and networks. All are values that nothing changes."""

    state: PlayState
    data: PlayData
    networks: tuple[NetworkScene, ...]

    def network(self, about: Mapping[str, Any]) -> NetworkScene:
        """The network that a question is about. Raises ConfigError."""
        number = about.get("network", 0)
        if type(number) is not int or not 0 <= number < len(self.networks):
            raise ConfigError(f"there are networks 0 to {len(self.networks) - 1}, not {number!r:.40}")
        return self.networks[number]
