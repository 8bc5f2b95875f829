"""What the parts of the data are called."""

from __future__ import annotations

from pellucid.report_page.language import say, sentence

NAMES = {"train": sentence("training"), "validation": sentence("validation"), "test": sentence("test")}


def part_names() -> dict[str, str]:
    """The name of each part, in the language of the report."""
    return {part: say(name) for part, name in NAMES.items()}
