"""The names of ``pellucid.data`` as a whole."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import pellucid.data


def test_what_type_checkers_see_is_what_is_there():
    tree = ast.parse(Path(pellucid.data.__file__).read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body for alias in node.names}
    assert sorted(seen) == pellucid.data.__all__ == dir(pellucid.data)
    for name, module in seen.items():
        assert getattr(pellucid.data, name) is getattr(importlib.import_module(module), name)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match=r"module 'pellucid.data' has no attribute 'Datset'"):
        _ = pellucid.data.Datset


@pytest.mark.parametrize("module", ["data", "data.files.missing", "data.messages"])
def test_a_room_opens_no_other(module):
    code = f"import sys, pellucid.{module}; print(*(m for m in sys.modules if m.startswith('pellucid.data.')))"
    opened = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    wanted = {".".join(f"pellucid.{module}".split(".")[: n + 1]) for n in range(2, module.count(".") + 2)}
    assert set(opened) == wanted


def test_the_first_name_is_still_there():
    assert pellucid.data.cut_in_streams is pellucid.data.split_into_streams
