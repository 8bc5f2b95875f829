"""Where a run comes from, and the commands that take it further."""

from __future__ import annotations

import shlex
from typing import Any

from pellucid.errors import PellucidError, describe
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import figure

OWN = (
    sentence("made by pellucid"),
    sentence("begun"),
    sentence("status"),
    sentence("data"),
    sentence("fingerprint of the data"),
    sentence("folder"),
    sentence("engine"),
)
"""What is said beside the settings, whose names are those of their options."""


def commands(evidence: Evidence) -> Content:
    """Each with what it does."""
    run, path = evidence.run, shlex.quote(str(evidence.path))
    if not run.settings:
        lines = [
            (say("use it in Python"), f"from pellucid import load_run\nrun = load_run({str(evidence.path)!r})"),
            (say("watch it"), f"pellucid watch {path}"),
            (say("make this report again"), f"pellucid report {path}"),
        ]
        return _list(lines)
    epochs = int(evidence.told.get("epochs_planned") or evidence.told.get("epochs") or 0)
    further = "" if evidence.told.get("status") in ("stopped", "crashed") else f" --epochs {2 * epochs}"
    lines = [
        (say("predict"), f"pellucid predict {path} {_rows(evidence)}"),
        (say("explain a gradient in numbers"), f"pellucid explain {path}"),
        (say("check every gradient"), f"pellucid check {path}"),
        (say("go on training"), f"pellucid train --resume {path}{further}"),
        (say("watch its curves and layers"), f"pellucid watch {path}"),
        (say("make this report again"), f"pellucid report {path}"),
    ]
    return _list([*([(say("repeat"), run.command)] if run.command else []), *lines])


def origin(evidence: Evidence) -> Content:
    """Version, seed, fingerprint, engine, and every setting."""
    run, told = evidence.run, evidence.told
    description = run.description
    pairs: dict[str, Any] = {
        "made by pellucid": told.get("version"),
        "begun": str(told.get("started") or "").replace("T", " ").replace("+00:00", " UTC"),
        "status": description.get("status"),
        "data": (told.get("data") or {}).get("name"),
        "fingerprint of the data": run.fingerprint,
        "folder": str(evidence.path),
        **(told.get("settings") or {}),
        "engine": run.engine,
    }
    shown = [
        element("div", element("dt", say(name) if name in OWN else name), element("dd", _value(value)))
        for name, value in pairs.items()
        if value not in (None, "")
    ]
    return element("dl", shown, class_="settings")


def _rows(evidence: Evidence) -> str:
    """What to predict may be called: a table or a folder."""
    try:
        preparation = evidence.run.preparation
    except PellucidError as error:
        evidence.missing.append(describe(error))
        return "rows.csv"
    return "rows.csv" if preparation is None or preparation.columns_in_x else "folder"


def _list(lines: list[tuple[str, str]]) -> Content:
    return element("dl", [element("div", element("dt", what), element("dd", _command(line))) for what, line in lines],
                   class_="commands")  # fmt: skip


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return figure(value) if isinstance(value, float) else str(value)


def _command(line: str) -> Html:
    """A command that is broken between words alone where it is too long."""
    lines = [[element("span", word) if word else "" for word in part.split(" ")] for part in line.split("\n")]
    spaced = [[[word, " "] for word in part] for part in lines]
    return element("code", [[part, "\n"] for part in spaced[:-1]], spaced[-1])
