"""``diagnose``: exact tests, then the training itself over seeds, then experiments until a change cures it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from pellucid import validate
from pellucid.diagnosis.case import Case, make_case
from pellucid.diagnosis.changes import CHANGES
from pellucid.diagnosis.changes.change import MakeChanges
from pellucid.diagnosis.finding import ORDER
from pellucid.diagnosis.findings import most_telling
from pellucid.diagnosis.result import Diagnosis
from pellucid.diagnosis.sample import sized_case
from pellucid.diagnosis.search import ENOUGH, Search, Tell
from pellucid.layer import Layer, Loss


def diagnose(
    model: Layer,
    loss: Loss,
    data: Any,
    *,
    validation: Any = None,
    budget: float = 60.0,
    seeds: int = ENOUGH,
    changes: Sequence[MakeChanges] = (),
    tell: Tell | None = None,
    **options: Any,
) -> Diagnosis:
    """Find what is wrong with a training, prove it, and show the cure.

    Args:
        model: the network.
        loss: its loss.
        data: as in ``fit``: a pair (x, y), a Dataset, or data ``OnDisk``, of which a part is read.
        validation: as in ``fit``; where none is given, a fifth is held out.
        budget: seconds that experiments may take; 0: exact tests alone.
        seeds: pairs of trainings in an experiment; 5 at least for a proof.
        changes: functions of a ``Case`` that return changes to try, ``Change`` values, besides the usual ones.
        tell: what is told, in a sentence, what is being tried.
        options: the other settings of ``fit``: ``optimizer``, ``epochs``, ``batch_size``, ``penalty`` ...

    Returns:
        The findings. Ctrl-C ends it: what is proved so far is returned, as not complete.

    Raises:
        ConfigError: for a budget or seeds that cannot be used, or too few examples to hold some out.
        ShapeError, DataError: for data that are none.
    """
    validate.instance("diagnose", "model", model, Layer)
    validate.instance("diagnose", "loss", loss, Loss)
    case = make_case("diagnose", model, loss, data, validation, **options)
    return diagnose_case(case, budget, seeds, tell, changes=(*changes, *CHANGES))


def diagnose_case(
    case: Case,
    budget: float = 60.0,
    seeds: int = ENOUGH,
    tell: Tell | None = None,
    *,
    changes: Sequence[MakeChanges] = CHANGES,
    clock: Callable[[], float] = time.monotonic,
) -> Diagnosis:
    """The same for a case; ``clock`` is what the budget is counted by. See ``diagnose``."""
    validate.positive_int("diagnose", "seeds", seeds)
    validate.non_negative("diagnose", "budget", budget)
    begun = clock()
    search = Search(case, budget, seeds, tell or (lambda message: None), clock, changes, remarks=list(case.remarks))
    try:
        search.run_exact_tests()
        if budget > 0:
            search.case, said = sized_case(case, budget, clock)
            search.remarks += said
            search.run_experiments()
    except KeyboardInterrupt:
        search.complete = False
        search.remark("broken off: this is what was found so far")
    if search.tried:
        search.looked_at.append(f"{search.tried} changes")
    findings = sorted(most_telling(search.findings), key=lambda finding: ORDER.index(finding.sure))
    return Diagnosis(tuple(findings), tuple(search.looked_at), tuple(search.remarks), clock() - begun, search.complete)
