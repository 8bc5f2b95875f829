"""A small recurrent network on sequences of signs: state and gates over time, and how far a gradient reaches back."""

from __future__ import annotations

import numpy as np

from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import Chain, Recurrent
from pellucid.layers import Dense
from pellucid.losses import SequenceLoss, SigmoidCrossEntropy
from pellucid.playground.families.family import Family, Problem, Shown, outputs_and_caches, recipe_of
from pellucid.playground.families.sequences import TASKS, draw_signs
from pellucid.playground.families.settings import RecurrentSettings
from pellucid.train.batch import Batch, Weights
from pellucid.trees import leaves
from pellucid.types import Cache

CELLS = {"rnn": SimpleRNN, "gru": GRU, "lstm": LSTM}
GATES = {"rnn": (), "gru": ("r", "z"), "lstm": ("i", "f", "o")}
"""Gates by their names in the cell's formula; all are between 0, shut, and 1, open."""

TRAINING, TEST = 512, 256


class RecurrentFamily(Family[RecurrentSettings]):
    """A cell that reads a sign at a time, and a dense layer that answers yes or no at every step."""

    def make_problem(self, settings: RecurrentSettings) -> Problem:
        self.cell = CELLS[settings.cell](settings.units)
        self.model = Chain(recurrent=Recurrent(self.cell), dense=Dense(1))
        x = draw_signs(TRAINING + TEST, settings.seed)
        target = TASKS[settings.task](x)[..., None].astype(np.float64)
        return Problem(
            recipe_of(self.model, SequenceLoss(SigmoidCrossEntropy())),
            Batch(x[:TRAINING, :, None], target[:TRAINING]),
            Batch(x[TRAINING:, :, None], target[TRAINING:]),
        )

    def show(self, weights: Weights, settings: RecurrentSettings) -> Shown:
        """One sequence, time first: signs, targets, answers, state and gates, and the gradient's norm."""
        own = settings.sequence
        x = self.problem.test.x[settings.example, :, 0] if own is None else np.array(own, np.float64)
        outputs, caches = outputs_and_caches(self.model, weights, x[None, :, None])
        steps = caches["recurrent"]["steps"]
        arrays = {
            "signs": x,
            "targets": TASKS[settings.task](x[None])[0],
            "answers": self.problem.recipe.loss.predict(outputs["dense"])[0, :, 0],
            "state": outputs["recurrent"][0],
            "gradient": self.gradient_norms(weights, steps),
            **{f"gate:{name}": steps[name][0] for name in GATES[settings.cell]},
            **({"memory": steps["c"][0]} if settings.cell == "lstm" else {}),
        }
        return Shown({"gates": list(GATES[settings.cell])}, arrays)

    def gradient_norms(self, weights: Weights, steps: Cache) -> np.ndarray:
        """Of one sequence, the norm of the gradient of the last pre-activation by what step t hands on: (T,)."""
        params, last = weights.params["recurrent"], weights.params["dense"]["W"].T
        zeros = np.zeros_like(last)
        carry = dict.fromkeys(self.cell.start(params, 1, last.dtype), zeros)
        count = next(leaves(steps)).shape[1]
        norms = [float(np.linalg.norm(last))]
        with np.errstate(all="ignore"):
            for t in range(count - 1, 0, -1):
                cache = {name: array[:, t] for name, array in steps.items()}
                _, carry, _ = self.cell.backward(params, cache, carry, last if t == count - 1 else zeros)
                norms.append(float(np.sqrt(sum((array**2).sum() for array in carry.values()))))
        return np.array(norms[::-1])
