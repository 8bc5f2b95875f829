"""The panels that say why: derivations, slow motion, quiz, check, error surface, regions, signs."""

from __future__ import annotations

import re

import pytest

from browser.chromium import ROOT
from browser.playing import pixel, train, wait_until
from browser.test_accessibility import CHECK, RULES

TABS = ("why", "slow", "quiz", "check", "surface", "regions", "signs")


def number(text):
    """The number at the end of a line."""
    return float(re.findall(r"[-−]?[\d.]+(?:e[-−]?\d+)?", text)[-1].replace("−", "-"))


def gradient(page):
    """The gradient in the headline of the derivation."""
    return number(page.locator(".why-answer .why-gradient").inner_text())


def choose_weight(page, layer, unit, source):
    """Choose a weight by its layer, unit and source, as without a mouse."""
    selects = page.locator(".why-target select")
    selects.first.select_option(label=layer)
    wait_until(page, lambda: selects.count() == 3, "there is no unit to choose")
    selects.nth(1).select_option(label=unit)
    selects.nth(2).select_option(label=source)


def test_a_weight_is_derived_lit_up_and_changes_with_every_edit(play):
    page, told = play()
    choose_weight(page, "Layer 1", "Unit 2", "weight from x₂")
    page.locator(".why-gradient", has_text="2→2").wait_for()
    before = gradient(page)
    assert page.locator("details.why-section").count() == 4
    assert "The next step moves it from" in page.locator(".why-answer").inner_text()
    asked = [message for message in told.messages if message["type"] == "ask" and message["what"] == "explain"]
    assert asked[-1]["about"]["target"] == "dense_1/W[1, 1]"
    page.get_by_role("button", name="+1 Epoch").click()
    wait_until(page, lambda: gradient(page) != before, "the derivation stays as it was")


def test_a_point_of_the_map_is_explained_by_its_output(play):
    page, _ = play()
    plot = page.locator(".map-view")
    plot.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="One point", pressed=True).wait_for()
    page.locator(".why-gradient", has_text="z").wait_for()
    assert "this point" in page.locator(".why-answer").inner_text()
    page.locator("summary", has_text="Forward").click()
    last = page.locator("details.why-section").first.locator(".why-step").last
    assert last.inner_text().splitlines()[-1]
    page.get_by_role("button", name="The next point").click()
    page.get_by_role("button", name="Next batch, its mean").click()
    page.locator(".why-answer", has_text="10 points").wait_for()


def test_steps_lead_to_those_that_their_numbers_come_from(play):
    page, _ = play()
    page.get_by_role("button", name="One point").click()
    page.locator(".why-answer", has_text="this point").wait_for()
    page.locator("details[open] .step-parts button").first.click()
    assert page.evaluate("document.activeElement.id").startswith("why-step-")
    assert page.evaluate("document.activeElement.closest('details').open")


def test_slow_motion_goes_stage_by_stage_to_the_step_that_is_taken(play):
    page, _ = play("#v=1&tab=slow")
    stages = page.locator(".why-stages button")
    stages.nth(8).wait_for()
    named = stages.all_inner_texts()
    assert [name.split("\n")[-1].split()[-1] for name in named[:1]] == ["Inputs"]
    assert "Loss" in named[4]
    assert "Update" in named[8]
    following = page.locator(".why .toolbar").get_by_role("button", name="Next")
    for _ in range(8):
        following.click()
    assert following.is_disabled()
    row = page.locator(".why-stage tbody tr").first
    after = number(row.inner_text())
    page.get_by_role("button", name="Take the step").click()
    page.locator(".why-stages [aria-current]", has_text="Inputs").wait_for()
    stages.nth(8).click()
    wait_until(page, lambda: abs(number_at(row, 1) - after) < 1e-3 * abs(after), "the next step does not begin there")


def number_at(row, column):
    return float(row.locator("td").nth(column - 1).inner_text().replace("−", "-"))


