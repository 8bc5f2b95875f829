"""What may change while a training runs: planned before it, or asked for on the way, which comes to the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pellucid import validate
from pellucid.errors import ConfigError, UnknownNameError

LARGEST_RATE = 1e4
"""No training comes through a step with more, and each time it goes on the change is made again."""

LONGEST_TEXT = 10_000
"""Characters of a note at most."""


@dataclass(frozen=True)
class Change:
    """A change of a training: ``Change("learning_rate", 0.01, step=500)``.

    ``command`` is one of
    - "learning_rate": from the next step on the rate is ``value``, 10,000 at most, and its schedule goes on in
      proportion;
    - "epochs": the training lasts for ``value`` epochs in all;
    - "stop": it ends at once, with the weights of the last whole epoch (or the best ones);
    - "pause" and "continue";
    - "note" and "tag": ``value`` is a text to keep with the run.

    It is made after so many steps (``step``), counted over the whole training; None: at once. ``request`` identifies
    what was asked for, so that it is done once; ``reason`` says where the change comes from: "planned" or "asked".
    """

    command: str
    value: float | str | None = None
    step: int | None = None
    request: str | None = None
    reason: str = "planned"

    def __post_init__(self) -> None:
        if self.command not in COMMANDS:
            raise UnknownNameError("command", self.command, list(COMMANDS))
        if self.step is not None:
            validate.non_negative_int("Change", "step", self.step)
        COMMANDS[self.command](self.command, self.value)


@dataclass(frozen=True)
class RefusedRequest:
    """What was asked and cannot be: ``error`` says why."""

    error: str
    request: str | None = None


def _no_value(command: str, value: object) -> None:
    if value is not None:
        raise ConfigError(f"{command} takes no value: leave out {value!r}")


def _text(command: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise ConfigError(f"{command} takes a text of at most {LONGEST_TEXT:,} characters, not {str(value)[:40]!r}")


def _rate(command: str, value: object) -> None:
    validate.positive("Change", command, value)
    if isinstance(value, (int, float)) and value > LARGEST_RATE:
        raise ConfigError(f"{command} of a training that runs is at most {LARGEST_RATE:g}, not {value:g}")


def _epochs(command: str, value: object) -> None:
    validate.positive_int("Change", command, value)


COMMANDS = {
    "stop": _no_value,
    "pause": _no_value,
    "continue": _no_value,
    "learning_rate": _rate,
    "epochs": _epochs,
    "note": _text,
    "tag": _text,
}
"""Every command, with the check of its value."""

REMARKS = ("note", "tag")
"""Commands that change nothing: they may be given to a training that is over too."""


@dataclass
class PlannedChanges:
    """The changes that are still to come, in the order of their steps."""

    _waiting: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, changes: Iterable[Change], done: int) -> PlannedChanges:
        """Those of ``changes`` that are not made yet after so many steps."""
        given = [replace(change, step=done) if change.step is None else change for change in changes]
        later = [change for change in given if change.step is not None and change.step >= done]
        return cls(sorted(later, key=lambda change: change.step or 0))

    @property
    def next_step(self) -> float:
        """After how many steps the next one is due; infinity without any."""
        step = self._waiting[0].step if self._waiting else None
        return float("inf") if step is None else step

    @property
    def waiting(self) -> tuple[Change, ...]:
        """Those that are not made yet."""
        return tuple(self._waiting)

    def due(self, done: int) -> list[Change]:
        """Those due after so many steps, which are then no longer waiting."""
        due = [change for change in self._waiting if (change.step or 0) <= done]
        self._waiting = self._waiting[len(due) :]
        return due
