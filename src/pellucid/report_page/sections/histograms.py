"""Histograms of weights, gradients and outputs, as the network was examined last."""

from __future__ import annotations

from typing import Any

from pellucid.report_page.charts.bars import small_histogram
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.language import say
from pellucid.report_page.numbers import figure

MOST_HISTOGRAMS = 24


def histograms(examined: dict[str, Any]) -> Content:
    """A small picture of each array of a line of ``histograms.jsonl``."""
    found = examined.get("histograms")
    if not isinstance(found, dict):
        return None
    cards = [card for name, told in list(found.items())[:MOST_HISTOGRAMS] if (card := _histogram(str(name), told))]
    if not cards:
        return None
    epoch, examples = (examined.get(name, "–") for name in ("epoch", "examples"))
    at = say("Epoch {epoch}, {count} training examples.", epoch=epoch, count=examples)
    more = len(found) - MOST_HISTOGRAMS
    if more > 0:
        at += say(" The first {count} of {all} histograms.", count=MOST_HISTOGRAMS, all=len(found))
    return [
        element("h3", say("How numbers are spread")),
        element("p", at, class_="soft"),
        element("ul", cards, class_="spread"),
    ]


def _histogram(name: str, told: Any) -> Html | None:
    counts = told.get("counts") if isinstance(told, dict) else None
    if not isinstance(counts, list) or not all(isinstance(n, (int, float)) and n >= 0 for n in counts):
        return None
    ends = [element("span", figure(told.get(end), 3)) for end in ("least", "greatest")]
    bad = told.get("not_finite")
    return element(
        "li",
        element("b", name),
        small_histogram([int(n) for n in counts]),
        element("small", ends, class_="ends"),
        element("small", say("{count} not finite", count=bad), class_="bad") if bad else None,
    )
