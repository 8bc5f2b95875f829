"""Runs as a folder of files: the page with all its answers, to open without a server or to put on any."""

from __future__ import annotations

import base64
import json
import re
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
from pellucid.web.saved import built_page, write_saved

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

Answer = tuple[str, bytes]
"""An address, without the slash in front, and what is answered there."""


def export(folder: Path, out: Path, tell: Callable[[str], None]) -> int:
    """Write the page with the runs of ``folder`` to ``out``; how many runs.

    What cannot be answered, such as examples of data that is gone, is left out, and ``tell`` is told. An earlier
    export stays until the new one is whole, and is replaced by it. Raises ConfigError for a folder that holds other
    files, and where the page was not built.
    """
    page = built_page("export", "index.html")
    script = files("pellucid.web").joinpath("export.js").read_text(encoding="utf-8")
    _require_free(out, script.partition("\n")[0])
    answers = Answers(RunCollection(folder), steer=False, exported=True)

    def fill(made: Path) -> None:
        (made / "data").mkdir()
        _write_answers(made, answers, script, tell)
        write_atomic(made / "index.html", INDEX)

    write_saved(out, page, fill)
    return len(answers.collection.summaries())


def _write_answers(out: Path, answers: Answers, script: str, tell: Callable[[str], None]) -> None:
    """Write each answer to a script of its own, and ``export.js``, which knows them all."""
    known: dict[str, str] = {}
    for number, (address, content) in enumerate(_all_answers(answers, tell)):
        known[address] = str(number)
        text = base64.b64encode(content).decode()
        (out / "data" / f"{number}.js").write_text(f'pellucidExport.put("{number}", "{text}");\n', encoding="utf-8")
    write_atomic(out / "export.js", script.replace("EXPORTED_FILES", to_json(known)))


def _require_free(out: Path, first_line: str) -> None:
    """Raise ConfigError where an export would replace what is of no export: a script that does not begin as that of
    an export does, a file of its names beside no such script, or a file in ``data`` that no export writes.
    """
    try:
        script = (out / "export.js").read_bytes().startswith(first_line.encode())
    except OSError:
        script = False
    found = {path.name for path in out.iterdir()} if out.exists() else set()
    answers = (out / "data").iterdir() if (out / "data").is_dir() else ()
    foreign = [path.name for path in answers if not re.fullmatch(r"\d+\.js", path.name)]
    if (found and not script) or foreign:
        raise ConfigError(f"{out} holds files that are of no export: choose another folder")


def _all_answers(answers: Answers, tell: Callable[[str], None]) -> Iterator[Answer]:
    yield "api/session", _json(answers.session())
    every = answers.runs()
    yield "api/runs", _json(every)
    for run in every["runs"]:
        yield from _answers_of_run(answers, run["id"], tell)


def _answers_of_run(answers: Answers, name: str, tell: Callable[[str], None]) -> Iterator[Answer]:
    at = f"api/runs/{quote(name, safe=UNQUOTED, errors='surrogateescape')}"
    told: dict[str, Any] = {}
    for address, content in _tried(tell, at, partial(_json_of, partial(answers.run, name))):
        told = json.loads(content)
        yield address, content
    if not told:
        return
    for table in told.get("columns", ()):
        yield from _tried(tell, f"{at}/tables/{table}", partial(answers.table, name, table, points=POINTS))
    for array in told.get("histograms", ()):
        histograms = partial(answers.histograms, name, array)
        yield from _tried(tell, f"{at}/histograms?name={array}", partial(_json_of, histograms))
    for node in (told.get("network") or {}).get("nodes", ()):
        for array in node["arrays"]:
            path = f"{node['path']}/{array}".lstrip("/")
            yield from _tried(tell, f"{at}/weights?path={path}", partial(answers.weights, name, path))
    examples = partial(answers.examples, name, "validation", "worst", EXAMPLES)
    yield from _tried(tell, f"{at}/examples", partial(_json_of, examples))


def _tried(tell: Callable[[str], None], address: str, make: Callable[[], bytes]) -> Iterator[Answer]:
    """The answer, if there is one. Of one damaged run all others are exported, whatever the damage."""
    try:
        content = make()
    except Exception as error:
        why = describe(error) if isinstance(error, (PellucidError, OSError)) else f"it cannot be read ({error!r:.200})"
        tell(f"left out {address.removeprefix('api/runs/')}: {why}")
    else:
        yield address, content


def _json_of(make: Callable[[], Any]) -> bytes:
    return _json(make())


def _json(value: Any) -> bytes:
    return to_json(value).encode("utf-8", "backslashreplace")


UNQUOTED = "!'()*-._~"
"""What a browser's encodeURIComponent leaves as it is."""
