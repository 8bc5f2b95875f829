"""What a part of the report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content


@dataclass(frozen=True)
class Section:
    """A part with its heading. ``content`` says what the evidence tells of it, None where that is nothing."""

    title: str
    content: Callable[[Evidence], Content]
