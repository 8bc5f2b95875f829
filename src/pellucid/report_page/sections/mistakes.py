"""The mistakes that the network was most sure of, or its largest errors, with their inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.data import Dataset, Split
from pellucid.data.base.layout import GridLayout
from pellucid.report.inputs import show_forecast, show_input
from pellucid.report.mistakes import Judged
from pellucid.report_page.charts.bars import bar
from pellucid.report_page.charts.chart import Line
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.inputs import draw_course, draw_input, draw_shown
from pellucid.report_page.language import say
from pellucid.report_page.numbers import figure, percent

SHOWN = 12
MOST_NAMES = 6


def mistakes(evidence: Evidence) -> Content:
    """A card for each, the worst first."""
    judged, dataset = evidence.judged("test"), evidence.dataset
    if judged is None or dataset is None:
        return None
    rows, found = judged
    places = found.order("surest", SHOWN)
    if not len(places):
        return element(
            "p", say("None: all {count} test examples looked at were decided rightly.", count=f"{len(rows):,}")
        )
    cards = [_card(dataset, int(rows[place]), int(place), found) for place in places]
    said = say("Test examples with the greatest loss.")
    if found.decided is not None:
        said = say("Decisions that were wrong, those first of which the network was surest.")
    said += say(" Rows are counted from 0 in the test part.")
    if len(rows) < len(dataset.test):
        seen = f"{len(rows):,}"
        said += say(" Of {all} examples {count} were looked at.", all=f"{len(dataset.test):,}", count=seen)
    kind_of_card = "examples pictures" if isinstance(dataset.layout, GridLayout) else "examples"
    return [element("p", said, class_="soft"), element("ol", cards, class_=kind_of_card)]


def _card(dataset: Dataset, row: int, place: int, found: Judged) -> Html:
    one = dataset.test.take(np.arange(row, row + 1))
    told = found.describe(place)
    drawn: list[Content] = [_forecast(dataset, one, found, place) or draw_input(dataset, one)]
    if dataset.task == "reconstruction" and isinstance(dataset.layout, GridLayout):
        drawn.append(draw_shown(show_input(dataset, found.said[place : place + 1])))
    place_and_loss = say("row {row} · loss {loss}", row=row, loss=figure(told["loss"]))
    said = [*_said(told), element("small", place_and_loss)]
    return element("li", element("div", drawn, class_="input"), element("div", said))


def _forecast(dataset: Dataset, one: Split, found: Judged, place: int) -> Html | None:
    """The first variable of a series: what came before, what came, and what the network said would come."""
    shown = show_forecast(dataset, np.asarray(one.x), np.asarray(found.target)[place], np.asarray(found.said)[place])
    if shown is None:
        return None
    past, came, said = (np.asarray(shown[name]) for name in ("past", "target", "prediction"))
    ahead = np.arange(len(past) + 1, len(past) + 1 + len(came))
    before = np.arange(1, len(past) + 1)
    return draw_course(
        [
            Line(shown["column"], before, past, 7),
            Line(say("what came"), ahead, came, 1, 2),
            Line(say("forecast"), ahead, said, 2, 1),
        ]
    )


def _said(told: dict[str, Any]) -> list[Content]:
    sure = told.get("probabilities") or told.get("scores")
    if sure:
        lines: list[Content] = [element("p", say("is "), element("b", told["target"]))]
        share = sure.get(told["prediction"])
        shown = percent(share) if "probabilities" in told else say("score {value}", value=figure(share, 3))
        lines.append(element("p", say("taken for "), element("b", told["prediction"]), say(", "), shown))
        return [*lines, bar(share)] if "probabilities" in told else lines
    target, prediction = told["target"], told["prediction"]
    if isinstance(target, dict):
        return [_pair(name, target[name], prediction[name]) for name in list(target)[:MOST_NAMES]]
    if isinstance(target, list):
        return []
    true, said = element("b", _value(target)), element("b", _value(prediction))
    return [element("p", say("is "), true), element("p", say("said "), said)]


def _pair(name: str, target: Any, prediction: Any) -> Html:
    """One of several targets; a name that is wrong is bold."""
    wrong = isinstance(target, str) and target != prediction
    said = element("b", _value(prediction)) if wrong else _value(prediction)
    return element("p", say("{name}: is {target}, said ", name=name, target=_value(target)), said)


def _value(value: Any) -> str:
    return figure(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
