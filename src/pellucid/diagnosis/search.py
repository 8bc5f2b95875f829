"""The search for a cure: exact tests, the training itself over seeds, changes screened and confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes import CHANGES, GENERAL, Change
from pellucid.diagnosis.changes.change import MakeChanges
from pellucid.diagnosis.evidence import SOME, weigh_faults
from pellucid.diagnosis.exact import CURES, EXACT_TESTS, ExactTest
from pellucid.diagnosis.experiment import WORTH, chance, compare, is_confirmed
from pellucid.diagnosis.finding import Experiment, Finding
from pellucid.diagnosis.findings import finding_of_change, finding_of_reference, finding_that_training_raises
from pellucid.diagnosis.reference import reference_errors
from pellucid.diagnosis.trial import Trial, run_trial
from pellucid.errors import describe

ENOUGH = 5
"""Pairs of trainings without which nothing is proved."""
CONFIRMED = 3
"""How many of the changes that helped one seed are tried on all."""
MOST_CHANGES = 3
"""How many changes at once are tried where fewer do not cure."""

Tell = Callable[[str], None]


@dataclass
class Search:
    """A diagnosis on its way. ``clock`` tells seconds, of which experiments may take as many as ``budget`` says."""

    case: Case
    budget: float
    seeds: int
    tell: Tell
    clock: Callable[[], float] = time.monotonic
    changes: Sequence[MakeChanges] = CHANGES
    tests: Sequence[ExactTest] = EXACT_TESTS
    findings: list[Finding] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    complete: bool = True
    reference: float | None = None
    base: list[Trial] = field(default_factory=list)
    tried: int = 0
    _end: float = 0.0
    _seconds: float = 0.0
    _compiling: float = 0.0

    def run_exact_tests(self) -> None:
        """What can be said without training."""
        for test in self.tests:
            name = test.__name__.replace("_", " ")
            self.tell(name)
            try:
                with np.errstate(all="ignore"):
                    self.findings += test(self.case)
            except Exception as raised:  # a layer of the user's own may raise anything: the other tests still hold
                self.remark(f"{name}: {describe(raised) or type(raised).__name__}")
            self.looked_at.append(name)

    def run_experiments(self) -> None:
        """The training as it is; where it falls short, the changes that may cure it."""
        self._end = self.clock() + self.budget
        try:
            if not self._train_as_it_is():
                return
        except Exception as raised:  # the training itself raises: then that is what is wrong
            self.findings.append(finding_that_training_raises(describe(raised) or type(raised).__name__))
            return
        reference = reference_errors(self.case)
        self.reference = min(reference.values(), default=None)
        if reference:
            self.looked_at.append("plain models beside it: " + ", ".join(reference))
        if self._is_good_enough():
            return
        cured, helped = self._cure_exact_findings()
        cured = cured or self._search(helped)
        error = float(np.mean([trial.error for trial in self.base]))
        if not cured and self.reference is not None and error > self.reference + WORTH:
            self.findings.append(finding_of_reference(error, reference))

    def remark(self, message: str) -> None:
        """Say something once."""
        if message not in self.remarks:
            self.remarks.append(message)

    def _train_as_it_is(self) -> bool:
        """One training more than the pairs of a proof: the first is what changes are screened by."""
        self.tell("the training as it is")
        begun = self.clock()
        self.base.append(run_trial(self.case, 0))
        first = self.clock() - begun
        if not self._has_time(2 * first):
            self._give_up("one training takes longer than the budget: the exact tests are all there is")
            return False
        begun = self.clock()
        self.base.append(run_trial(self.case, 1))
        self._seconds = max(self.clock() - begun, 1e-3)
        self._compiling = max(first - self._seconds, 0.0)
        while len(self.base) <= self.seeds and self._has_time(4 * self._seconds):
            self.base.append(run_trial(self.case, len(self.base)))
        self.looked_at.append(f"the training itself, over {len(self.base)} seeds")
        return True

    def _is_good_enough(self) -> bool:
        """Whether no plain model is better by more than chance: then there is nothing to cure."""
        error = float(np.mean([trial.error for trial in self.base]))
        best = self.reference or 0.0
        spare = max(WORTH / 2, chance(error, self.case))
        return error <= best + spare and not any(trial.diverged for trial in self.base)

    def _cure_exact_findings(self) -> tuple[bool, list[Change]]:
        """Each exact finding with a plain cure is given it, and the proof of what it gains.

        Whether one of them cures; and if not, the first that helps, for others to be combined with.
        """
        cured, helped = False, list[Change]()
        for place, finding in enumerate(self.findings):
            for change in CURES[finding.name](self.case)[:1] if finding.name in CURES else ():
                experiment = self._experiment(self.case, [change])
                if experiment is not None and self._is_cure(experiment):
                    self.findings[place] = replace(finding, sure="error", proof=experiment, cure=change.cure)
                    cured = True
                elif experiment is not None and experiment.gain > WORTH / 2:
                    self.findings[place] = replace(finding, proof=experiment, cure=change.cure)
                    helped.append(change)
                elif finding.sure == "error":
                    self.findings[place] = replace(finding, cure=change.cure)
        return cured, helped[:1]

    def _search(self, helped: Sequence[Change]) -> bool:
        """Screen changes with one seed, confirm the best over the others, combine where none cures alone."""
        case, done = self.case, list(helped)
        for change in done:
            case = change.apply(case)
        while len(done) < MOST_CHANGES:
            screened = self._screen(case, done)
            if self._confirm_best(case, screened, done):
                return True
            if not screened or screened[0][1].error > self.base[0].error - WORTH / 2:
                return False
            change = screened[0][0]
            case, done = change.apply(case), [*done, change]
        return False

    def _screen(self, case: Case, done: Sequence[Change]) -> list[tuple[Change, Trial]]:
        """The changes that may help, each trained once, the best first.

        They come in groups of like evidence. Behind a group with a change that reaches the plain models, no others are
        tried. Of changes that do as well, those with more evidence come first, general ones last.
        """
        faults = {one.fault for one in done}
        weights = weigh_faults(case, self.base[0])
        weights.update(dict.fromkeys(GENERAL, -SOME))
        found: list[tuple[Change, Trial]] = []
        reached: float | None = None
        kinds = [kind(case) for kind in self.changes]
        changes = [change for kind in kinds for change in kind if change.fault not in faults]
        for change in sorted(changes, key=lambda change: -weights[change.fault]):
            if reached is not None and weights[change.fault] < reached:
                break
            if not self._has_time(self._cost(change) + 2 * self.seeds * self._seconds):
                self._give_up("the budget is used up: --budget gives more time to experiments")
                break
            self.tell(" and ".join(one.name for one in (*done, change)))
            trial = self._try(case, change)
            if trial is not None:
                found.append((change, trial))
                if self.reference is not None and trial.error <= self.reference + WORTH / 2:
                    reached = weights[change.fault]
        self.tried += len(found)
        return _ranked(found)

    def _confirm_best(self, case: Case, screened: list[tuple[Change, Trial]], done: Sequence[Change]) -> bool:
        """The best changes of several faults over all seeds; those after the first cure are other possible causes."""
        cured = False
        for change, trial in screened[:CONFIRMED]:
            if trial.error > self.base[0].error - WORTH / 2 or (cured and change.fault in GENERAL):
                continue
            changes = [*done, change]
            experiment = self._experiment(case, changes)
            if experiment is not None and self._is_cure(experiment):
                self.findings.append(finding_of_change(changes, self.base, experiment, "error"))
                cured = True
            elif experiment is not None and experiment.gain > WORTH / 2 and not cured and experiment.effect > 0:
                self.findings.append(finding_of_change(changes, self.base, experiment, "warning"))
        return cured

    def _experiment(self, case: Case, changes: Sequence[Change]) -> Experiment | None:
        """The case, with all changes but the last, with that one too, beside the training as it is.

        Over the seeds that screening has not seen.
        """
        name = " and ".join(change.name for change in changes)
        before = self.base[1:] if len(self.base) > ENOUGH else self.base
        first = len(self.base) - len(before)
        trials = list[Trial]()
        while len(trials) < len(before) and self._has_time(self._seconds):
            self.tell(f"{name}, seed {len(trials) + 1} of {len(before)}")
            trial = self._try(case, changes[-1], first + len(trials))
            if trial is None:
                return None
            trials.append(trial)
        if len(trials) < 2:
            return None
        return compare(before[: len(trials)], trials, name, self.case.classify)

    def _is_cure(self, experiment: Experiment) -> bool:
        enough = len(experiment.after.scores) >= ENOUGH
        return enough and is_confirmed(experiment, self.case, self.reference)

    def _try(self, case: Case, change: Change, seed: int = 0) -> Trial | None:
        try:
            return run_trial(change.apply(case), seed)
        except Exception as raised:  # a change of the user's own may raise anything
            self.remark(f"{change.name}: {describe(raised) or type(raised).__name__}")
            return None

    def _cost(self, change: Change) -> float:
        return self._seconds * change.cost + self._compiling

    def _has_time(self, seconds: float) -> bool:
        return self.clock() + seconds < self._end

    def _give_up(self, why: str) -> None:
        self.complete = False
        self.remark(why)


def _ranked(found: list[tuple[Change, Trial]]) -> list[tuple[Change, Trial]]:
    """Of each fault the best change; those as good as the best, within ``WORTH``, in the order they were tried in."""
    by_fault: dict[str, tuple[Change, Trial]] = {}
    for change, trial in found:
        if change.fault not in by_fault or trial.error < by_fault[change.fault][1].error:
            by_fault[change.fault] = (change, trial)
    best = min((trial.error for _, trial in found), default=0.0)
    return sorted(by_fault.values(), key=lambda pair: max(pair[1].error - best - WORTH, 0.0))
