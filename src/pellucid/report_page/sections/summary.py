"""What was trained on what, in words, and the figure that matters beside what it must beat."""

from __future__ import annotations

import math
from typing import Any

from pellucid.report_page.charts.bars import bar
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.numbers import duration, figure, interval, listed, measure, words
from pellucid.report_page.sections.results import intervals_of
from pellucid.trees import leaves

LEVEL = 0.05
"""A difference is beyond chance where one as large comes about by chance less often than this."""

SMALLER_IS_BETTER = frozenset({"loss", "mse", "mae", "rmse"})

LEARNT = {
    "classification": "to tell {} apart",
    "multi-label": "to answer for {}",
    "regression": "to predict {}",
    "forecasting": "to forecast {}",
    "reconstruction": "to give its inputs back through a narrow layer",
}


def summary(evidence: Evidence) -> Content:
    """The state of the run, a paragraph, and the headline."""
    return [_state(evidence), element("p", _story(evidence), class_="lead"), _headline(evidence)]


def _state(evidence: Evidence) -> Html | None:
    """A banner for a run that did not come to its end."""
    status, stopped = evidence.told.get("status"), evidence.told.get("stopped")
    epochs = evidence.told.get("epochs", 0)
    said = {
        "stopped": f"This training was {'interrupted' if stopped == 'interrupted' else f'stopped ({stopped})'} after "
        f"{epochs} epochs: the figures are those of what was reached until then.",
        "failed": f"This training failed: {stopped}. What was written until then is shown.",
        "crashed": f"This training ended without a word after {epochs} epochs. What was written until then is shown.",
        "running": "This training is still going on: the report shows what was written so far.",
        "paused": "This training is paused: the report shows what was written so far.",
    }
    text = said.get(str(status))
    return element("p", text, class_="banner", role="note") if text else None


def _story(evidence: Evidence) -> list[Content]:
    told = evidence.told
    data, rows = told.get("data", {}), _rows(evidence)
    name = data.get("name")
    what = LEARNT.get(str(told.get("task")), "a task").format(_subject(evidence))
    story = [f"A network of {_size(evidence)} learnt {what}" + (f", from {name}." if name else ".")]
    if rows.get("train"):
        held = [f"{rows[part]:,} {use}" for part, use in HELD.items() if rows.get(part)]
        story.append(f"It learnt from {rows['train']:,} examples" + (f"; {' and '.join(held)}." if held else "."))
    epochs = told.get("epochs", 0)
    story.append(f"Training took {epochs} {'epoch' if epochs == 1 else 'epochs'} and {duration(told.get('seconds'))}"
                 f" on the engine {told.get('engine') or 'that is not known'}.")  # fmt: skip
    best = evidence.result.get("best_epoch")
    if best is not None:
        story.append(f"Its weights are those of epoch {best}" + (", the last." if best == epochs else "."))
    return [" ".join(story)]


HELD = {"validation": "others say how far training has come", "test": "that training never saw say how good it is"}


def _rows(evidence: Evidence) -> dict[str, int]:
    rows = evidence.run.rows or evidence.result.get("rows") or {}
    return {part: count for part, count in rows.items() if isinstance(count, int)}


def _subject(evidence: Evidence) -> str:
    """The classes, or the columns that are learnt."""
    data = evidence.run.description.get("data")
    data = data if isinstance(data, dict) else {}
    classes = data.get("classes")
    if isinstance(classes, list) and evidence.told.get("task") == "classification":
        return f"{len(classes)} classes ({listed(classes)})"
    return str(data.get("target") or "its targets")


def _size(evidence: Evidence) -> str:
    trained = evidence.trained
    if trained is None:
        return "a kind that cannot be read"
    return f"{sum(leaf.size for leaf in leaves(trained.params)):,} parameters"


def headline(result: dict[str, Any]) -> tuple[str, float] | None:
    """The measure that comes first on the test part, and its value."""
    test = result.get("test")
    if not isinstance(test, dict) or not test:
        return None
    name = next((name for name in test if name != "loss"), "loss")
    value = test[name]
    return (name, float(value)) if isinstance(value, (int, float)) else None


def _headline(evidence: Evidence) -> Html | None:
    found = headline(evidence.result)
    if found is None:
        return _last_epoch(evidence)
    name, value = found
    rows = _rows(evidence).get("test", 0)
    below = f"on {rows:,} test examples" if rows else "on the test part"
    if found_interval := intervals_of(evidence, "test").get(name):
        below += f"; on endlessly many, with 95\u00a0% certainty, {interval(name, *found_interval)}"
    return element(
        "div",
        element("p", element("b", measure(name, value)), element("span", f"test {words(name)}"), class_="figure"),
        element("p", below + ("; less is better" if name in SMALLER_IS_BETTER else ""), class_="soft"),
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
            said = element("span", f"{'training' if part == 'train' else part} {words(short)} of the last epoch")
            return element(
                "div",
                element("p", element("b", measure(short, last[name])), said, class_="figure"),
                element("p", "The test part was not measured.", class_="soft"),
                class_="headline",
            )
    return None


def _comparison(name: str, value: float, baselines: dict[str, Any]) -> list[Html]:
    """The network's figure and those of the baselines as bars, and what may be said of the difference."""
    rows = [("this network", value, True)]
    rows += [(model, told[name], False) for model, told in baselines.items() if isinstance(told.get(name), float)]
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
    told = baselines[best]
    gain, p = -told["gain"], told.get("p_value")
    unit = f"{100 * abs(gain):.1f} points" if name == "accuracy" else figure(abs(gain), 3)
    if gain == 0:
        return [element("p", f"It does exactly as well as {best}, the best of the baselines.", class_="soft")]
    chance = ""
    if isinstance(p, (int, float)) and math.isfinite(p):
        within = "beyond chance" if p < LEVEL else "not beyond chance"
        chance = f", {within} (p = {figure(float(p), 2)})"
    word = "Better" if gain > 0 else "Worse"
    said = f"{word} than {best}, the best of the baselines, by {unit}{chance}."
    return [element("p", said, class_="soft")]
