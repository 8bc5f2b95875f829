"""A report read back: its sections, their texts and tables; whatever is not well formed fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img"}


@dataclass
class Part:
    """A section: its text, and every table as rows of cells."""

    text: str = ""
    tables: list[list[list[str]]] = field(default_factory=list)
    tags: list[tuple[str, dict]] = field(default_factory=list)

    def row(self, first: str) -> list[str]:
        """The cells behind the first of the row that begins with ``first``."""
        return next(row[1:] for table in self.tables for row in table if row[0].startswith(first))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts = {"": Part()}
        self.part = self.parts[""]
        self.open: list[str] = []
        self.heading = self.cell = False

    def handle_starttag(self, tag, attributes):
        self.part.tags.append((tag, dict(attributes)))
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "h2":
            self.heading = True
        elif tag == "table":
            self.part.tables.append([])
        elif tag == "tr":
            self.part.tables[-1].append([])
        elif tag in ("td", "th"):
            self.part.tables[-1][-1].append("")
            self.cell = True

    def handle_startendtag(self, tag, attributes):
        self.part.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.heading = self.heading and tag != "h2"
        self.cell = self.cell and tag not in ("td", "th")

    def handle_data(self, text):
        if self.heading:
            self.part = self.parts[text] = Part()
        elif self.cell:
            row = self.part.tables[-1][-1]
            row[-1] = f"{row[-1]} {text}".strip()
        self.part.text += f" {text}"


def read(page: str) -> dict[str, Part]:
    """The parts of a report by their headings; what stands before the first is at ""."""
    reader = _Reader()
    reader.feed(page)
    assert not reader.open
    assert "could not be made" not in page
    return reader.parts
