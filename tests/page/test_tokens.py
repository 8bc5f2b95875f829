"""The design tokens that pages share."""

from __future__ import annotations

import re
from importlib import resources

from pellucid.page import tokens


def test_explain_uses_only_tokens_that_exist():
    style = resources.files("pellucid.derivation.render").joinpath("page.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+):", tokens()))
    used = set(re.findall(r"var\((--[\w-]+)\)", style))
    assert used
    assert used <= defined


def test_both_schemes_have_every_colour():
    assert len(re.findall(r"light-dark\(#\w{6}, #\w{6}\)", tokens())) == tokens().count("light-dark(")
