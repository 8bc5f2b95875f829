"""Who hears of a training: the recorder, which must not fail, and listeners, which may."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pellucid.errors import describe
from pellucid.train.changes import Change, RefusedRequest
from pellucid.train.events import Ended, Event, Listener, ListenerFailed


class Recorder(Protocol):
    """What keeps a training, such as a run folder: told of every event first, and what it raises ends the training."""

    def record(self, event: Event) -> None:
        """Keep the event."""

    def new_changes(self) -> Sequence[Change | RefusedRequest]:
        """What has been asked of the training since the last call."""


@dataclass
class Listeners:
    """Tells events to the recorder and to every listener."""

    recorder: Recorder | None
    listeners: Sequence[Listener]
    _failed: set[int] = field(default_factory=set)

    def tell(self, event: Event) -> None:
        """Tell all of it. A listener that raises is reported once, by a warning and an event; the others still hear.

        What the recorder raises is raised; of the end listeners hear all the same.
        """
        try:
            if self.recorder is not None:
                self.recorder.record(event)
        except BaseException:
            if isinstance(event, Ended):
                self._tell_listeners(event)
            raise
        self._tell_listeners(event)

    def new_changes(self) -> Sequence[Change | RefusedRequest]:
        """What has been asked of the training since the last call."""
        return () if self.recorder is None else self.recorder.new_changes()

    def _tell_listeners(self, event: Event) -> None:
        for place, listener in enumerate(self.listeners):
            try:
                listener(event)
            except Exception as error:  # whatever a listener does, training goes on
                if place not in self._failed:
                    self._failed.add(place)
                    name = getattr(listener, "__qualname__", type(listener).__qualname__)
                    self.report(f"the listener {name}", error, event.epoch, event.step)

    def report(self, what: str, error: Exception, epoch: int, step: int) -> None:
        """Tell by a warning and an event that something failed that training can do without."""
        why = describe(error) or type(error).__name__
        warnings.warn(f"{what} failed, and training goes on: {why}", RuntimeWarning, stacklevel=2)
        self.tell(ListenerFailed(epoch, step, what, why))
