"""Documentation fails like code: every Python block of the README and docs runs, every link leads somewhere."""

from __future__ import annotations

import inspect
import re
import shlex
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import matplotlib as mpl
import pytest

from pellucid import activation_table
from pellucid.cli.app import make_app
from pellucid.cli.case_options import with_settings
from pellucid.cli.train import train
from pellucid.jobs.gather import validate
from pellucid.jobs.settings import settings_model

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_python_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mpl.use("Agg")
    module = ModuleType(page.stem.replace("-", "_"))  # a real one, so that classes defined in it can be pickled
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), module.__dict__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_the_readme_begins_with_two_commands_in_one_line_each():
    commands = blocks(ROOT / "README.md", "sh")
    assert len(commands) == 2
    assert all(len(command.strip().splitlines()) == 1 for command in commands)


def test_commands_shown_in_the_readme_exist():
    commands = make_app(["train"]).registered_commands
    known = {command.name or command.callback.__name__: command.callback for command in commands}
    for line in "".join(blocks(ROOT / "README.md", "console")).splitlines():
        words = shlex.split(line, comments=True)
        assert words[:2] == ["$", "pellucid"]
        assert words[2] in known
        options = {word[2:].replace("-", "_") for word in words if word.startswith("--")}
        assert options <= set(inspect.signature(known[words[2]]).parameters) | {"json"}


def test_the_configuration_in_the_readme_is_valid():
    (block,) = blocks(ROOT / "README.md", "toml")
    assert validate(tomllib.loads(block), "README.md").epochs == 60


def test_the_table_of_activations_is_made_from_the_classes():
    page = (ROOT / "docs" / "activations.md").read_text(encoding="utf-8")
    assert re.search(r"<!-- table -->\n(.*?)<!-- end -->", page, re.DOTALL)[1] == activation_table()


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    table = re.search(r"<!-- settings -->\n(.*?)<!-- end -->", page, re.DOTALL)[1]
    named = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(settings_model().model_fields)
    options = set(inspect.signature(with_settings(train)).parameters)
    assert set(settings_model().model_fields) - {"network"} <= options
