"""What a network must beat, and by how much it does."""

from __future__ import annotations

from typing import Any

from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element, table
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import SHARES, figure, measure, words
from pellucid.report_page.sections.headline import headline, model_name

HOW = sentence(
    "The gain is by how much the network is better on the test examples, in the measure shown; beside it the standard "
    "error of that difference, example by example, and how often one as large would come about by chance (p)."
)


def baselines(evidence: Evidence) -> Content:
    """Each baseline with its measure, and the network's gain over it."""
    told, found = evidence.result.get("baseline"), headline(evidence.result)
    if not isinstance(told, dict) or not told or found is None:
        return None
    name, value = found
    rows: list[list[Content]] = [[element("b", say("this network")), measure(name, value), "", "", ""]]
    for model, facts in told.items():
        gain, error, p = (_number(facts.get(key)) for key in ("gain", "standard_error", "p_value"))
        gained = "–" if gain is None else f"{'+' if gain <= 0 else '−'}{_gain(name, gain)}"
        wide = "–" if error is None else _size(name, error)
        rows.append(
            [
                [model_name(model), _how(facts)],
                measure(name, facts.get(name)),
                gained,
                wide,
                "< 1e−300" if p == 0 else figure(p, 2),
            ]
        )
    return [
        table(
            [
                say("model"),
                say("test {measure}", measure=words(name)),
                say("gain of the network"),
                say("standard error"),
                "p",
            ],
            rows,
            "figures",
        ),
        element("p", say(HOW), class_="soft"),
    ]


def _how(facts: dict[str, Any]) -> Content:
    said = []
    if "components" in facts:
        said.append(say("{count} components", count=facts["components"]))
    if facts.get("rows"):
        said.append(say("from {count} rows", count=f"{facts['rows']:,}"))
    if facts.get("converged") is False:
        said.append(say("had not converged"))
    return element("small", say(", ").join(said)) if said else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _gain(name: str, amount: float) -> str:
    size = _size(name, amount)
    return say("{count} points", count=size) if name in SHARES else size


def _size(name: str, amount: float) -> str:
    """Of shares in points of percent."""
    return f"{100 * abs(amount):.1f}" if name in SHARES else figure(abs(amount), 3)
