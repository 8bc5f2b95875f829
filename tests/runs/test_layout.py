"""The layout: a run folder holds the files that are named, and the page names them all."""

from __future__ import annotations

import re
from pathlib import Path

from pellucid.cli.app import run as pellucid
from pellucid.runs import layout

PAGE = Path(__file__).parents[2] / "docs" / "training.md"


def test_a_run_holds_these_files_and_no_others(tmp_path):
    how = ["--epochs", "1", "--watch-every", "1", "--prepare", "whiten", "--quiet"]
    assert pellucid(["train", "iris", *how, "--out", str(tmp_path / "run")]) == 0
    assert {path.name for path in (tmp_path / "run").iterdir()} == set(layout.FILES) - {layout.CONTROL, layout.FINDINGS}


def test_the_page_on_training_names_them_all():
    section = PAGE.read_text(encoding="utf-8").partition("## The run folder")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\S+)` \|", section, re.MULTILINE) == list(layout.FILES)


def test_every_name_is_listed():
    names = {value for name, value in vars(layout).items() if name.isupper() and isinstance(value, str)}
    assert names == set(layout.FILES)
