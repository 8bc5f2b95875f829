"""What was trained on what, in words, and the figure that matters beside what it must beat."""

from __future__ import annotations

from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.numbers import duration, listed
from pellucid.report_page.sections.headline import draw_headline, rows_of
from pellucid.trees import leaves

LEARNT = {
    "classification": "to tell {} apart",
    "multi-label": "to answer for {}",
    "regression": "to predict {}",
    "forecasting": "to forecast {}",
    "reconstruction": "to give its inputs back through a narrow layer",
}


def summary(evidence: Evidence) -> Content:
    """The state of the run, a paragraph, and the headline."""
    return [_state(evidence), element("p", _story(evidence), class_="lead"), draw_headline(evidence)]


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
    data, rows = told.get("data", {}), rows_of(evidence)
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
