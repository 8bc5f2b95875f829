"""The line that tells how far a command is."""

from __future__ import annotations

import sys

import pytest

from pellucid.cli.case_options import progress_line


def test_on_a_terminal_the_line_is_gone_when_the_command_fails(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    def fails():
        with progress_line(quiet=False) as tell:
            tell("the first step")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert capsys.readouterr().err.endswith("the first step\r\033[K")


def test_in_a_log_each_message_is_one_line(capsys):
    with progress_line(quiet=False) as tell:
        for message in ("scaled", "scaled", "scaled, seed 1 of 5", "other"):
            tell(message)
    assert capsys.readouterr().err == "scaled\nother\n"
