"""The playground as a folder of files, with an engine of its own: to open without a server, or to put on any."""

from __future__ import annotations

from html import escape
from pathlib import Path

from pellucid.errors import ConfigError
from pellucid.files import write_atomic
from pellucid.web.play import PAGE, fragment_of
from pellucid.web.saved import built_page, write_saved

MARK = "<!-- a playground of pellucid, saved as files -->"
"""The first line of the page: what an earlier export is known by."""

INDEX = f"""{MARK}
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>pellucid playground</title>
<link rel="icon" href="./icon.svg">
<link rel="stylesheet" href="./page.css">
<script defer src="./page.js"></script>
<div id="page" data-start="START"></div>
<noscript>This page needs JavaScript.</noscript>
</html>
"""


def export_play(out: Path, start: str = "") -> None:
    """Write the page to ``out``; it begins with the preset or link ``start``.

    An earlier export stays until the new one is whole, and is replaced by it. Raises ConfigError for a folder that
    holds other files, for a start that is none, and where the page was not built.
    """
    fragment = fragment_of(start)
    page = built_page("export-play", PAGE)
    _require_free(out)

    def fill(made: Path) -> None:
        write_atomic(made / "index.html", INDEX.replace("START", escape(fragment)))

    write_saved(out, page, fill)


def _require_free(out: Path) -> None:
    """Raise ConfigError where ``out`` holds anything, unless its page is that of an export."""
    if not out.exists():
        return
    try:
        known = (out / "index.html").read_bytes().startswith(MARK.encode())
    except OSError:
        known = False
    if not out.is_dir() or (not known and any(out.iterdir())):
        raise ConfigError(f"{out} holds files that are of no export: choose another folder")