def test_slow_motion_plays_by_itself(play):
    page, _ = play("#v=1&tab=slow&layers=")
    page.locator(".why").get_by_label("Speed").select_option(label="2 a second")
    page.locator(".why .toolbar").get_by_role("button", name="Play").click()
    page.locator(".why-stages [aria-current]", has_text="Update").wait_for()
    page.locator(".why .toolbar").get_by_role("button", name="Play").wait_for()  # it stops at the end


def test_the_quiz_judges_hints_and_shows(play):
    page, _ = play("#v=1&tab=quiz&layers=")
    known = page.locator(".quiz-known")
    known.wait_for()
    numbers = [number(text) for text in known.locator("> span").all_inner_texts()]
    w1, x1, w2, x2, b = numbers
    field = page.get_by_label("Your number")
    field.fill("about one")
    page.keyboard.press("Enter")
    page.get_by_text("That is no number.").wait_for()
    answer = w1 * x1 + w2 * x2 + b
    field.fill(f"{-answer:.3g}")
    page.keyboard.press("Enter")
    page.get_by_text("the sign is not").wait_for()
    page.get_by_role("button", name="Hint").click()
    page.locator(".why-quiz .step-line").wait_for()
    field.fill(f"{answer:.3g}")
    page.keyboard.press("Enter")
    page.locator(".quiz-told.right").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Question 2 of").wait_for()
    assert "1 right so far" in page.locator(".why-quiz .note").inner_text()
    page.get_by_role("button", name="Show it").click()
    page.locator(".quiz-told.shown").wait_for()


def test_all_gradients_are_checked_with_one_button(play):
    page, _ = play("#v=1&tab=check")
    page.get_by_role("button", name="Check all gradients").click()
    page.get_by_text("All 25 gradients are right.").wait_for()
    rows = page.locator(".why tbody tr")
    assert rows.count() == 12
    page.get_by_role("button", name="13 more").click()
    assert rows.count() == 25
    errors = [number(row.locator("td").nth(2).inner_text()) for row in rows.all()]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] < 1e-7


def test_the_error_surface_has_the_path_two_weights_and_random_directions(play):
    page, told = play("#v=1&tab=surface")
    page.locator(".why .fault", has_text="have not moved yet").wait_for()
    train(page, 3)
    contours = page.get_by_role("img", name=re.compile("Loss over direction 1"))
    contours.wait_for()
    assert pixel(page, ".why-picture canvas", 0.3, 0.1) != pixel(page, ".why-picture canvas", 0.02, 0.02)
    page.get_by_label("Directions").select_option(label="Two weights")
    page.get_by_role("img", name=re.compile("Loss over w")).wait_for()
    page.get_by_label("Across").select_option(index=4)
    wait_until(page, lambda: asked(told, "surface")[-1]["along"][0] == "dense_1/W[1, 0]", "the weight is not asked for")
    page.get_by_label("Directions").select_option(label="Random")
    page.get_by_role("button", name="Other random directions").click()
    wait_until(page, lambda: asked(told, "surface")[-1]["seed"] == 1, "the seed stays")
    page.locator("summary", has_text="Losses as a table").click()
    assert page.locator(".why .numbers tbody tr").count() == 7


def asked(told, what):
    return [message["about"] for message in told.messages if message["type"] == "ask" and message["what"] == what]


def test_the_landscape_turns_by_keys_and_by_dragging(play):
    page, _ = play("#v=1&tab=surface")
    train(page, 1)
    relief = page.locator("canvas.relief")
    relief.wait_for()
    first = relief.screenshot()
    relief.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    wait_until(page, lambda: relief.screenshot() != first, "it does not turn by keys")
    turned = relief.screenshot()
    relief.scroll_into_view_if_needed()
    box = relief.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 130, steps=4)
    page.mouse.up()
    wait_until(page, lambda: relief.screenshot() != turned, "it does not turn by dragging")


