"""What is written, and the names it is written with."""

from __future__ import annotations

import json
import os

from pellucid.files import printable, to_json, write_atomic


def test_names_that_are_no_utf_8_come_back_from_json_as_they_were(tmp_path):
    name = os.fsdecode(b"\xff\xfe.png")
    write_atomic(tmp_path / "names.json", to_json({name: [name]}))
    assert json.loads((tmp_path / "names.json").read_text(encoding="utf-8")) == {name: [name]}
    assert printable(name) == "\\udcff\\udcfe.png"
    assert printable("Größe") == "Größe"
