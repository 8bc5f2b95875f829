"""Live symptoms, each with a course that shows it and one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.diagnosis.live import symptoms
from pellucid.diagnosis.live.course import Course


def course(losses, validation=None, **more):
    records = [{"train": {"loss": loss}} for loss in losses]
    for record, loss in zip(records, validation or (), strict=False):
        record["validation"] = {"loss": loss}
    more = {"first_loss": float(losses[0]), "last_loss": float(losses[-1]), **more}
    return Course(epoch=len(losses), step=10 * len(losses), records=records, **more)


FALLING = list(np.linspace(2.0, 0.1, 60))


@pytest.mark.parametrize(
    ("symptom", "shown"),
    [
        (symptoms.divergence, course([1.0, 5.0])),
        (symptoms.divergence, course([1.0, float("nan")])),
        (symptoms.oscillation, course([1.0, 1.5] * 10)),
        (symptoms.no_progress, course([1.0] * 60)),
        (symptoms.dead_units, course([1.0, 0.9], examined={"relu_1/dead": 0.8})),
        (symptoms.saturated_units, course([1.0, 0.9], examined={"tanh_1/saturated": 0.9})),
        (
            symptoms.fading_gradients,
            course(
                [1.0, 0.9],
                watched={
                    f"dense_{i}/W/{name}": value
                    for i, size in ((1, 1e-6), (2, 1e-3), (3, 1.0))
                    for name, value in (("gradient_rms", size), ("weight_rms", 1.0))
                },
            ),
        ),
        (symptoms.overfitting, course(FALLING, list(np.linspace(1.0, 3.0, 60)))),
    ],
)
def test_it_is_seen_once_and_not_in_a_training_that_goes_well(symptom, shown):
    assert len(list(symptom(shown))) == 1
    assert list(symptom(course(FALLING, FALLING, examined={"relu_1/dead": 0.1, "tanh_1/saturated": 0.9}))) == []


def test_dead_units_of_a_network_that_has_learnt_are_a_note():
    (sign,) = symptoms.dead_units(course([1.0, 0.1], examined={"relu_1/dead": 0.8}))
    assert (sign.level, sign.path) == ("note", "relu_1")


def test_relus_that_are_silent_for_single_examples_are_not_saturated():
    shown = course([1.0, 0.9], examined={"relu_1/saturated": 0.6, "relu_1/dead": 0.0})
    assert list(symptoms.saturated_units(shown)) == []
