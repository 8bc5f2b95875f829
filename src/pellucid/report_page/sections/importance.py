"""How much the network depends on each column."""

from __future__ import annotations

import math

import numpy as np

from pellucid.data.base.layout import GridLayout
from pellucid.report.importance import Importance, permutation_importance
from pellucid.report_page.charts.bars import bar
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element, table
from pellucid.report_page.language import say
from pellucid.report_page.numbers import figure, words

MOST_EXAMPLES = 1000
SHOWN = 20
MOST_COLUMNS = 200


def importance(evidence: Evidence) -> Content:
    """Each column by what the network loses when its cells are shuffled among the examples of the validation part."""
    dataset, results, trained = evidence.dataset, evidence.results, evidence.trained
    if dataset is None or results is None or trained is None or isinstance(dataset.layout, GridLayout):
        return None
    columns = dataset.preprocessing.columns_in_x
    if not columns or len(dataset.validation) < 2 or dataset.task == "reconstruction":
        return None
    if len(columns) > MOST_COLUMNS:
        why = say("importance of columns: there are {count}, more than {most}", count=len(columns), most=MOST_COLUMNS)
        evidence.left_out.append(why)
        return None
    count = min(len(dataset.validation), MOST_EXAMPLES)
    rows = np.unique(np.linspace(0, len(dataset.validation) - 1, count).astype(int))
    part = dataset.validation.take(rows)
    name = next((one for one in results.measured(part, trained.outputs(part.x)) if one in ("accuracy", "r2")), "loss")
    sign = -1.0 if name == "loss" else 1.0
    found = permutation_importance(
        lambda x: sign * results.measured(part, trained.outputs(x))[name], part.x, columns, evidence.deadline.share(0.4)
    )
    if not found:
        why = say("importance of columns: the time was too short to shuffle {count} columns", count=len(columns))
        evidence.left_out.append(why)
        return None
    what = say("the rise of the loss") if name == "loss" else say("the fall of {measure}", measure=words(name))
    said = say(
        "Permutation importance: {what} on {count} validation examples when a column's cells are shuffled among "
        "them, the mean of {repeats} shuffles with its standard error. Columns that tell the same share it "
        "between them.",
        what=what,
        count=f"{len(rows):,}",
        repeats=found[0].repeats,
    )
    if len(found) > SHOWN:
        said += say(" The first {count} of {all} columns.", count=SHOWN, all=len(found))
    return [_table(found), element("p", said, class_="soft")]


def _table(found: list[Importance]) -> Html:
    """The most important columns with a bar and a whisker each."""
    most = max((abs(one.mean) for one in found), default=0.0) or 1.0
    cells: list[list[Content]] = []
    for one in found[:SHOWN]:
        error = one.standard_error
        shown = bar(abs(one.mean) / most, error / most if math.isfinite(error) else 0.0, negative=one.mean < 0)
        cells.append([one.column, shown, figure(one.mean, 3), figure(error, 2)])
    return table([say("column"), "", say("importance"), "±"], cells, "figures")
