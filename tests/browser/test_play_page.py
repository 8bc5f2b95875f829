"""The playground's page: map, chart, address, sharing, what teachers hide, a lost server, languages and screens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from browser.chromium import ROOT
from browser.playing import loss_text, pixel, train, wait_for_epoch, wait_for_frame, wait_until
from browser.serving import serving_play
from browser.test_accessibility import CHECK, RULES


def test_the_map_is_read_by_pointing_by_keys_and_by_choosing_a_point(play):
    page, _ = play("#v=1&data=gauss&layers=&learning_rate=1")
    train(page, 3)
    plot = page.locator(".map-view")
    box = plot.bounding_box()
    plot.hover(position={"x": box["width"] * 0.8, "y": box["width"] * 0.2})
    read = page.locator(".map-frame .readout")
    assert "class 1" in read.inner_text()  # two groups: class 1 at the upper right
    plot.hover(position={"x": box["width"] * 0.3, "y": box["width"] * 0.7})
    assert "class 0" in read.inner_text()
    orange, blue = pixel(page, ".map-view canvas", 0.25, 0.7), pixel(page, ".map-view canvas", 0.85, 0.15)
    assert orange[0] > orange[2]
    assert blue[2] > blue[0]
    page.mouse.move(0, 0)
    plot.focus()
    page.keyboard.press("ArrowRight")
    assert read.inner_text().startswith("x1 = 0.24, x2 = 0.00")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Reset", exact=True).focus()
    page.locator(".map-frame .readout", has_text="Training point").wait_for()


def test_test_points_and_classes_only(play):
    page, told = play()
    before = page.locator(".map-view canvas").nth(1).screenshot()
    page.get_by_label("Show test points").check()
    page.wait_for_timeout(100)
    assert page.locator(".map-view canvas").nth(1).screenshot() != before
    page.get_by_label("Classes only").check()
    page.wait_for_timeout(100)
    left, right = pixel(page, ".map-view canvas", 0.3, 0.12), pixel(page, ".map-view canvas", 0.9, 0.75)
    colours = {tuple(pixel(page, ".map-view canvas", x / 20, y / 20)) for x in range(4, 19, 2) for y in range(2, 16, 2)}
    assert len(colours) <= 2, (left, right)
    assert page.url.endswith("#v=1&show_test=1&discretize=1")
    assert len(told.states()) == 1  # what is shown alone is not the engine's business


def test_the_chart_has_axes_a_legend_and_is_read_by_keys(play):
    page, _ = play()
    train(page, 5)
    plot = page.get_by_role("group", name="Loss")
    page.locator(".loss-chart .plot canvas").wait_for()
    assert page.locator(".loss-chart .legend .name").all_inner_texts() == ["training", "test"]
    plot.focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".loss-chart .axis-name b").wait_for()
    page.get_by_label("Logarithmic").check()
    page.locator(".loss-chart .plot canvas").wait_for()
    page.get_by_text("Numbers as a table").click()
    page.locator(".loss-chart table").first.locator("tbody tr").nth(4).wait_for()


def test_back_undo_and_redo_lead_to_what_was(play):
    page, told = play()
    page.get_by_role("button", name="xor", exact=True).click()
    page.get_by_label("Learning rate", exact=True).select_option("1")
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] == 1)
    page.go_back()
    told.wait_for(page, lambda state: (state["networks"][0]["learning_rate"], state["data"]["name"]) == (0.03, "xor"))
    page.go_back()
    told.wait_for(page, lambda state: state["data"]["name"] == "circle")
    page.go_forward()
    told.wait_for(page, lambda state: state["data"]["name"] == "xor")
    page.get_by_label("Regularization", exact=True).select_option("l1")
    page.get_by_role("button", name="Undo").click()
    told.wait_for(page, lambda state: state["networks"][0]["penalty"] == "none")
    page.keyboard.press("Control+Shift+z")
    told.wait_for(page, lambda state: state["networks"][0]["penalty"] == "l1")
    assert "penalty=l1" in page.url


def test_a_link_of_tensorflow_playground_and_bad_addresses(play, playground):
    page, told = play(
        "#activation=relu&batchSize=5&dataset=spiral&learningRate=0.1&networkShape=6,3&noise=20&cosX=true"
    )
    page.get_by_text("This was a link of TensorFlow Playground.").wait_for()
    page.get_by_text("cosX").wait_for()
    state = told.wait_for(page, lambda state: state["data"]["name"] == "spiral")
    assert [layer["units"] for layer in state["networks"][0]["layers"]] == [6, 3]
    assert page.url.startswith(f"{playground}#v=1&data=spiral&noise=20&")
    page.goto(f"{playground}#v=1&noise=95&hack=<img src=x>")
    page.get_by_text("Noise: 95 is not possible; it is now 80.").wait_for()
    page.get_by_text("hack: <img src=x> is not known here").wait_for()
    assert page.locator("img").count() == 0


def test_a_preset_says_what_to_look_for(play):
    page, told = play()
    page.get_by_label("Example").select_option("oscillating")
    state = told.wait_for(page, lambda state: state["data"]["noise"] == 10)
    assert state["networks"][0]["learning_rate"] == 3
    page.get_by_text("What to look for").wait_for()
    assert page.url.endswith("#v=1&preset=oscillating")
    page.reload()
    page.get_by_text("What to look for").wait_for()


def test_a_saved_playground_is_opened_with_its_weights(play, tmp_path):
    page, _ = play("#v=1&data=xor&learning_rate=0.3")
    train(page, 3)
    trained = loss_text(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save", exact=True).click()
    path = tmp_path / "saved.json"
    download.value.save_as(path)
    assert json.loads(path.read_text())["networks"][0]["epoch"] == 3

    other, told = play()
    other.locator(".play-top input[type=file][accept*=json]").set_input_files(path)
    told.wait_for(other, lambda state: state["data"]["name"] == "xor")
    wait_for_epoch(other, lambda now: now == 3)
    wait_until(other, lambda: loss_text(other) == trained, "the loss of before")
    bad = tmp_path / "bad.json"
    bad.write_text('{"a": 1}')
    other.locator(".play-top input[type=file][accept*=json]").set_input_files(bad)
    other.get_by_text("This file cannot be opened: it is not a saved playground.").wait_for()


def test_a_teacher_hides_controls_and_the_link_keeps_it(play, playground):
    page, _ = play()
    page.get_by_text("Hide controls").click()
    for name in ("Learning rate", "Data sets", "Test points", "Run and pause"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    assert page.get_by_label("Learning rate", exact=True).and_(page.locator("select")).count() == 0
    assert page.get_by_role("group", name="Data set").count() == 0
    assert page.get_by_role("button", name="Run", exact=True).count() == 0
    link = page.url
    assert "hide=learning_rate,data,show_test,run" in link
    other, _ = play(link.removeprefix(playground))
    assert other.get_by_label("Show test points").count() == 0
    other.get_by_text("Hide controls").click()
    other.get_by_role("button", name="Show all again").click()
    other.get_by_label("Show test points").wait_for()


def test_embedded_there_is_no_header_and_a_way_to_the_whole(play):
    page, _ = play("#v=1&embed=1&data=xor")
    assert page.get_by_role("banner").count() == 0
    assert page.get_by_text("More settings").count() == 0
    assert page.get_by_role("link", name="Open the whole playground").get_attribute("href") == "#v=1&data=xor"


def test_a_lost_server_is_found_again_and_training_goes_on_from_its_weights(open_page, built):
    with serving_play() as address:
        page = open_page("about:blank")
        page.goto(f"{address}#v=1&data=xor&learning_rate=0.1")
        wait_for_frame(page)
        train(page, 4)
        page.wait_for_timeout(300)  # a snapshot is kept
        trained = loss_text(page)
    page.get_by_text("The connection to the engine is lost.").wait_for()
    with serving_play(int(address.rstrip("/").rpartition(":")[2])):
        page.get_by_text("A new engine took up the training at epoch 4").wait_for()
        wait_until(page, lambda: loss_text(page) == trained, "the loss of before")
        page.get_by_role("button", name="+1 Epoch").click()
        wait_for_epoch(page, lambda now: now == 5)


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_screen_is_too_narrow(play, language, scheme):
    page, _ = play("#v=1&noise=95", language=language, scheme=scheme)
    for summary in page.locator(":is(.play-controls, .play-data, .play-output) summary").all():
        if summary.is_visible():
            summary.click()
    page.wait_for_timeout(200)
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    axe = Path(ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    assert page.evaluate(CHECK, RULES) == []
