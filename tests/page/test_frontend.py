"""The front end's own checks: its types and its tests."""

from __future__ import annotations

import os

import pytest

from browser.chromium import page_build


def test_types_and_tests_of_the_page():
    build = page_build()
    try:
        build.install(development=True)
    except build.PageError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no npm: {error}")
    build.test()


def test_the_page_is_small_before_its_content():
    import gzip

    build = page_build()
    try:
        build.build()
    except build.PageError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no npm: {error}")
    first = [build.STATIC / "index.html", *(build.STATIC / "assets").glob("index-*")]
    assert len(first) == 3
    assert sum(len(gzip.compress(path.read_bytes())) for path in first) <= 60_000
