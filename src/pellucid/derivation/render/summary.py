"""The head of a page: what is explained, the answer, how it comes about, and the contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from pellucid.data.messages import with_count
from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.diagram import Column
from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.render.cards import Cards
from pellucid.derivation.render.markup import name_markup
from pellucid.derivation.render.outline import NumberedLine, Section, answer_of

CHECKS = {
    "numerical": "by a central difference:",
    "automatic": "by automatic differentiation:",
    "relative error": "relative error",
}
"""What the steps of the check are called in the summary."""

TERMS = 3
"""Of a long sum so many terms are shown in the summary, and the sum of the rest."""


def summary(derivation: Derivation, sections: list[Section], cards: Cards) -> str:
    """The answer, the facts around it, links to the sections, and, folded, each layer with its steps."""
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{fact}</dd></div>\n" for name, fact in _facts(derivation, sections, cards)
    )
    links = "".join(
        f"<li><a href=#{section.name}>{section.name.capitalize()}</a> "
        f"<small>{with_count(sum(len(group.lines) for group in section.groups), 'step')}</small></li>"
        for section in sections
    )
    return (
        f'<section class=summary aria-label="The answer">\n{_answer(derivation, cards)}\n<dl>\n{facts}</dl>\n'
        f"<nav aria-label=Contents><ul>{links}<li><button id=all hidden>Unfold all</button></li></ul></nav>\n"
        f"{_layers(derivation.network, sections)}</section>\n"
    )


def _answer(derivation: Derivation, cards: Cards) -> str:
    subject = number_name(derivation.subject)
    shown = f"<b>{cards.markup.number(derivation.value)}</b>"
    if subject == derivation.subject:
        means = "One step of training: what it changes the loss by."
        return f"<h1 class=result>Change of <i>{escape(subject)}</i> = {shown}</h1>\n<p>{means}</p>"
    times = f"by {cards.markup.number(abs(derivation.value))} times as much"
    does = f"{'rises' if derivation.value > 0 else 'falls'} {times}" if derivation.value else "stays as it is"
    means = f"Where {escape(subject)} grows by a little, the loss E {does}."
    return f"<h1 class=result>{name_markup(derivation.subject)} = {shown}</h1>\n<p>{means}</p>"


def _facts(derivation: Derivation, sections: list[Section], cards: Cards) -> Iterator[tuple[str, str]]:
    """The chain rule along the paths, or else the last sum; the loss; the weight after the step; and the checks."""
    lines = {section.name: [line for group in section.groups for line in group.lines] for section in sections}
    answer, backward = answer_of(derivation, sections), lines.get("backward", [])
    if answer:
        chain = derivation.chain[-1:]
        last = next((line for line in backward if any(line.step is step for step in chain)), answer)
        title = "The chain rule" if chain else "What it is made of"
        rows = "".join(f"<p>= {row}</p>" for row in replace(cards, most=min(cards.most, TERMS)).rows(last))
        yield f"{title} <small>{_link(last)}</small>", f"<div class=e>{rows}</div>"
    for line in lines.get("forward", []):
        if line.step.name == "E":
            yield f"The loss <small>{_link(line)}</small>", f"<i>E</i> = {cards.markup.number(line.step.value)}"
    for line in lines.get("update", []) if answer else []:
        if line.step.name.endswith(" after the step"):
            name = name_markup(line.step.name.removesuffix(" after the step"))
            yield f"After the step <small>{_link(line)}</small>", f"{name} = {cards.markup.number(line.step.value)}"
    checks = "".join(
        f"<li>{CHECKS[line.step.name]} {cards.markup.number(line.step.value)} <small>{_link(line)}</small></li>"
        for line in lines.get("check", [])
        if line.step.name in CHECKS
    )
    if checks:
        yield "Checked", f"<ul>{checks}</ul>"


def _layers(network: tuple[Column, ...], sections: list[Section]) -> str:
    """Folded: each layer with how many numbers it gives, and links to its steps forward and backward."""
    passes = [section for section in sections if section.name in ("forward", "backward")]
    found = {section.name: _by_column(section, network) for section in passes}
    items = "".join(
        f"<li><b>{escape(column.title)}</b> <small>{escape(column.layer)}</small> "
        f"<span>{with_count(column.size, 'number')}{_steps_of(column.title, found)}</span></li>\n"
        for column in network
        if column.size
    )
    return f"<details class=layers><summary>Layer by layer</summary><ul>\n{items}</ul></details>\n" if items else ""


def _steps_of(title: str, found: Mapping[str, Mapping[str, list[NumberedLine]]]) -> str:
    """Links to the first step of each section that is about this column."""
    return "".join(
        f"; <a href=#s{lines[title][0].number}>{name}</a> {with_count(len(lines[title]), 'step')}"
        for name, lines in found.items()
        if title in lines
    )


def _by_column(section: Section, network: tuple[Column, ...]) -> dict[str, list[NumberedLine]]:
    """The lines of a section by the title of the column whose numbers they give, or whose gradients."""
    titles = {unit.name: column.title for column in network for unit in column.units}
    known = {column.title for column in network}
    found: dict[str, list[NumberedLine]] = {}
    for group in section.groups:
        for line in group.lines:
            name = number_name(line.step.name)
            title = titles.get(name, name.partition("[")[0])
            if title in known:
                found.setdefault(title, []).append(line)
    return found


def _link(line: NumberedLine) -> str:
    return f"<a href=#s{line.number}>step {line.number}</a>"
