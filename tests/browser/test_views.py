"""The page in a browser: what is seen, what the address keeps, and what happens when the server goes and comes back."""

from __future__ import annotations

import json

import pytest

from browser.serving import serving
from synthetic_runs import epoch_record, write_run

HOSTILE = "<img src=x onerror=alert(1)>&'"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    write_run(folder / "a", epochs=12)
    settings = {"data": "iris", "epochs": 5, "hidden": [8], "optimizer": "adam", "seed": 1}
    write_run(folder / "b", epochs=5, settings=settings)
    hostile = folder / HOSTILE
    write_run(hostile, settings={**settings, HOSTILE: HOSTILE})
    with (hostile / "events.jsonl").open("a") as file:
        for kind in ("note", "tag"):
            file.write(json.dumps({"time": 3.0, "epoch": 1, "step": 1, "kind": kind, "text": HOSTILE}) + "\n")
    (folder / "broken").mkdir()
    (folder / "broken" / "run.json").write_text('{"pellucid_run": 1, ')
    return folder


@pytest.fixture(scope="module")
def served(built, runs):
    with serving(runs) as address:
        yield address


def test_runs_are_compared(open_page, served):
    page = open_page(served)
    for name in ("a", "b"):
        page.get_by_role("checkbox", name=f"Choose {name}", exact=True).check()
    page.get_by_role("tab", name="What changed").click()
    page.locator("tr.differs").first.wait_for()
    changed = page.locator("tr.differs").all_inner_texts()
    assert any(line.startswith("hidden\t4\t8") for line in changed)
    assert any(line.startswith("seed\t0\t1") for line in changed)
    assert not any(line.startswith("optimizer\t") for line in changed)
    page.get_by_role("tab", name="Curves").click()
    page.locator(".plot canvas").wait_for()
    page.locator(".legend li").nth(1).wait_for()
    assert page.locator(".legend li").count() == 2


def test_back_returns_to_what_was_seen(open_page, served):
    page = open_page(served)
    page.get_by_role("link", name="a", exact=True).click()
    page.get_by_role("tab", name="Settings and result").click()
    page.get_by_text("pellucid train iris").wait_for()
    page.go_back()
    page.get_by_role("tab", name="Curves", selected=True).wait_for()
    page.go_back()
    page.get_by_role("table").wait_for()
    page.go_forward()
    page.get_by_role("heading", name="a", exact=True).wait_for()


def test_an_address_shows_the_same_again(open_page, served):
    page = open_page(f"{served}#v1/run/a?x=epoch&smooth=0.5&log=1&zoom=2~6")
    page.get_by_role("button", name="Show all").first.wait_for()
    assert page.get_by_label("Horizontal axis").input_value() == "epoch"
    assert page.get_by_role("checkbox", name="Logarithmic").is_checked()


def test_an_address_of_another_version_is_said_and_read_as_far_as_it_goes(open_page, served):
    page = open_page(f"{served}#v9/run/a?tab=settings")
    page.get_by_text("Part of this address was not understood").wait_for()
    page.get_by_text("pellucid train iris").wait_for()


def test_hostile_names_are_words(open_page, served):
    page = open_page(served)
    page.get_by_role("link", name=HOSTILE).click()
    page.get_by_role("heading", name=HOSTILE).wait_for()
    page.get_by_role("tab", name="Events").click()
    page.get_by_text(f"Note: {HOSTILE}").wait_for()
    page.get_by_role("tab", name="Settings and result").click()
    page.get_by_role("rowheader", name=HOSTILE).wait_for()
    assert page.locator("img").count() == 0


def test_runs_that_cannot_be_read_say_why(open_page, served):
    page = open_page(f"{served}#v1/run/broken")
    page.get_by_role("alert").get_by_text("run.json").wait_for()
    page.goto(f"{served}#v1/run/nothing")
    page.get_by_text("This run cannot be shown").wait_for()


def test_what_is_looked_for_is_found(open_page, served):
    page = open_page(served)
    page.get_by_label("Filter").fill("hidden=8 seed=1")
    page.get_by_text("2 of 4 runs").wait_for()
    page.get_by_label("Group by").select_option("hidden")
    page.get_by_role("heading", name="by hidden").wait_for()


def test_columns_of_the_table_are_chosen_and_kept_in_the_address(open_page, served):
    page = open_page(f"{served}#v1/runs?where=data%3Diris")
    heads = page.locator(".virtual thead th")
    page.get_by_role("columnheader", name="hidden").wait_for()
    assert [name for name in heads.all_inner_texts() if name.casefold().startswith("epochs")] == ["Epochs done"]
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="optimizer", exact=True).check()
    page.get_by_role("columnheader", name="optimizer").wait_for()
    page.reload()
    page.get_by_role("columnheader", name="optimizer").wait_for()
    frame = page.locator(".virtual").bounding_box()
    assert frame["height"] < 250  # as high as its three rows


def test_parallel_coordinates_are_read_by_keys(open_page, served):
    page = open_page(f"{served}#v1/runs?tab=parallel&where=data%3Diris&sort=name")
    lines = page.get_by_role("listbox")
    lines.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.locator(".readout", has_text="a: ").wait_for()
    page.keyboard.press("Space")
    page.get_by_text("1 chosen").wait_for()
    page.get_by_role("option", name="a: ", selected=True).wait_for()


def test_keys_read_a_chart_and_a_table_lies_behind_it(open_page, served):
    page = open_page(f"{served}#v1/run/a")
    plot = page.get_by_role("group", name="loss").first
    plot.locator("canvas").wait_for()
    plot.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.get_by_role("button", name="Show all").first.wait_for()
    page.keyboard.press("0")
    page.get_by_role("button", name="Show all").first.wait_for(state="detached")
    page.get_by_text("Numbers as a table").first.click()
    page.locator(".numbers table tbody tr").nth(10).wait_for()


def test_the_language_is_the_browsers_and_can_be_changed(open_page, served):
    page = open_page(served, language="zh-CN")
    page.get_by_role("tab", name="平行坐标").wait_for()
    page.get_by_label("语言").select_option("en")
    page.get_by_role("tab", name="Parallel coordinates").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    "view", ["runs", "runs?tab=changed&chosen=a,b", "run/a", "run/a?tab=network", "run/a?tab=layers"]
)
def test_no_view_is_wider_than_the_screen(open_page, served, view):
    page = open_page(f"{served}#v1/{view}")
    page.get_by_role("tabpanel").wait_for()
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_new_numbers_are_seen_and_a_lost_server_is_found_again(open_page, built, tmp_path):
    run = write_run(tmp_path / "runs" / "growing", epochs=3, status="running", result=None)
    with serving(tmp_path / "runs") as address:
        page = open_page(f"{address}#v1/run/growing")
        page.get_by_role("definition").filter(has_text="3 / 3").wait_for()
        _append(run, 4)
        page.get_by_role("definition").filter(has_text="4 / 3").wait_for()
    page.get_by_text("Connection lost").wait_for()
    _append(run, 5)
    with serving(tmp_path / "runs", int(address.rstrip("/").rpartition(":")[2])):
        page.locator(".connection.open").wait_for()
        page.get_by_role("definition").filter(has_text="5 / 3").wait_for()


def _append(run, epoch):
    with (run / "metrics.jsonl").open("a") as file:
        file.write(json.dumps(epoch_record(epoch)) + "\n")
