"""Live symptoms: functions of a ``Course`` that yield a ``Sign`` for what they see. They name no cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pellucid.diagnosis.live.course import Course
from pellucid.diagnosis.loss_course import LOOKED_BACK, fall_between_halves, rises_of
from pellucid.diagnosis.thresholds import DEAD, EPOCHS, FADED, FAR, SATURATED, STILL, SWING, WORSE


@dataclass(frozen=True)
class Sign:
    """A symptom ``name`` at ``path`` ("" for the whole training), in a sentence, with numbers.

    "warning" where the loss suffers as well, else "note".
    """

    name: str
    said: str
    path: str = ""
    level: Literal["warning", "note"] = "warning"
    numbers: Mapping[str, float] = field(default_factory=dict)


LiveSymptom = Callable[[Course], Iterable[Sign]]

RISES = 0.35
"""The loss of an epoch rises in more than this share of them."""


def divergence(course: Course) -> Iterator[Sign]:
    """The loss is not finite, or far above the first."""
    loss, first = course.last_loss, course.first_loss
    if not np.isfinite(loss) or course.stopped == "diverged":
        yield Sign("divergence", f"the loss is {loss} at step {course.step}", numbers={"step": course.step})
        return
    recent = course.losses(last=1)
    if len(recent) and recent[0] > FAR * abs(first):
        said = f"the loss is {recent[0]:.4g}, {recent[0] / abs(first):.1f} times the first"
        yield Sign("divergence", said, numbers={"loss": recent[0], "first": first})


def oscillation(course: Course) -> Iterator[Sign]:
    """The training loss rises again and again, and not by a little."""
    rises = rises_of(course.losses(last=LOOKED_BACK))
    if rises.share > RISES and rises.mean > SWING * abs(course.first_loss):
        said = f"the loss rose in {rises.rose} of the last {rises.epochs} epochs, by {rises.mean:.3g} on average"
        numbers = {"rises": rises.rose, "epochs": rises.epochs, "by": rises.mean}
        yield Sign("oscillation", said, numbers=numbers)


def no_progress(course: Course) -> Iterator[Sign]:
    """The training loss has not fallen for long, near where it began."""
    losses = course.losses(last=EPOCHS)
    if len(losses) < EPOCHS or not np.isfinite(losses).all() or not 0.8 < losses[-1] / abs(course.first_loss) < 1.5:
        return
    if fall_between_halves(losses) < STILL * abs(losses[-1]):
        said = f"the loss has been near {losses[-1]:.4g} for {EPOCHS} epochs; it began at {course.first_loss:.4g}"
        yield Sign("no progress", said, numbers={"loss": losses[-1], "first": course.first_loss})


def dead_units(course: Course) -> Iterator[Sign]:
    """Units that put out 0 for every example of the sample, in more than half of a layer."""
    for name, share in course.examined.items():
        path, _, kind = name.rpartition("/")
        if kind == "dead" and share > DEAD:
            level: Literal["warning", "note"] = "warning" if course.has_loss_to_win else "note"
            yield Sign(
                "dead units", f"{share:.0%} of {path} put out 0 for every example", path, level, {"share": share}
            )


def saturated_units(course: Course) -> Iterator[Sign]:
    """Most derivatives of a bounded activation are below a hundredth, while there is loss to win."""
    if not course.has_loss_to_win:
        return
    for name, share in course.examined.items():
        path, _, kind = name.rpartition("/")
        rectifies = course.examined.get(f"{path}/dead", 0) > 0 or course.watched.get(f"{path}/out_zero", 0) > 0.05
        if kind == "saturated" and share > SATURATED and not rectifies and not path.startswith("relu"):
            said = f"{share:.0%} of the derivatives of {path} are below a hundredth"
            yield Sign("saturated units", said, path, numbers={"share": share})


def fading_gradients(course: Course) -> Iterator[Sign]:
    """The first layer's gradient over its weights is next to nothing beside the last layer's."""
    if not course.has_loss_to_win:
        return
    sizes = [
        (name.removesuffix("/W/gradient_rms"), size / course.watched[name.replace("gradient_rms", "weight_rms")])
        for name, size in course.watched.items()
        if name.endswith("/W/gradient_rms") and course.watched.get(name.replace("gradient_rms", "weight_rms"), 0) > 0
    ]
    if len(sizes) < 3 or not sizes[-1][1] > 0:
        return
    (path, first), last = sizes[0], sizes[-1][1]
    if first < FADED * last:
        said = f"the gradient of {path}, over its weights, is {first / last:.1g} of the last layer's"
        yield Sign("fading gradients", said, path, numbers={"ratio": first / last})


def overfitting(course: Course) -> Iterator[Sign]:
    """The validation loss has risen well above its lowest, and the training loss goes on falling."""
    losses, train = course.losses("validation"), course.losses()
    if len(losses) < 10 or not np.isfinite(losses).all():
        return
    lowest, recent = float(losses.min()), float(losses[-5:].min())
    if recent > lowest + WORSE * abs(course.first_loss) and train[-1] < train[int(losses.argmin())]:
        said = f"the validation loss is {losses[-1]:.4g}, was {lowest:.4g} at epoch {int(losses.argmin()) + 1}"
        yield Sign("overfitting", said, numbers={"validation": losses[-1], "lowest": lowest})


LIVE_SYMPTOMS: tuple[LiveSymptom, ...] = (
    divergence,
    oscillation,
    no_progress,
    dead_units,
    saturated_units,
    fading_gradients,
    overfitting,
)
"""Those that are looked for unless a ``Watcher`` is given others."""
