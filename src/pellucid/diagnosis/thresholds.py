"""Thresholds of symptoms, of a whole network and of what a training recorded: those that are the same of both.

A whole network is compared with the loss of the best constant answer; of a record that is not known, and the first
loss stands in its place. Both are the ``reference`` below. Healthy trainings, 75 of them, have told the numbers.
"""

from __future__ import annotations

TO_WIN = 0.5
"""Above this part of the reference there is loss to win: a network that has learnt is not told what to do."""
FAR = 3.0
"""A loss so many times the reference: healthy trainings stay below it but for single steps."""
SWING = 0.02
"""Epochs in which the loss rises do so by this part of the reference on average: a fitted network trembles by less."""
STILL, EPOCHS = 0.003, 50
"""Between the halves of so many epochs the loss falls by less than this part of itself."""
WORSE = 0.1
"""A test loss is this part of the reference above its own lowest: one that wavers is not."""
DEAD = 0.5
"""Over half of a layer: fewer dead units are seen in 26 of the healthy trainings."""
SATURATED = 0.5
"""Over half of a layer's derivatives are next to 0: in no healthy training."""
FADED = 1e-3
"""The first layer's gradient over its weights, of the last layer's: in no healthy training."""
