"""A derivation as text, Markdown, HTML or JSON, on standard output or in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pellucid.cli.output import harmless, harmless_json, say, text_width, write_styled
from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.lessons import Example
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.files import write_atomic

FORMS = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".json": "json"}
"""The forms, by the ending of a file."""


def refuse_together(these: Mapping[str, Any], those: Mapping[str, Any], keep: str = "") -> None:
    """Raise ConfigError where one of these options and one of those, but ``keep``, are given."""
    for one in (name for name, value in these.items() if value):
        for other in (name for name, value in those.items() if value and name != keep):
            raise ConfigError(f"{one} and {other} do not go together: leave one out")


def format_of(form: str | None, out: Path | None, as_json: bool) -> str:
    """The form asked for: by its name, by ``--json``, or by the ending of the file; else text."""
    if out == Path():
        raise ConfigError("--out needs the name of a file, such as derivation.html")
    known = list(dict.fromkeys(FORMS.values()))
    if form is not None and form not in known:
        raise UnknownNameError("format", form, known)
    if as_json and form not in (None, "json"):
        raise ConfigError(f"--json and --format {form} do not go together: leave one out")
    form = "json" if as_json else form
    told = FORMS.get(out.suffix.lower()) if out else None
    if form and told and form != told:
        raise ConfigError(f"--out {out} is {told} by its ending, but {form} was asked for: change one")
    if form is None and out and out.suffix and out.suffix.lower() not in FORMS:
        raise ConfigError(
            f"--out {out}: no format has the ending {out.suffix}: take {', '.join(FORMS)}, or give --format"
        )
    return form or (FORMS.get(out.suffix.lower(), "text") if out else "text")


def part(explanation: Explanation, only: str | None) -> Explanation:
    """The explanation with one section alone. Raises UnknownNameError where it has no such section."""
    if only is None:
        return explanation
    if only == "update" and not explanation.update:
        raise ConfigError(f"{number_name(explanation.subject)} is not updated, only weights are: leave out --only")
    if only not in explanation.sections():
        raise ConfigError(f"there is no section {only!r}: choose one of {', '.join(explanation.sections())}")
    kept = ("backward", "chain") if only == "backward" else (only,)
    none: dict[str, Any] = {
        name: () for name in ("forward", "backward", "chain", "update", "check") if name not in kept
    }
    return replace(explanation, **none)


def render_explanation(
    explanation: Explanation, form: str, digits: int | None, full: bool, example: Example, out: Path | None
) -> str:
    """The explanation as Markdown, HTML, JSON or text; on a terminal as wide as that, with bold headings."""
    decimals = example.decimals if digits is None else None
    digits = example.digits if digits is None else digits
    if form == "json":
        return harmless_json(explanation.json())
    if form == "html":
        return harmless(explanation.html(digits, full=full, decimals=decimals))
    if form == "markdown":
        return harmless(explanation.markdown(digits, full=full, decimals=decimals))
    is_shown = out is None and sys.stdout.isatty()
    text = harmless(explanation.text(digits, text_width(out is None), full=full, decimals=decimals))
    return _bold(text, explanation) if is_shown and not os.environ.get("NO_COLOR") else text


def _bold(text: str, explanation: Explanation) -> str:
    """The headings of the sections in bold."""
    heads = {harmless(name.upper()) for name in explanation.sections()}
    return "\n".join(f"\x1b[1m{line}\x1b[0m" if line in heads else line for line in text.split("\n"))


def put(text: str, out: Path | None, quiet: bool) -> None:
    """Text on standard output, or in a file, whole or not at all."""
    text = text.rstrip("\n") + "\n"
    if out is None:
        write_styled(text)
        return
    write_atomic(out, text)
    if not quiet:
        say(f"written to {out}")
