"""The figure that matters, beside what it must beat."""

from __future__ import annotations

import math
from typing import Any

from pellucid.report_page.charts.bars import bar
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Html, element
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import figure, interval, measure, words
from pellucid.report_page.sections.results import intervals_of

LEVEL = 0.05
"""A difference is beyond chance where one as large comes about by chance less often than this."""

LAST_EPOCH = {
    "train": sentence("training {measure} of the last epoch"),
    "validation": sentence("validation {measure} of the last epoch"),
}
BETTER = sentence("Better than {model}, the best of the baselines, by {amount}{chance}.")
WORSE = sentence("Worse than {model}, the best of the baselines, by {amount}{chance}.")

SMALLER_IS_BETTER = frozenset({"loss", "mse", "mae", "rmse"})


def rows_of(evidence: Evidence) -> dict[str, int]:
    """How many examples each part has, where that is known."""
    rows = evidence.run.rows or evidence.result.get("rows") or {}
    return {part: count for part, count in rows.items() if isinstance(count, int)}


def headline(result: dict[str, Any]) -> tuple[str, float] | None:
    """The measure that comes first on the test part, and its value."""
    test = result.get("test")
    if not isinstance(test, dict) or not test:
        return None
    name = next((name for name in test if name != "loss"), "loss")
    value = test[name]
    return (name, float(value)) if isinstance(value, (int, float)) else None


def draw_headline(evidence: Evidence) -> Html | None:
    """The measure with its interval, beside the baselines."""
    found = headline(evidence.result)
    if found is None:
        return _last_epoch(evidence)
    name, value = found
    rows = rows_of(evidence).get("test", 0)
    below = say("on {count} test examples", count=f"{rows:,}") if rows else say("on the test part")
    if found_interval := intervals_of(evidence, "test").get(name):
        wide = interval(name, *found_interval)
        below += say("; on endlessly many, with 95\u00a0% certainty, {interval}", interval=wide)
    below += say("; less is better") if name in SMALLER_IS_BETTER else ""
    return element(
        "div",
        element(
            "p",
            element("b", measure(name, value)),
            element("span", say("test {measure}", measure=words(name))),
            class_="figure",
        ),
        element("p", below, class_="soft"),
        _comparison(name, value, evidence.result.get("baseline") or {}),
        class_="headline",
    )


def _last_epoch(evidence: Evidence) -> Html | None:
    """Of a run without a result the last figure of its curves."""
    last = {name: value for name, value in evidence.told.get("last", {}).items() if math.isfinite(value)}
    for part in ("validation", "train"):
        names = [name for name in last if name.startswith(f"{part}/")]
        if names:
            name = next((one for one in names if not one.endswith("/loss")), names[0])
            short = name.partition("/")[2]
            told = say(LAST_EPOCH[part], measure=words(short))
            return element(
                "div",
                element("p", element("b", measure(short, last[name])), element("span", told), class_="figure"),
                element("p", say("The test part was not measured."), class_="soft"),
                class_="headline",
            )
    return None


MODELS = (
    sentence("majority class"),
    sentence("logistic regression"),
    sentence("linear regression"),
    sentence("mean"),
    sentence("repeat last"),
    sentence("PCA"),
)


def model_name(model: str) -> str:
    """What a baseline is called."""
    return say(model) if model in MODELS else model


def _comparison(name: str, value: float, baselines: dict[str, Any]) -> list[Html]:
    """The network's figure and those of the baselines as bars, and what may be said of the difference."""
    rows = [(say("this network"), value, True)]
    rows += [
        (model_name(model), told[name], False) for model, told in baselines.items() if isinstance(told.get(name), float)
    ]
    if len(rows) < 2:
        return []
    top = max(max(abs(amount) for _, amount, _ in rows), 1.0 if name == "accuracy" else 1e-12)
    lines = [
        element(
            "div",
            element("span", text),
            bar(max(amount, 0.0) / top),
            element("b" if own else "span", measure(name, amount)),
            class_="own" if own else None,
        )
        for text, amount, own in rows
    ]
    return [element("div", lines, class_="compare"), *_verdict(name, baselines)]


def _verdict(name: str, baselines: dict[str, Any]) -> list[Html]:
    """Whether the network is better than the best of the baselines."""
    better = min if name in SMALLER_IS_BETTER else max
    known = [
        model for model, told in baselines.items() if all(isinstance(told.get(key), float) for key in (name, "gain"))
    ]
    if not known:
        return []
    best = better(known, key=lambda model: baselines[model][name])
    told, best = baselines[best], model_name(best)
    gain, p = -told["gain"], told.get("p_value")
    points = f"{100 * abs(gain):.1f}"
    unit = say("{count} points", count=points) if name == "accuracy" else figure(abs(gain), 3)
    if gain == 0:
        said = say("It does exactly as well as {model}, the best of the baselines.", model=best)
        return [element("p", said, class_="soft")]
    chance = ""
    if isinstance(p, (int, float)) and math.isfinite(p):
        within = say("beyond chance") if p < LEVEL else say("not beyond chance")
        chance = say(", {verdict} (p = {p})", verdict=within, p=figure(float(p), 2))
    said = say(BETTER if gain > 0 else WORSE, model=best, amount=unit, chance=chance)
    return [element("p", said, class_="soft")]
