"""What is wrong with the examples alone."""

from __future__ import annotations

import numpy as np

from pellucid.diagnosis.answers import class_labels
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding

CONTRADICTING = 0.1
"""The share of examples with a twin of another label from which it is a warning; below it is a note."""
ALIKE = 1 - 1e-12
"""Correlation from which two columns are the same one, but for scale and rounding."""
ILL_CONDITIONED = 1e4
"""Condition number of the inputs' correlations from which gradient descent needs thousands of steps."""
MOST_COLUMNS = 2_000


def one_class_only(case: Case) -> list[Finding]:
    """Labels of which there is one only; labels of which validation has some that training lacks."""
    y, held_out = case.train.y, case.validation.y
    if not case.classify or not isinstance(y, np.ndarray) or y.ndim != 1:
        return []
    known = np.unique(y)
    if len(known) == 1:
        return [Finding("one class only", "error", f"every training example has the label {known[0]}", "")]
    missing = np.setdiff1d(np.asarray(held_out), known)
    if len(missing):
        labels = ", ".join(map(str, missing[:5]))
        return [Finding("classes missing", "warning", f"validation has labels that training lacks: {labels}", "")]
    return []


def targets_that_are_all_the_same(case: Case) -> list[Finding]:
    """Amounts that do not differ."""
    y = case.train.y
    if not isinstance(y, np.ndarray) or y.dtype.kind != "f" or len(y) < 2:
        return []
    if not np.array_equal(y, np.broadcast_to(y[:1], y.shape)):
        return []
    return [
        Finding("constant targets", "error", "every training example has the same target: nothing can be learnt", "")
    ]


def contradicting_labels(case: Case) -> list[Finding]:
    """Equal inputs with different labels."""
    x, y = case.train.x, case.train.y
    if not case.classify or not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or y.ndim != 1:
        return []
    y = class_labels(y)
    groups = np.unique(x.reshape(len(x), -1), axis=0, return_inverse=True)[1].reshape(-1)
    counts = np.zeros((groups.max() + 1, int(y.max()) + 1))
    np.add.at(counts, (groups, y), 1)
    wrong = int((counts.sum(axis=1) - counts.max(axis=1)).sum())
    if wrong == 0:
        return []
    share = wrong / len(y)
    seen = f"{wrong} of {len(y)} training examples have the inputs of another one and a different label"
    return [
        Finding(
            "contradicting labels",
            "warning" if share >= CONTRADICTING else "note",
            seen,
            f"No network can be right about all of them: its training accuracy is at most {1 - share:.3f}.",
        )
    ]


def columns_alike(case: Case) -> list[Finding]:
    """Columns that never change, that are the same as another one, or that together are almost flat."""
    x = case.train.x
    if not isinstance(x, np.ndarray) or x.ndim != 2 or x.dtype.kind != "f" or x.shape[1] > MOST_COLUMNS:
        return []
    deviation = x.std(axis=0, dtype=np.float64)
    constant, varied = np.flatnonzero(deviation == 0), np.flatnonzero(deviation > 0)
    found = []
    if len(constant):
        found.append(Finding("constant columns", "note", f"{_columns(constant)} never change", "They say nothing."))
    if len(varied) >= 2 and len(x) > 2:
        correlation = np.corrcoef(x[:, varied], rowvar=False)
        pairs = np.argwhere(np.triu(np.abs(correlation) >= ALIKE, 1))
        if len(pairs):
            first, second = (int(varied[i]) for i in pairs[0])
            seen = f"{len(pairs)} pairs of columns are the same but for scale, such as {first} and {second}"
            found.append(Finding("columns alike", "note", seen, "Their weights share one task in any proportion."))
        elif (condition := float(np.linalg.cond(correlation))) > ILL_CONDITIONED:
            seen = f"the condition number of the inputs' correlations is {condition:.2g}"
            found.append(
                Finding(
                    "inputs nearly dependent", "note", seen, "Plain gradient descent takes about as many steps as it."
                )
            )
    return found


def rows_in_both_parts(case: Case) -> list[Finding]:
    """Training examples that are in validation as well, so that validation does not say what new examples would."""
    parts = [case.train.x, case.validation.x]
    if not all(isinstance(x, np.ndarray) and x.dtype.kind == "f" for x in parts):
        return []
    train, held_out = (np.ascontiguousarray(x).reshape(len(x), -1) for x in parts)
    if train.shape[1] < 4:  # few columns have equal rows by chance
        return []
    known = {row.tobytes() for row in train}
    count = sum(row.tobytes() in known for row in held_out)
    share = count / max(len(held_out), 1)
    if count == 0:
        return []
    seen = f"{count} of {len(held_out)} validation examples have the inputs of a training example"
    meaning = "The network has seen them: validation looks better than new examples will."
    return [Finding("examples in both parts", "warning" if share > 0.1 else "note", seen, meaning)]


def _columns(places: np.ndarray) -> str:
    names = ", ".join(str(int(place)) for place in places[:5])
    return f"{len(places)} columns ({names}{', ...' if len(places) > 5 else ''})"
