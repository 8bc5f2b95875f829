"""Runs as a folder of files: the page with all its answers, to open without a server or to put on any."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pellucid.errors import ConfigError, PellucidError, describe
from pellucid.files import to_json, write_atomic
from pellucid.runs.collection import RunCollection
from pellucid.web.answers import Answers
from pellucid.web.static import require_page

POINTS = 5_000
"""So many rows of each table are exported."""

EXAMPLES = 24

INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>pellucid</title>
<link rel="icon" href="./icon.svg">
<link rel="stylesheet" href="./page.css">
<script defer src="./export.js"></script>
<script defer src="./page.js"></script>
<div id="page"></div>
</html>
"""
OWN = ("index.html", "export.js", "page.js", "page.css", "icon.svg")

Answer = tuple[str, bytes]
"""An address, without the slash in front, and what is answered there."""


def export(folder: Path, out: Path, tell: Callable[[str], None]) -> int:
    """Write the page with the runs of ``folder`` to ``out``; how many runs.

    What cannot be answered, such as examples of data that is gone, is left out, and ``tell`` is told. An earlier
    export is written over. Raises ConfigError for a folder that holds other files, and where the page was not built.
    """
    page = require_page() / "export"
    if not (page / "page.js").is_file():
        raise ConfigError("this installation has no page for exports: install pellucid again")
    if out.exists() and any(out.iterdir()) and not (out / "export.js").is_file():
        raise ConfigError(f"{out} holds files that are of no export: choose another folder")
    data = out / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    answers = Answers(RunCollection(folder), steer=False, exported=True)
    known: dict[str, str] = {}
    for number, (address, content) in enumerate(_all_answers(answers, tell)):
        known[address] = str(number)
        text = base64.b64encode(content).decode()
        (data / f"{number}.js").write_text(f'pellucidExport.put("{number}", "{text}");\n', encoding="utf-8")
    script = files("pellucid.web").joinpath("export.js").read_text(encoding="utf-8")
    write_atomic(out / "export.js", script.replace("EXPORTED_FILES", to_json(known)))
    for path in page.iterdir():
        shutil.copyfile(path, out / path.name)
    write_atomic(out / "index.html", INDEX)
    return len(answers.collection.summaries())


def _all_answers(answers: Answers, tell: Callable[[str], None]) -> Iterator[Answer]:
    yield "api/session", _json(answers.session())
    every = answers.runs()
    yield "api/runs", _json(every)
    for run in every["runs"]:
        yield from _answers_of_run(answers, run["id"], tell)


def _answers_of_run(answers: Answers, name: str, tell: Callable[[str], None]) -> Iterator[Answer]:
    at = f"api/runs/{quote(name, safe=UNQUOTED)}"
    try:
        told = answers.run(name)
    except PellucidError as error:
        tell(f"{name}: {describe(error)}")
        return
    yield at, _json(told)
    for table in told.get("columns", ()):
        yield f"{at}/tables/{table}", answers.table(name, table, points=POINTS)
    for array in told.get("histograms", ()):
        yield f"{at}/histograms?name={array}", _json(answers.histograms(name, array))
    for node in (told.get("network") or {}).get("nodes", ()):
        for array in node["arrays"]:
            path = f"{node['path']}/{array}".lstrip("/")
            yield from _tried(tell, f"{at}/weights?path={path}", partial(answers.weights, name, path))
    examples = partial(answers.examples, name, "validation", "worst", EXAMPLES)
    yield from _tried(tell, f"{at}/examples", lambda: _json(examples()))


def _tried(tell: Callable[[str], None], address: str, make: Callable[[], bytes]) -> Iterator[Answer]:
    """The answer, if there is one."""
    try:
        yield address, make()
    except (PellucidError, OSError) as error:
        tell(f"left out {address.removeprefix('api/runs/')}: {error}")


def _json(value: Any) -> bytes:
    return to_json(value).encode("utf-8", "backslashreplace")


UNQUOTED = "!'()*-._~"
"""What a browser's encodeURIComponent leaves as it is."""
