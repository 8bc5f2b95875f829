"""The changes of a training as lines for a terminal."""

from __future__ import annotations

from pellucid.train.events import (
    ChangeRefused,
    Continued,
    EpochsChanged,
    Event,
    Noted,
    Paused,
    RateChanged,
    StopDecided,
    Tagged,
)


def change_line(event: Event) -> str | None:
    """What the event changes, in one line; None for one that changes nothing."""
    match event:
        case RateChanged():
            what = f"learning rate {event.before:.4g} -> {event.after:.4g} ({event.reason})"
        case EpochsChanged():
            what = f"epochs {event.before} -> {event.after} ({event.reason})"
        case Paused():
            what = "paused"
        case Continued():
            what = "continued"
        case Noted():
            what = f"note: {event.text}"
        case Tagged():
            what = f"tag: {event.text}"
        case StopDecided():
            what = event.reason
        case ChangeRefused():
            what = f"refused: {event.error}"
        case _:
            return None
    line = f"after step {event.step}: {' '.join(what.split())}"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)  # no commands to a terminal