def test_step_size_and_momentum_are_dragged_and_moved_by_keys(play):
    page, told = play("#v=1&tab=surface")
    train(page, 1)
    plane = page.locator(".rate-plane .plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.45, steps=4)
    page.mouse.up()
    told.wait_for(page, lambda state: state["networks"][0]["optimizer"] == "momentum")
    page.wait_for_timeout(300)  # the last place of the drag
    state = told.states()[-1]
    assert 0.5 < state["networks"][0]["momentum"] < 0.95
    rate = state["networks"][0]["learning_rate"]
    plane.focus()
    page.keyboard.press("ArrowLeft")
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] < rate)
    page.get_by_role("button", name="Undo").first.click()
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] == rate)


def test_layers_bend_the_plane_and_linear_pieces_are_counted(play):
    page, _ = play("#v=1&tab=regions&layers=4relu,2relu")
    heads = page.locator(".why-layer h3")
    heads.nth(1).wait_for()
    pieces = [number(re.search(r"(\d+) linear pieces", text)[1]) for text in heads.all_inner_texts()]
    assert 1 < pieces[0] <= 11  # four lines cut a plane into eleven at most
    assert pieces[1] >= pieces[0]
    bent = page.get_by_role("img", name=re.compile("output of unit 1 across"))
    before = bent.first.screenshot()
    page.locator(".why-layer select").first.select_option(label="Unit 3")
    page.get_by_role("img", name=re.compile("output of unit 3 across")).wait_for()
    shown = page.get_by_role("img", name=re.compile("output of unit 3 across"))
    wait_until(page, lambda: shown.screenshot() != before, "another unit shows the same")


def test_a_sign_says_what_it_saw_and_its_remedy_is_applied_and_taken_back(play):
    page, told = play("#v=1&tab=signs&problem=regression&data=plane&layers=&batch_size=600&learning_rate=0.17")
    train(page, 8)
    sign = page.locator(".why-sign", has_text="The loss swings")
    sign.wait_for()
    assert re.search(r"sharpness is \d.* steady up to \d", sign.inner_text())
    assert "What goes wrong? (" in page.get_by_role("tab", selected=True).inner_text()
    sign.get_by_role("button", name="Apply").click()
    cured = told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] < 0.17)
    assert cured["networks"][0]["learning_rate"] <= 0.1
    page.locator(".why-applied").get_by_role("button", name="Undo").click()
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] == 0.17)
    assert page.locator(".why-applied li").count() == 0


def test_nothing_wrong_is_said_too(play):
    page, _ = play("#v=1&tab=signs&data=gauss&layers=&learning_rate=0.3")
    train(page, 3)
    page.get_by_text("Nothing seems wrong.").wait_for()


def test_tabs_are_gone_through_by_keyboard(play):
    page, _ = play()
    page.get_by_role("tab", selected=True).focus()
    for key in TABS[1:]:
        page.keyboard.press("ArrowRight")
        page.locator(f"#tab-{key}[aria-selected=true]").wait_for()
    assert "tab=signs" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_every_panel_is_accessible(play, language, scheme):
    axe = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page, _ = play("#v=1&learning_rate=10&layers=4relu,2relu", language=language, scheme=scheme)
    page.evaluate(axe)
    page.locator(".toolbar button").nth(2).click()  # an epoch: a path, and perhaps signs
    found = {}
    for key in TABS:
        page.locator(f"#tab-{key}").click()
        page.wait_for_timeout(400)
        if key == "check":
            page.locator(".why .why-choosers button.strong").click()
            page.locator(".why table").wait_for()
        found[key] = page.evaluate(CHECK.replace("document", "'.why'"), RULES)  # beneath the head of the page
    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_panel_is_wider_than_the_screen(play, width):
    page, _ = play("#v=1", width=width)
    page.locator(".toolbar button").nth(2).click()
    for key in TABS:
        page.locator(f"#tab-{key}").click()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, key
