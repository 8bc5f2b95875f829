"""What a reader should know: remarks on the result, what could not be read, what the doctor found."""

from __future__ import annotations

from typing import Any

from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element
from pellucid.runs.layout import FINDINGS
from pellucid.runs.records import Records


def remarks(evidence: Evidence) -> Content:
    """The remarks of the result, a line each."""
    said = evidence.result.get("remarks")
    return _list(said) if isinstance(said, list) else None


def findings(evidence: Evidence) -> Content:
    """What a diagnosis found, ``findings`` of ``run.json``, and what a ``Watcher`` saw while the network trained."""
    diagnosed = evidence.run.description.get("findings")
    seen = Records(evidence.path / FINDINGS)
    seen.update()
    return _list([*(diagnosed if isinstance(diagnosed, list) else []), *map(_watched, seen.items)])


def _watched(record: dict[str, Any]) -> str:
    where = f" of {record['path']}" if record.get("path") else ""
    begun = f"{record.get('name')}{where} from epoch {record.get('epoch')} on: {record.get('said')}"
    return (
        begun
        if record.get("state") == "begun"
        else f"{record.get('name')}{where} is over at epoch {record.get('epoch')}"
    )


def notes(evidence: Evidence) -> Content:
    """What was decided and done in reading the data and in making the network."""
    data = evidence.run.description.get("data")
    said = evidence.result.get("notes") or (data.get("notes") if isinstance(data, dict) else None)
    return _list(said) if isinstance(said, list) else None


def left_out(evidence: Evidence) -> Content:
    """What this report does not show, and why."""
    return _list([*dict.fromkeys((*evidence.missing, *evidence.left_out))])


def _list(sentences: list[object]) -> Content:
    return element("ul", [element("li", str(one)) for one in sentences], class_="sentences") if sentences else None
