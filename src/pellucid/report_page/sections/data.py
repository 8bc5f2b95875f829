"""The data at a glance: parts, classes, columns, and a few examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.data import Dataset
from pellucid.data.base.layout import GridLayout
from pellucid.data.base.splits import PARTS
from pellucid.report.columns import ColumnFacts, describe_columns
from pellucid.report_page.charts.bars import bar
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, details, element, table
from pellucid.report_page.inputs import draw_input
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import percent, plain
from pellucid.report_page.parts import part_names

MOST_CLASSES = 30
MOST_COLUMNS = 60
EXAMPLES = 8

HOLDS = {
    "numbers": sentence("numbers"),
    "categories": sentence("categories"),
    "dates": sentence("dates"),
}


def data(evidence: Evidence) -> Content:
    """What is known of the data, even where it cannot be read again."""
    dataset = evidence.dataset
    told = evidence.run.description.get("data")
    told = told if isinstance(told, dict) else {}
    content: list[Content] = [_parts(evidence)]
    if dataset is None:
        if told.get("features"):
            content.append(
                element("p", say("Inputs: {names}.", names=say(", ").join(map(str, told["features"][:MOST_COLUMNS]))))
            )
        return content if told else None
    return [*content, _classes(dataset), _targets(dataset), _columns(dataset), _examples(dataset)]


def _parts(evidence: Evidence) -> Html | None:
    rows = {part: count for part in PARTS if isinstance(count := evidence.run.rows.get(part), int)}
    if not rows:
        return None
    whole = sum(rows.values()) or 1
    names = part_names()
    lines = [[names[part], f"{count:,}", bar(count / whole), percent(count / whole)] for part, count in rows.items()]
    return table([say("part"), say("examples"), "", say("share")], lines, "figures")


def _classes(dataset: Dataset) -> Content:
    if dataset.classes is None or dataset.task != "classification":
        return None
    counts = {part: np.bincount(getattr(dataset, part).y, minlength=len(dataset.classes)) for part in PARTS}
    order = (
        np.argsort(-counts["train"], kind="stable")
        if len(dataset.classes) > MOST_CLASSES
        else range(len(dataset.classes))
    )
    most = int(counts["train"].max()) or 1
    rows = [
        [
            dataset.classes[k],
            f"{counts['train'][k]:,}",
            bar(counts["train"][k] / most),
            *(f"{counts[p][k]:,}" for p in PARTS[1:]),
        ]
        for k in list(order)[:MOST_CLASSES]
    ]
    more = len(dataset.classes) - MOST_CLASSES
    return [
        element("h3", say("{count} classes", count=len(dataset.classes))),
        table([say("class"), say("training"), "", say("validation"), say("test")], rows, "figures"),
        element("p", say("and {count} more classes with fewer examples", count=more), class_="soft")
        if more > 0
        else None,
    ]


def _targets(dataset: Dataset) -> Content:
    """The bounds of the amounts to predict, in their own unit."""
    if dataset.task != "regression":
        return None
    target: Any = dataset.preprocessing.target
    amounts = np.asarray(target.decode(dataset.train.y), np.float64).reshape(len(dataset.train), -1)
    missing = dataset.missing or {}
    rows = [
        [name, *(plain(float(number)) for number in (column.min(), np.median(column), column.mean(), column.max()))]
        for name, column in zip(target.columns, amounts.T, strict=True)
    ]
    lost = {name: missing[name] for name in target.columns if missing.get(name)}
    said = say(", ").join(
        say("{count} rows without {name} were left out", count=f"{count:,}", name=name) for name, count in lost.items()
    )
    return [
        element("h3", say("What is predicted")),
        table([say("target"), say("least"), say("median"), say("mean"), say("greatest")], rows, "figures"),
        element("p", said, class_="soft") if said else None,
    ]


def _columns(dataset: Dataset) -> Content:
    if isinstance(dataset.layout, GridLayout) or not (facts := describe_columns(dataset)):
        return None
    rows = [_column(one) for one in facts[:MOST_COLUMNS]]
    known = dataset.missing is not None
    head = [say("column"), say("holds"), say("least"), say("mean"), say("greatest"), say("missing")]
    whole = table(head if known else head[:-1], [row if known else row[:-1] for row in rows], "figures columns")
    left = [f"{name}" for name in dataset.preprocessing.to_dict().get("left_out", ())]
    return [
        element("h3", say("{count} columns", count=len(facts))),
        whole,
        element("p", say("and {count} more columns", count=len(facts) - MOST_COLUMNS), class_="soft")
        if len(facts) > MOST_COLUMNS
        else None,
        element("p", say("Left out, as of no use: {names}.", names=say(", ").join(left)), class_="soft")
        if left
        else None,
        element(
            "p",
            say("Bounds and means are those of the training part, after missing cells were filled."),
            class_="soft",
        ),
    ]


def _column(facts: ColumnFacts) -> list[Content]:
    holds: Content = say(HOLDS[facts.holds])
    if facts.values:
        shown = say(", ").join(f"{name} {percent(share)}" for name, share in facts.values[:3])
        more = say(" and {count} more", count=len(facts.values) - 3) if len(facts.values) > 3 else ""
        holds = [say("{count} categories", count=len(facts.values)), element("small", shown + more)]
    missing = "–" if facts.missing is None else element("b", f"{facts.missing:,}") if facts.missing else "0"
    return [
        facts.name,
        holds,
        *(
            "" if n is None else n if isinstance(n, str) else plain(n)
            for n in (facts.least, facts.mean, facts.greatest)
        ),
        missing,
    ]


def _examples(dataset: Dataset) -> Content:
    """A few training examples, of different classes where there are any."""
    chosen = _different(dataset)
    cards = []
    for row in chosen:
        one = dataset.train.take(np.arange(row, row + 1))
        name = (
            dataset.classes[int(dataset.train.y[row])] if dataset.task == "classification" and dataset.classes else None
        )
        cards.append(
            element(
                "li", element("div", draw_input(dataset, one), class_="input"), element("b", name) if name else None
            )
        )
    drawn = element("ol", cards, class_="examples pictures" if isinstance(dataset.layout, GridLayout) else "examples")
    plain = (
        dataset.layout.are_amounts and dataset.preprocessing.columns_in_x and not isinstance(dataset.layout, GridLayout)
    )
    title = say("A few training examples")
    return details(title, drawn) if plain else [element("h3", title), drawn]


def _different(dataset: Dataset) -> list[int]:
    """Rows of the training part: by turns one of each class."""
    count = len(dataset.train)
    if dataset.task != "classification" or dataset.classes is None:
        return sorted(set(np.linspace(0, count - 1, min(count, EXAMPLES)).astype(int).tolist()))
    rows = [
        np.flatnonzero(dataset.train.y == k)[: -(-EXAMPLES // len(dataset.classes))]
        for k in range(len(dataset.classes))
    ]
    longest = max(map(len, rows), default=0)
    return [int(of[i]) for i in range(longest) for of in rows if i < len(of)][:EXAMPLES]
