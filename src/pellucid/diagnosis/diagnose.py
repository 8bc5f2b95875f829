"""``diagnose``: exact tests, then the training itself over seeds, then experiments with one change until one cures it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid.diagnosis.case import Case, make_case
from pellucid.diagnosis.changes import OVERFITTING, UNDERFITTING, Change
from pellucid.diagnosis.exact import EXACT_TESTS
from pellucid.diagnosis.experiment import WORTH, compare, is_confirmed
from pellucid.diagnosis.finding import Diagnosis, Experiment, Finding
from pellucid.diagnosis.meaning import meaning_of
from pellucid.diagnosis.reference import reference_errors
from pellucid.diagnosis.trial import Trial, run_trial
from pellucid.errors import PellucidError
from pellucid.layer import Layer, Loss

SEEDS = 5
"""How often each side of an experiment is trained."""
SCREENED = 3
"""How many changes that helped one seed are tried on all."""
MOST_CHANGES = 3
"""How many changes at once are tried where single ones do not cure."""

Tell = Callable[[str], None]


def diagnose(
    model: Layer,
    loss: Loss,
    data: Any,
    *,
    validation: Any = None,
    budget: float = 60.0,
    seeds: int = SEEDS,
    tell: Tell | None = None,
    **options: Any,
) -> Diagnosis:
    """Find what is wrong with a training, prove it, and show the cure.

    Args:
        model: the network.
        loss: its loss.
        data: as in ``fit``: a pair (x, y), or a Dataset.
        validation: as in ``fit``; where none is given, a fifth is held out.
        budget: seconds that experiments may take; 0: exact tests alone.
        seeds: how often each side of an experiment is trained, 5 at least for a proof.
        tell: what is told, in a sentence, what is being tried.
        options: the other settings of ``fit``: ``optimizer``, ``epochs``, ``batch_size``, ``penalty`` ...

    Returns:
        The findings. Ctrl-C ends it, and what is proved so far is returned, as not complete.

    Raises:
        What ``fit`` raises for arguments that do not fit.
    """
    return diagnose_case(make_case("diagnose", model, loss, data, validation, **options), budget, seeds, tell)


def diagnose_case(case: Case, budget: float = 60.0, seeds: int = SEEDS, tell: Tell | None = None) -> Diagnosis:
    """The same for a case; see ``diagnose``."""
    search = _Search(case, time.monotonic() + budget, budget, seeds, tell or (lambda message: None))
    begun = time.monotonic()
    try:
        search.run_exact_tests()
        if budget > 0:
            search.run_experiments()
    except KeyboardInterrupt:
        search.complete = False
        search.remarks.append("broken off: this is what was found so far")
    findings = tuple(sorted(search.findings, key=lambda finding: finding.weight))
    return Diagnosis(
        findings, tuple(search.looked_at), tuple(search.remarks), time.monotonic() - begun, search.complete
    )


@dataclass
class _Search:
    """A diagnosis on its way."""

    case: Case
    deadline: float
    budget: float
    seeds: int
    tell: Tell
    findings: list[Finding] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    complete: bool = True

    def run_exact_tests(self) -> None:
        """What can be said without training."""
        for test in EXACT_TESTS:
            name = test.__name__.replace("_", " ")
            self.tell(name)
            try:
                self.findings += test(self.case)
            except PellucidError as error:  # a layer of the user's own that raises, say: the others still hold
                self.remarks.append(f"{name}: {error}")
            self.looked_at.append(name)

    def run_experiments(self) -> None:
        """The training as it is; and where it falls short, the changes that may cure it."""
        self.tell("the training as it is")
        base = [run_trial(self.case, 0)]
        if not self._has_time(2 * base[0].seconds):
            self._give_up("one training takes longer than the budget: the exact tests are all there is")
            return
        while len(base) < self.seeds and self._has_time(4 * base[0].seconds):
            base.append(run_trial(self.case, len(base)))
        reference = reference_errors(self.case)
        self.looked_at.append(f"the training itself, over {len(base)} seeds")
        if reference:
            self.looked_at.append("plain models beside it: " + ", ".join(reference))
        error = float(np.mean([trial.error for trial in base]))
        best = min(reference.values(), default=0.0)
        if error <= best + WORTH / 2 and not any(trial.diverged for trial in base):
            return  # as good as can be expected of these examples
        confirmed = self._search_changes(base)
        if confirmed is None and error > best + WORTH and reference:
            self._warn_of_reference(error, reference)

    def _search_changes(self, base: list[Trial]) -> Experiment | None:
        """Screen changes with one seed each, confirm the best over all, combine where none cures alone."""
        case, done = self.case, list[Change]()
        while len(done) < MOST_CHANGES:
            screened = self._screen(case, base[0], done)
            for change, _ in screened[:SCREENED]:
                experiment = self._confirm(change.apply(case), base, [*done, change])
                if experiment is not None:
                    return experiment
            if not screened or screened[0][1].error > base[0].error - WORTH / 2:
                return None
            change = screened[0][0]
            case, done = change.apply(case), [*done, change]
        return None

    def _screen(self, case: Case, base: Trial, done: Sequence[Change]) -> list[tuple[Change, Trial]]:
        """The changes that may help, each trained once, the best first."""
        kinds = OVERFITTING if base.train_error < 0.5 * base.error else UNDERFITTING
        found = []
        for change in (change for kind in kinds for change in kind(case)):
            if any(change.fault == one.fault for one in done):
                continue
            if not self._has_time(base.seconds * (change.cost + 2 * self.seeds)):
                self._give_up("the budget is used up: --budget gives more time to experiments")
                break
            self.tell(" and ".join(one.name for one in (*done, change)))
            try:
                found.append((change, run_trial(change.apply(case), 0)))
            except PellucidError as error:
                self.remarks.append(f"{change.name}: {error}")
        self.looked_at.append(f"{len(found)} changes of one thing" + (" more" if done else ""))
        best = min((trial.error for _, trial in found), default=0.0)
        # of changes that are as good, the one that is listed first: what is most often the cause, and least work
        return sorted(found, key=lambda pair: max(pair[1].error - best - WORTH, 0.0))

    def _confirm(self, case: Case, base: list[Trial], changes: Sequence[Change]) -> Experiment | None:
        """The change over all seeds; a finding, sure if it is a cure, where it helps."""
        name = " and ".join(change.name for change in changes)
        trials = list[Trial]()
        while len(trials) < len(base) and self._has_time(2 * base[0].seconds):
            self.tell(f"{name}, seed {len(trials) + 1} of {len(base)}")
            trials.append(run_trial(case, len(trials)))
        if len(trials) < 2:
            return None
        experiment = compare(base[: len(trials)], trials, name, case.classify)
        proved = len(trials) >= SEEDS and is_confirmed(experiment, len(case.validation), case.classify)
        if proved:
            self.findings.append(_finding(changes, base, experiment, "error"))
            return experiment
        if experiment.gain > WORTH / 2 and experiment.effect > 0:
            self.findings.append(_finding(changes, base, experiment, "warning"))
        return None

    def _warn_of_reference(self, error: float, reference: dict[str, float]) -> None:
        name, best = min(reference.items(), key=lambda pair: pair[1])
        self.findings.append(
            Finding(
                "behind a plain model",
                "warning",
                f"on validation the error is {error:.2f} of that of a constant answer; {name}: {best:.2f}",
                meaning_of("behind a plain model"),
                numbers={"error": error, **reference},
            )
        )

    def _has_time(self, seconds: float) -> bool:
        return time.monotonic() + seconds < self.deadline

    def _give_up(self, why: str) -> None:
        self.complete = False
        if why not in self.remarks:
            self.remarks.append(why)


def _finding(changes: Sequence[Change], base: Sequence[Trial], experiment: Experiment, sure: Any) -> Finding:
    diverged = sum(trial.diverged for trial in base)
    seen = f"with {experiment.after.name} the {experiment.measure} on validation is "
    seen += f"{experiment.after.mean:.3f}, without {experiment.before.mean:.3f}"
    if diverged:
        seen += f"; {diverged} of {len(base)} trainings as they are met NaN or infinity"
    cure = {name: value for change in changes for name, value in change.cure.items()}
    fault = " and ".join(dict.fromkeys(change.fault for change in changes))
    return Finding(fault, sure, seen, meaning_of(fault), proof=experiment, cure=cure)
