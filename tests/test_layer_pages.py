"""Every public layer, cell, combinator, block and loss has a page, and it is what its code makes today."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import inspect
from pathlib import Path

import pytest

import pellucid.blocks
import pellucid.cells
import pellucid.combinators
import pellucid.layers
import pellucid.losses
from pellucid.derivation.lessons.pages import page
from pellucid.layer import Cell, Layer, Loss

ROOT = Path(__file__).parent.parent


def subjects():
    loader = importlib.machinery.SourceFileLoader("layer_pages", str(ROOT / "scripts" / "layer_pages"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("layer_pages", loader))
    loader.exec_module(module)
    return module.subjects()


SUBJECTS = subjects()


def public_classes():
    for room in (pellucid.layers, pellucid.cells, pellucid.combinators, pellucid.blocks, pellucid.losses):
        for public in (getattr(room, name) for name in room.__all__):
            if isinstance(public, type) and issubclass(public, (Layer, Cell, Loss)) and not inspect.isabstract(public):
                yield public


def test_no_page_is_missing_and_none_is_left_over():
    pages = {path.stem for path in (ROOT / "docs" / "layers").glob("*.md")}
    assert {cls.__name__ for cls in public_classes()} <= pages
    assert pages == {cls.__name__ for cls in SUBJECTS}


@pytest.mark.parametrize("cls", SUBJECTS, ids=lambda cls: cls.__name__)
def test_every_page_has_a_gradient_worked(cls):
    written = (ROOT / "docs" / "layers" / f"{cls.__name__}.md").read_text(encoding="utf-8")
    assert "## A gradient, worked" in written
    assert "∂E/∂" in written


@pytest.mark.parametrize("cls", SUBJECTS, ids=lambda cls: cls.__name__)
def test_a_page_is_what_the_code_makes(cls):
    written = (ROOT / "docs" / "layers" / f"{cls.__name__}.md").read_text(encoding="utf-8")
    assert written == page(cls, SUBJECTS[cls]), "run scripts/layer_pages"
