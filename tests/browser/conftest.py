"""One browser for all tests, pages of either language and scheme, and servers in threads."""

from __future__ import annotations

import os

import pytest

from browser.chromium import HOW, find_chromium, page_build
from browser.playing import Told, wait_for_frame
from browser.serving import serving_play

SLOW = 20_000
"""Milliseconds after which what should be seen is missing: machines that test are busy."""


def _missing(why: str) -> None:
    """Without what it takes, these tests are skipped; where changes are checked for others, that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def built():
    """The page as its sources are now, and axe."""
    build = page_build()
    try:
        build.build()
        build.install(development=True)
    except build.PageError as error:
        _missing(f"the page cannot be built: {error}")


@pytest.fixture(scope="package")  # while it is there an event loop runs, which other tests must not find
def chromium(built):
    playwright = pytest.importorskip("playwright.sync_api")
    path = find_chromium()
    if path is None:
        _missing(HOW)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open pages; the test fails if one of them has an error on its console."""
    contexts, errors = [], []

    def open_one(address: str, width: int = 1280, language: str = "en-US", scheme: str = "light"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if is_fault(told) else None)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture(scope="module")
def playground(built):
    """The address of a server of playgrounds."""
    with serving_play() as address:
        yield address


@pytest.fixture
def play(open_page, playground):
    """A page whose engine has answered, and what it said to it."""

    def open_one(address="", **options):
        page = open_page("about:blank", **options)
        told = Told(page)
        page.goto(playground + address)
        wait_for_frame(page)
        return page, told

    return open_one


def is_fault(told) -> bool:
    """Whether a line on the console tells of a fault of the page: answers that are no 200 and servers that are gone
    are told of by the browser itself.
    """
    return told.type == "error" and not told.text.startswith(("Failed to load resource", "WebSocket connection"))
