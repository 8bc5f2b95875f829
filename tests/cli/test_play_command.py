"""``pellucid play``: what it serves, and what it cannot begin with."""

from __future__ import annotations

import pytest

from pellucid.cli.app import run
from pellucid.playground.messages import LARGEST
from pellucid.web import server, static


@pytest.fixture
def served(monkeypatch, tmp_path):
    """The site and options that a command would have served, from a folder with a page in it."""
    found = []
    monkeypatch.setattr(static, "FOLDER", tmp_path)
    monkeypatch.setattr(server, "serve_site", lambda site, **options: found.append((site, options)))
    (tmp_path / "play.html").write_text("<!doctype html>")
    return found


def test_it_serves_the_playground_begun_with_a_preset(served):
    assert run(["play", "xor-by-hand", "--no-browser", "--port", "0"]) == 0
    ((site, options),) = served
    assert (site.fragment, site.largest) == ("preset=xor-by-hand", LARGEST)
    assert (options["port"], options["open_browser"], options["host"]) == (0, False, "127.0.0.1")


def test_what_is_no_preset_is_refused_in_one_line(served, capsys):
    assert run(["play", "https://playground.tensorflow.org/"]) == 2
    assert "copy the whole address" in capsys.readouterr().err
    assert served == []


def test_without_the_page_it_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(static, "FOLDER", tmp_path)
    assert run(["play"]) == 2
    assert "the page was not built" in capsys.readouterr().err
