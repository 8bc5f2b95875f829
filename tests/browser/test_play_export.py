"""The playground saved as files: opened without a server, on an engine of its own."""

from __future__ import annotations

import re

import pytest

from browser.playing import epoch, loss_text, wait_for_epoch, wait_for_frame, wait_until
from browser.serving import serving_play
from pellucid.web.play_export import export_play


@pytest.fixture(scope="module")
def saved(built, tmp_path_factory):
    """The address of a saved page."""
    folder = tmp_path_factory.mktemp("saved") / "playground"
    export_play(folder)
    return (folder / "index.html").as_uri()


def scores(page):
    """All numbers of the output column."""
    return page.locator(".scores dd").all_inner_texts()


def test_it_trains_and_is_edited_without_a_server(open_page, saved):
    page = open_page(saved)
    wait_for_frame(page)
    page.wait_for_timeout(300)
    assert epoch(page) == 0
    page.get_by_role("button", name="Run", exact=True).click()
    wait_for_epoch(page, lambda now: now > 200)
    page.get_by_role("button", name="Pause", exact=True).click()
    wait_until(page, lambda: float(loss_text(page)) < 0.5, "a lower loss")
    before = loss_text(page)
    page.get_by_role("button", name="Bias of Output").click()
    field = page.get_by_role("textbox", name="Bias of Output")
    field.fill("2.5")
    page.get_by_text("now 2.5").wait_for()
    field.press("Enter")
    wait_until(page, lambda: loss_text(page) != before, "another loss")


def test_a_link_says_the_state_and_those_of_tensorflow_playground_are_taken(open_page, saved):
    page = open_page(saved)
    wait_for_frame(page)
    page.get_by_label("Learning rate", exact=True).select_option("0.3")
    wait_until(page, lambda: "learning_rate=0.3" in page.url, "the rate in the address")
    again = open_page(page.url)
    wait_for_frame(again)
    assert again.get_by_label("Learning rate", exact=True).input_value() == "0.3"
    theirs = open_page(f"{saved}#activation=relu&dataset=spiral&networkShape=6,3&noise=20")
    theirs.get_by_text("This was a link of TensorFlow Playground.").wait_for()
    wait_for_frame(theirs)
    assert re.search(r"#v=1&data=spiral&noise=20&", theirs.url)


def test_the_same_state_has_the_same_numbers_live_and_saved(open_page, saved):
    state = "#v=1&data=xor&noise=15&optimizer=adam&dropout=0.1&layers=3relu,2"
    with serving_play() as address:
        pages = [open_page(address + state), open_page(saved + state)]
        for page in pages:
            wait_for_frame(page)
        for steps in range(3):
            assert scores(pages[0]) == scores(pages[1])
            for page in pages:
                page.get_by_role("button", name="+1 Epoch").click()
                wait_for_epoch(page, lambda now, steps=steps: now == steps + 1)
        assert scores(pages[0]) == scores(pages[1])


def test_a_page_saved_for_a_link_begins_with_it(open_page, built, tmp_path):
    export_play(tmp_path / "out", "https://playground.example/#v=1&data=moons")
    page = open_page((tmp_path / "out" / "index.html").as_uri())
    wait_for_frame(page)
    assert page.url.endswith("#v=1&data=moons")
