"""The page: every section of the report that has something to say, in one file that needs nothing else."""

from __future__ import annotations

from importlib import resources

from pellucid.errors import PellucidError, describe
from pellucid.page import tokens
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Html, element, join
from pellucid.report_page.language import html_language, say, sentence
from pellucid.report_page.sections import (
    amounts,
    baselines,
    curves,
    data,
    decisions,
    gradients,
    health,
    importance,
    mistakes,
    origin,
    remarks,
    results,
    summary,
)
from pellucid.report_page.sections.section import Section
from pellucid.version import __version__

SECTIONS = (
    Section(sentence("What to know"), remarks.remarks),
    Section(sentence("Findings"), remarks.findings),
    Section(sentence("Results"), results.results),
    Section(sentence("Beside the baselines"), baselines.baselines),
    Section(sentence("Curves"), curves.curves),
    Section(sentence("What was taken for what"), decisions.confusion),
    Section(sentence("Each class"), decisions.classes),
    Section(sentence("Can its probabilities be believed?"), decisions.calibration),
    Section(sentence("Errors"), amounts.residuals),
    Section(sentence("Worst mistakes"), mistakes.mistakes),
    Section(sentence("What it leans on"), importance.importance),
    Section(sentence("The data"), data.data),
    Section(sentence("The network"), health.network),
    Section(sentence("Health of the layers"), health.health),
    Section(sentence("The gradient check"), gradients.gradients),
    Section(sentence("Commands"), origin.commands),
    Section(sentence("Notes"), remarks.notes),
    Section(sentence("Where it comes from"), origin.origin),
    Section(sentence("What this report leaves out"), remarks.left_out),
)
"""In the order in which they are made and read; a new section is a line here."""


def make_page(evidence: Evidence) -> str:
    """The report as HTML. A section that cannot be made says so, and the others are there all the same."""
    name = evidence.path.resolve().name
    told = evidence.told
    top = [
        element("p", say("Report of a run · {task}", task=_task(told.get("task"))), class_="soft"),
        element("h1", name),
        summary.summary(evidence),
    ]
    sections = [_section(k, section, evidence) for k, section in enumerate(SECTIONS, 1)]
    shown = [section for section in sections if section is not None]
    foot = say("Made by pellucid {version} from the files of the run.", version=__version__)
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    head = join([
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width"),
        element("title", say("{run}: report", run=name)),
        element("style", Html(tokens() + style)),
    ])  # fmt: skip
    body = element("main", element("header", top), _contents(shown), [section for _, _, section in shown])
    body = join([body, element("footer", foot)])
    return f"<!doctype html>\n<html lang={html_language()}>\n<head>{head}</head>\n<body>{body}</body>\n</html>\n"


TASKS = {
    "classification": sentence("classification"),
    "multi-label": sentence("multi-label"),
    "regression": sentence("regression"),
    "forecasting": sentence("forecasting"),
    "reconstruction": sentence("reconstruction"),
}


def _task(name: object) -> str:
    return say(TASKS[str(name)]) if str(name) in TASKS else say("task not known")


def _section(number: int, section: Section, evidence: Evidence) -> tuple[str, str, Html] | None:
    """Its anchor, title and markup; None where it has nothing to say."""
    try:
        content = section.content(evidence)
    except Exception as error:
        why = describe(error) if isinstance(error, PellucidError) else f"{type(error).__name__}: {describe(error)}"
        content = element("p", say("This part could not be made: {why}", why=why), class_="banner")
    if not join(content):
        return None
    anchor, title = f"s{number}", say(section.title)
    return anchor, title, element("section", element("h2", title), content, id=anchor)


def _contents(sections: list[tuple[str, str, Html]]) -> Html:
    links = [element("li", element("a", title, href=f"#{anchor}")) for anchor, title, _ in sections]
    return element("nav", element("ul", links), aria_label=say("Contents"))
