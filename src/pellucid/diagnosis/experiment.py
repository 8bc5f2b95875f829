"""The proof of a cause: the same training with one change, same seeds, on validation."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Arm, Experiment
from pellucid.diagnosis.trial import Trial

SIGNIFICANT = 0.05
"""The largest p of a difference that counts."""
EFFECT = 0.5
"""The least effect, in deviations of the paired differences (Cohen's d)."""
WORTH = 0.05
"""What a cure must win of all there is to win, the error of a constant answer: less is no fault, but tuning."""
RELATIVE = 0.2
"""And of the error that there is: a fifth."""


def compare(before: Sequence[Trial], after: Sequence[Trial], name: str, classify: bool) -> Experiment:
    """The two arms side by side; scores are one less the relative error (see ``relative_error``)."""
    arms = [
        Arm(arm, tuple(1 - trial.error for trial in trials), tuple(trial.losses for trial in trials))
        for arm, trials in (("as it is", before), (name, after))
    ]
    difference = np.array(arms[1].scores) - np.array(arms[0].scores)
    effect, p = _paired_test(difference)
    return Experiment("accuracy above chance" if classify else "r2", arms[0], arms[1], effect, p)


def _paired_test(difference: np.ndarray) -> tuple[float, float]:
    """Cohen's d and the one-sided p of a t test that the mean difference is above 0.

    Differences that are all the same have no deviation: they are as sure as can be, or nothing.
    """
    mean, deviation = float(difference.mean()), float(difference.std(ddof=1)) if len(difference) > 1 else 0.0
    if deviation < 1e-12:
        return (math.inf, 0.0) if mean > 0 else (0.0, 1.0)
    from scipy.stats import t

    statistic = mean / (deviation / math.sqrt(len(difference)))
    return mean / deviation, float(t.sf(statistic, len(difference) - 1))


def is_confirmed(experiment: Experiment, case: Case, reference: float | None) -> bool:
    """Whether the change is a cure.

    It is significant, large, worth it, and more than the chance of a small validation part; with it the network beats
    a constant answer, and comes at least half of the way to the ``reference``, the error of the best plain model.
    """
    before, after = 1 - experiment.before.mean, 1 - experiment.after.mean
    worth = max(WORTH, RELATIVE * before, 2 * chance(before, case))
    sure = experiment.p < SIGNIFICANT and experiment.effect >= EFFECT and before - after >= worth
    near = reference is None or after <= max(reference + WORTH, (before + reference) / 2)
    return sure and after < 1 - WORTH and near


def chance(error: float, case: Case) -> float:
    """The standard error of a relative error that is measured on the validation part.

    Of a share e of wrong answers, ``sqrt(e (1 - e) / N)``, over what a constant answer gets wrong; of squared errors,
    whose tails are heavy, ``e sqrt(2 / N)``.
    """
    rows, rarer = len(case.validation), case.constant_error
    if not case.classify:
        return min(max(error, 0.0), 1.0) * math.sqrt(2 / rows)
    share = min(max(error * rarer, 0.0), 1.0)
    return math.sqrt(share * (1 - share) / rows) / rarer
