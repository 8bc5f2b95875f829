"""What ``train_population`` gives back: networks that were trained at once, each with its settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.errors import ConfigError, UnknownNameError
from pellucid.train.stopping.monitor import LOWER_IS_BETTER
from pellucid.train.trained import Trained

MEASURED = ("loss", "accuracy", "r2")
"""What members are measured by."""


@dataclass(frozen=True)
class Member:
    """One network of a population: what the sweep said of it, and what became of it (see ``Trained``)."""

    settings: dict[str, Any]
    trained: Trained

    def score(self, monitor: str = "loss") -> float:
        """The ``monitor`` of its best epoch, in validation where there was one, else in training; NaN without one."""
        if not self.trained.best_epoch:
            return float("nan")
        record = self.trained.history.epochs[self.trained.best_epoch - 1]
        measured = record.get("validation", record["train"])
        if monitor not in measured:
            raise UnknownNameError("quantity", monitor, list(measured))
        return float(measured[monitor])

    def __repr__(self) -> str:
        return (
            f"Member({', '.join(f'{name}={value}' for name, value in self.settings.items())}: {self.trained.stopped})"
        )


@dataclass(frozen=True, repr=False)
class Population:
    """What ``train_population`` gives back: its members, in the order of the sweep."""

    members: tuple[Member, ...]
    seconds: float

    def __len__(self) -> int:
        return len(self.members)

    def __getitem__(self, i: int) -> Member:
        return self.members[i]

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members)

    def best(self, monitor: str = "loss") -> Member:
        """The member with the best score (see ``Member.score``): "loss", "accuracy" or "r2".

        Raises UnknownNameError for another quantity, ConfigError where no member came through an epoch.
        """
        if monitor not in MEASURED:
            raise UnknownNameError("quantity", monitor, MEASURED)
        scored = [(member.score(monitor), member) for member in self.members]
        scored = [(score, member) for score, member in scored if not np.isnan(score)]
        if not scored:
            raise ConfigError("no member of the population came through an epoch: lower the learning rates")
        choose = min if LOWER_IS_BETTER[monitor] else max
        return choose(scored, key=lambda pair: pair[0])[1]

    def table(self) -> str:
        """A line a member: its settings, its numbers at its best epoch, and why it ended where not as planned."""
        rows = [_row(member) for member in self.members]
        names = list(dict.fromkeys(name for row in rows for name in row))
        cells = [names, *([row.get(name, "") for name in names] for row in rows)]
        widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
        return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)

    def __repr__(self) -> str:
        return f"Population({len(self)} members, {self.seconds:.1f} s)\n{self.table()}"


def _row(member: Member) -> dict[str, str]:
    trained = member.trained
    row = {name: f"{value:.6g}" if isinstance(value, float) else str(value) for name, value in member.settings.items()}
    row["epochs"] = str(len(trained.history.epochs))
    if trained.best_epoch:
        record = trained.history.epochs[trained.best_epoch - 1]
        for part in ("train", "validation"):
            row |= {f"{part} {name}": f"{value:.4g}" for name, value in record.get(part, {}).items()}
    if trained.stopped != "all epochs done":
        row["stopped"] = trained.stopped
    return row
