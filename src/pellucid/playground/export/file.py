"""What an export is: files, and what they are made from."""

from __future__ import annotations

from typing import NamedTuple

from pellucid.playground.data.play_data import PlayData
from pellucid.playground.network import Network
from pellucid.playground.state import PlayState
from pellucid.playground.training import Progress


class File(NamedTuple):
    """A file's name and its text."""

    name: str
    text: str


class Exported(NamedTuple):
    """The network that is exported, where its training is, and its data."""

    state: PlayState
    data: PlayData
    network: Network
    progress: Progress

    @property
    def features(self) -> tuple[str, ...]:
        """The names of what goes into the network before preparation."""
        columns = self.data.columns
        return tuple(self.network.state.features) if len(columns) == 2 else columns

    @property
    def epochs(self) -> int:
        """For how many epochs to train: as many as it was, or a hundred."""
        return self.progress.epoch or 100


def variable(name: str) -> str:
    """The Python expression of a feature of ``x1`` and ``x2``: ``x1^2`` is ``x1**2``."""
    return name.replace("x1x2", "x1 * x2").replace("^", "**").replace("sin", "np.sin")


def feature_lines(exported: Exported, x: str = "x") -> list[str]:
    """Lines of Python that make features of the inputs ``x`` (N, D); none where they go in as they are."""
    if len(exported.data.columns) != 2 or exported.network.state.features == ["x1", "x2"]:
        return []
    columns = ", ".join(map(variable, exported.network.state.features))
    return [f"x1, x2 = {x}[:, 0], {x}[:, 1]", f"{x} = np.stack([{columns}], axis=1)"]
