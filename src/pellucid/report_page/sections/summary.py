"""What was trained on what, in words, and the figure that matters beside what it must beat."""

from __future__ import annotations

from typing import Any

from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import duration, listed
from pellucid.report_page.sections.headline import draw_headline, rows_of
from pellucid.trees import leaves

LEARNT = {
    "classification": sentence("to tell {subject} apart"),
    "multi-label": sentence("to answer for {subject}"),
    "regression": sentence("to predict {subject}"),
    "forecasting": sentence("to forecast {subject}"),
    "reconstruction": sentence("to give its inputs back through a narrow layer"),
}


def summary(evidence: Evidence) -> Content:
    """The state of the run, a paragraph, and the headline."""
    return [_state(evidence), element("p", _story(evidence), class_="lead"), draw_headline(evidence)]


INTERRUPTED = sentence(
    "This training was interrupted after {epochs} epochs: the figures are those of what was reached until then."
)
STOPPED = sentence(
    "This training was stopped ({reason}) after {epochs} epochs: the figures are those of what was reached until then."
)


def _state(evidence: Evidence) -> Html | None:
    """A banner for a run that did not come to its end."""
    status, stopped = evidence.told.get("status"), evidence.told.get("stopped")
    epochs = evidence.told.get("epochs", 0)
    said = {
        "stopped": say(INTERRUPTED if stopped == "interrupted" else STOPPED, reason=stopped, epochs=epochs),
        "failed": say("This training failed: {reason}. What was written until then is shown.", reason=stopped),
        "crashed": say(
            "This training ended without a word after {epochs} epochs. What was written until then is shown.",
            epochs=epochs,
        ),
        "running": say("This training is still going on: the report shows what was written so far."),
        "paused": say("This training is paused: the report shows what was written so far."),
    }
    text = said.get(str(status))
    return element("p", text, class_="banner", role="note") if text else None


def _story(evidence: Evidence) -> list[Content]:
    told = evidence.told
    data, rows = told.get("data", {}), rows_of(evidence)
    name = data.get("name")
    what = say(LEARNT.get(str(told.get("task")), sentence("a task")), subject=_subject(evidence))
    size = _size(evidence)
    story = [
        say("A network of {size} learnt {what}, from {data}.", size=size, what=what, data=name)
        if name
        else say("A network of {size} learnt {what}.", size=size, what=what)
    ]
    if rows.get("train"):
        story.append(_held(rows))
    story.append(_epochs(told, evidence.result.get("best_epoch")))
    return [say(" ").join(story)]


def _held(rows: dict[str, int]) -> str:
    """How many examples it learnt from, and what the others are for."""
    held = [say(use, count=f"{rows[part]:,}") for part, use in HELD.items() if rows.get(part)]
    learnt = f"{rows['train']:,}"
    if not held:
        return say("It learnt from {count} examples.", count=learnt)
    others = held[0] if len(held) == 1 else say("{validation} and {test}", validation=held[0], test=held[1])
    return say("It learnt from {count} examples; {others}.", count=learnt, others=others)


def _epochs(told: dict[str, Any], best: Any) -> str:
    """How long it took, on what, and which epoch's weights were kept."""
    epochs, seconds = told.get("epochs", 0), duration(told.get("seconds"))
    engine = told.get("engine") or say("that is not known")
    took = ONE_EPOCH if epochs == 1 else TOOK
    said = say(took, epochs=epochs, seconds=seconds, engine=engine)
    if best is None:
        return said
    kept = say("Its weights are those of epoch {epoch}, the last.", epoch=best) if best == epochs else ""
    return said + say(" ") + (kept or say("Its weights are those of epoch {epoch}.", epoch=best))


TOOK = sentence("Training took {epochs} epochs and {seconds} on the engine {engine}.")
ONE_EPOCH = sentence("Training took {epochs} epoch and {seconds} on the engine {engine}.")
HELD = {
    "validation": sentence("{count} others say how far training has come"),
    "test": sentence("{count} that training never saw say how good it is"),
}


def _subject(evidence: Evidence) -> str:
    """The classes, or the columns that are learnt."""
    data = evidence.run.description.get("data")
    data = data if isinstance(data, dict) else {}
    classes = data.get("classes")
    if isinstance(classes, list) and evidence.told.get("task") == "classification":
        return say("{count} classes ({names})", count=len(classes), names=listed(classes))
    return str(data.get("target") or say("its targets"))


def _size(evidence: Evidence) -> str:
    trained = evidence.trained
    if trained is None:
        return say("a kind that cannot be read")
    return say("{count} parameters", count=f"{sum(leaf.size for leaf in leaves(trained.params)):,}")
