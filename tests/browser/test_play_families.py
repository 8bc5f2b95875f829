"""The tabs beyond points: each is trained, asked and explained by mouse and by keyboard; languages and screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.chromium import ROOT
from browser.playing import Told, pixel, wait_until
from browser.test_accessibility import CHECK, RULES
from pellucid.web.play_export import export_play


@pytest.fixture
def tab(open_page, playground):
    """A page with a family open, and what it said to the engine."""

    def open_one(name, **options):
        page = open_page("about:blank", **options)
        told = Told(page)
        page.goto(f"{playground}#v=1&tab={name}")
        page.locator(".play-controls .epoch output").wait_for()
        return page, told

    return open_one


def step(page):
    return int(page.locator(".epoch output").inner_text())


def train(page, tens):
    begun = step(page)
    for _ in range(tens):
        page.get_by_role("button", name="+10 steps").click()
    wait_until(page, lambda: step(page) == begun + 10 * tens, f"it stays at step {step(page)}")


def score(page, name):
    return float(page.locator(".scores > div", has_text=name).locator("dd").inner_text().strip(" %"))


def sent(told, key):
    """What was set last of a setting."""
    found = [m["settings"][key] for m in told.messages if m["type"] == "family" and key in m.get("settings", {})]
    return found[-1] if found else None


def turned(example, told):
    """At which steps the sequence sent last is another than the example."""
    return [at for at, sign in enumerate(sent(told, "sequence")) if sign != example[at]]


def test_from_points_to_a_family_and_back(tab):
    page, told = tab("")
    page.get_by_role("link", name="Attention").click()
    page.get_by_role("heading", name="Who looks at whom").wait_for()
    assert page.url.endswith("tab=attention")
    train(page, 1)
    page.get_by_role("link", name="Points").click()
    page.get_by_role("button", name="+1 Epoch").click()
    wait_until(page, lambda: page.locator(".epoch output").inner_text() == "000,001", "an epoch of the points")
    page.go_back()
    wait_until(page, lambda: step(page) == 10, "the training of before")
    does = [message["do"] for message in told.messages if message["type"] == "family"]
    assert does == ["open", "step", "close", "open"]


def test_convolution_is_trained_drawn_on_and_explained(tab):
    page, told = tab("convolution")
    before = page.locator(".loss-chart .legend b").first.inner_text()
    train(page, 12)
    assert score(page, "Test accuracy") > 80
    wait_until(page, lambda: page.locator(".loss-chart .legend b").first.inner_text() != before, "the chart goes on")
    assert page.locator(".bars tr").count() == 10
    page.get_by_role("button", name="Test digit 7").first.click()
    page.get_by_text(re.compile("^It says 7, and that is right")).wait_for()

    page.get_by_role("group", name="Feature map 2.").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Feature map 2, row 1, column 2: the window of the digit").wait_for()
    text = page.locator(".why-window .formula").first.inner_text().replace("−", "-")
    terms = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]
    assert len(terms) == 20
    by_hand = sum(a * b for a, b in zip(terms[:18:2], terms[1:18:2], strict=True)) + terms[18]
    assert terms[19] == pytest.approx(by_hand, abs=0.06)  # of numbers rounded to two decimals
    page.get_by_role("group", name="Pooled map 1.").hover(position={"x": 5, "y": 5})
    page.get_by_text("Pooled map 1, row 1, column 1: the largest of four").wait_for()

    page.get_by_role("button", name="Clear").click()
    paper = page.locator(".paper")
    box = paper.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4, steps=5)
    page.mouse.up()
    page.get_by_text("It says 1.", exact=True).wait_for()
    paper.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    wait_until(page, lambda: sent(told, "pixels").count(0.5) == 1, "a pixel of the keyboard")


def test_a_recurrent_network_is_unrolled_and_its_signs_are_turned(tab):
    page, told = tab("recurrent")
    train(page, 8)
    assert score(page, "Test accuracy") > 95
    page.get_by_text("10 of 10 answers are right.").wait_for()
    sign = page.get_by_role("button", name=re.compile("Input at step 1: "))
    example = [1 if text == "+" else -1 for text in page.locator(".signs button").all_inner_texts()]
    was = sign.inner_text()
    sign.focus()
    page.keyboard.press("Enter")
    wait_until(page, lambda: sign.inner_text() != was, "the sign is turned")
    assert page.locator(".targets li").first.inner_text() == ("no" if was == "+" else "yes")
    for number in (3, 4, 5):  # quicker than frames come
        page.get_by_role("button", name=f"Input at step {number}: ").evaluate("button => button.click()")
    wait_until(page, lambda: turned(example, told) == [0, 2, 3, 4], "four signs are turned")
    page.get_by_role("button", name="Back to the example").click()
    wait_until(page, lambda: sign.inner_text() == was, "the example is back")
    page.get_by_role("group", name="State.").focus()
    page.keyboard.press("ArrowRight")
    assert re.match(r"State, unit 1, step 2: −?\d", page.locator(".readout[aria-live]").inner_text())
    assert len(page.locator(".gradient li").all_inner_texts()) == 10
    page.get_by_label("Cell").select_option("lstm")
    page.get_by_role("group", name="Forget gate f.").wait_for()
    page.get_by_label("Task").select_option("brackets")
    page.get_by_role("button", name=re.compile("bracket")).first.wait_for()
    assert step(page) == 0
    page.get_by_text("Numbers as a table").first.click()
    page.get_by_role("region", name="Memory c").locator("tbody tr").nth(5).wait_for()


def test_an_autoencoder_reconstructs_where_one_points_beside_pca(tab):
    page, told = tab("autoencoder")
    plane = page.get_by_role("group", name="Codes of the Autoencoder")
    pca = page.get_by_role("group", name="Codes of the PCA")
    where = page.locator("p", has_text="Reconstructed at")
    places = where.all_inner_texts()
    before = pixel(page, ".rebuilt canvas", 0.5, 0.5)
    train(page, 10)
    assert pixel(page, ".rebuilt canvas", 0.5, 0.5) != before
    pca.click(position={"x": 20, "y": 20})
    wait_until(page, lambda: where.nth(1).inner_text() != places[1], "another place in the plane of PCA")
    plane.focus()
    now = where.first.inner_text()
    page.keyboard.press("ArrowRight")
    wait_until(page, lambda: where.first.inner_text() != now, "another place in the plane of codes")
    assert len(sent(told, "code")) == len(sent(told, "pca_code")) == 2
    page.get_by_role("button", name="Test digit 3").first.click()
    page.get_by_text("The digit (3)").wait_for()
    assert sent(told, "code") is None
    page.get_by_text("PCA still makes smaller errors").or_(page.get_by_text("makes smaller errors than PCA")).wait_for()


def test_attention_says_who_looks_at_whom_and_why(tab):
    page, _ = tab("attention")
    train(page, 10)
    page.get_by_text("6 of 6 are right.").wait_for()
    page.get_by_label("Digit at place 6").select_option("5")
    page.locator(".says tr").first.locator("td", has_text="5").first.wait_for()
    page.get_by_role("group", name="Who looks at whom.").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("heading", name="Place 5 (").wait_for()
    rows = page.locator(".bars tbody tr")
    weights = [float(rows.nth(at).locator("td b").inner_text()) for at in range(6)]
    assert sum(weights) == pytest.approx(1, abs=0.004)
    assert weights.index(max(weights)) == 1  # the fifth of six says the second
    page.get_by_label("Task").select_option("key")
    page.get_by_label("Letter that is asked for").select_option(label="C")
    page.get_by_role("columnheader", name="e^").wait_for()
    assert step(page) == 0


@pytest.mark.parametrize(("name", "language", "scheme"), [
    ("convolution", "en-US", "light"), ("recurrent", "zh-CN", "dark"),
    ("autoencoder", "zh-CN", "light"), ("attention", "en-US", "dark"),
])  # fmt: skip
def test_axe_finds_nothing_and_no_screen_is_too_narrow(tab, name, language, scheme):
    page, _ = tab(name, language=language, scheme=scheme)
    for summary in page.locator("main.play summary").all():
        summary.click()
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    axe = Path(ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    assert page.evaluate(CHECK, RULES) == []


def test_a_saved_page_says_where_they_are(open_page, built, tmp_path):
    export_play(tmp_path / "saved")
    page = open_page(f"{(tmp_path / 'saved' / 'index.html').as_uri()}#v=1")
    page.get_by_role("link", name="Attention").click()
    page.get_by_text("pip install pellucid, then pellucid play").wait_for()
    page.get_by_role("link", name="Points").click()
    page.get_by_role("button", name="+1 Epoch").wait_for()
