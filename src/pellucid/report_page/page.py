"""The page: every section of the report that has something to say, in one file that needs nothing else."""

from __future__ import annotations

from importlib import resources

from pellucid.errors import PellucidError, describe
from pellucid.page import tokens
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Html, element, join
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
    Section("What to know", remarks.remarks),
    Section("Findings", remarks.findings),
    Section("Results", results.results),
    Section("Beside the baselines", baselines.baselines),
    Section("Curves", curves.curves),
    Section("What was taken for what", decisions.confusion),
    Section("Each class", decisions.classes),
    Section("Can its probabilities be believed?", decisions.calibration),
    Section("Errors", amounts.residuals),
    Section("Worst mistakes", mistakes.mistakes),
    Section("What it leans on", importance.importance),
    Section("The data", data.data),
    Section("The network", health.network),
    Section("Health of the layers", health.health),
    Section("The gradient check", gradients.gradients),
    Section("Commands", origin.commands),
    Section("Notes", remarks.notes),
    Section("Where it comes from", origin.origin),
    Section("What this report leaves out", remarks.left_out),
)
"""In the order in which they are made and read; a new section is a line here."""


def make_page(evidence: Evidence) -> str:
    """The report as HTML. A section that cannot be made says so, and the others are there all the same."""
    name = evidence.path.resolve().name
    told = evidence.told
    top = [
        element("p", f"Report of a run · {told.get('task') or 'task not known'}", class_="soft"),
        element("h1", name),
        summary.summary(evidence),
    ]
    sections = [_section(k, section, evidence) for k, section in enumerate(SECTIONS, 1)]
    shown = [section for section in sections if section is not None]
    foot = f"Made by pellucid {__version__} from the files of the run."
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    head = join([
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width"),
        element("title", f"{name}: report"),
        element("style", Html(tokens() + style)),
    ])  # fmt: skip
    body = element("main", element("header", top), _contents(shown), [section for _, _, section in shown])
    return (
        f"<!doctype html>\n<html lang=en>\n<head>{head}</head>\n<body>{body}{element('footer', foot)}</body>\n</html>\n"
    )


def _section(number: int, section: Section, evidence: Evidence) -> tuple[str, str, Html] | None:
    """Its anchor, title and markup; None where it has nothing to say."""
    try:
        content = section.content(evidence)
    except Exception as error:
        why = describe(error) if isinstance(error, PellucidError) else f"{type(error).__name__}: {describe(error)}"
        content = element("p", f"This part could not be made: {why}", class_="banner")
    if not join(content):
        return None
    anchor = f"s{number}"
    return anchor, section.title, element("section", element("h2", section.title), content, id=anchor)


def _contents(sections: list[tuple[str, str, Html]]) -> Html:
    links = [element("li", element("a", title, href=f"#{anchor}")) for anchor, title, _ in sections]
    return element("nav", element("ul", links), aria_label="Contents")
