"""The course of the playground, first step to last, by keyboard alone: each step is done by what its text says."""

from __future__ import annotations

import pytest

from browser.keyboard import Keyboard
from browser.playing import wait_for_frame


def answer(number):
    return lambda keys: keys.type_into(keys.page.locator(".course-answer input"), str(number))


def weights(*settings):
    """Set by hand (layer, unit, bias, weights in); None leaves the bias as it is."""

    def do(keys):
        for layer, unit, bias, values in settings:
            if bias is not None:
                keys.set_bias(layer, unit, bias)
            keys.set_weights(layer, unit, values)

    return do


def train(epochs, *, fresh=False, **settings):
    """Set what is named, by its name on the page, and train."""

    def do(keys):
        for name, value in settings.items():
            if name in FOLDED:
                keys.unfold("More settings")
            keys.choose(name.replace("_", " "), value)
        if fresh:
            keys.reset()
        keys.train(epochs)

    return do


FOLDED = ("Optimizer", "Preparation", "Dropout", "Early_stopping")


def add_features(keys):
    for feature in (2, 3):
        keys.go_to_unit(0, feature)
        keys.press("Enter")
    keys.train(60)


def add_units(keys):
    for _ in range(3):
        keys.do("One unit more in hidden layer 1")
    keys.train(60)


def add_layers(keys):
    keys.do("One hidden layer more")
    for _ in range(6):
        keys.do("One unit more in hidden layer 2")
    keys.train(220)


def single_points(keys):
    keys.go_to(keys.page.get_by_role("slider", name="Batch size", exact=True))
    keys.press("Home")
    keys.train(10)


def choose_unit(keys):
    keys.open_tab("Why this number")
    keys.go_to_unit(2, 0)
    keys.press("Enter")


def choose_weight(keys):
    keys.go_to_unit(1, 0)
    keys.press("Enter")
    keys.go_to(keys.page.locator(".net-panel table").first.locator("input").nth(1))


def check_gradients(keys):
    keys.open_tab("Is it right?")
    keys.do("Check all gradients")


def compare(keys):
    keys.do("Add a network to compare")
    train(30, fresh=True, Optimizer="momentum")(keys)


def stop_early(keys):
    for name, value in (("Dropout", "0"), ("Early stopping", "20")):
        keys.unfold("More settings")
        keys.choose(name, value)
    keys.reset()
    keys.do("Run")


def draw_more(keys):
    keys.unfold("More settings")
    keys.choose("Early stopping", "0")
    keys.unfold("Count, stretch, tilt")
    keys.go_to(keys.page.get_by_role("slider", name="Points", exact=True))
    keys.press("PageUp", "PageUp", *["ArrowUp"] * 6)
    keys.reset()
    keys.train(50)


def nothing(keys):
    pass


COURSE = {
    "01-neuron": [
        nothing,
        answer(1.5),
        answer("0,8176"),
        weights((1, 0, None, (2, 2))),
        lambda keys: keys.set_bias(1, 0, 3),
        train(20),
    ],
    "02-gates": [
        weights((1, 0, -1.5, (1, 1))),
        lambda keys: keys.set_bias(1, 0, -0.5),
        weights((1, 0, -1, (2, -2))),
        weights((1, 1, -1.5, (1, 1)), (2, 0, None, (1, -2))),
    ],
    "03-regions": [
        train(30),
        add_features,
        add_units,
        lambda keys: keys.open_tab("How layers see the plane"),
        add_layers,
    ],
    "04-forward": [
        nothing,
        answer(1),
        answer(0.7616),
        answer(0.6911),
        answer(0.6161),
        answer(0.6493),
        answer(0.4318),
        choose_unit,
    ],
    "05-backward": [
        nothing,
        answer("−0.3507"),
        answer(-0.2671),
        answer(-0.1473),
        answer(-0.2946),
        choose_weight,
        check_gradients,
    ],
    "06-update": [
        answer(1.1335),
        lambda keys: keys.do("+1 Batch"),
        single_points,
        train(12, Learning_rate="3"),
        train(12, Learning_rate="0.0001"),
    ],
    "07-optimizers": [
        train(50),
        lambda keys: keys.open_tab("Error surface"),
        train(30, fresh=True, Optimizer="momentum"),
        train(30, fresh=True, Optimizer="adam", Learning_rate="0.03"),
        compare,
    ],
    "08-preprocessing": [
        train(20),
        train(30, Preparation="centre"),
        train(15, fresh=True, Preparation="normalise"),
        train(40, fresh=True, Preparation="whiten"),
    ],
    "09-overfitting": [
        train(300),
        train(300, fresh=True, Regularization="l2", Its_rate="0.03"),
        train(200, fresh=True, Regularization="none", Dropout="0.3"),
        stop_early,
        draw_more,
    ],
}


@pytest.mark.parametrize("chapter", COURSE)
def test_a_chapter_is_gone_through_by_keyboard_alone(open_page, playground, chapter):
    page = open_page(f"{playground}#v=1&course={chapter}/1")
    page.locator(".course h2").wait_for()
    wait_for_frame(page)
    keys = Keyboard(page)
    for number, do in enumerate(COURSE[chapter], 1):
        page.get_by_text(f"step {number} of {len(COURSE[chapter])}").wait_for()
        assert page.evaluate("document.activeElement === document.querySelector('.course h2')")
        assert page.locator(".notice li, .fault[role=alert]").count() == 0
        if do is not nothing:
            assert "done" not in page.locator(".course-state").get_attribute("class")
            do(keys)
            keys.is_done()
        if number < len(COURSE[chapter]):
            keys.do("Next")


def test_a_chapter_of_ones_own_is_opened_and_what_is_wrong_with_one_is_said(open_page, playground, tmp_path):
    page = open_page(playground)
    wait_for_frame(page)
    file = tmp_path / "own.md"
    file.write_text("# Mine\n\n## Only step\nLook at **the map**, not at <b>this</b>.\n")
    page.locator("input[type=file][accept*=md]").set_input_files(file)
    page.get_by_role("heading", name="Only step").wait_for()
    assert page.locator(".course-text").inner_text() == "Look at the map, not at <b>this</b>."
    file.write_text("# Mine\n\n## Only step\n```until\nepochs => 3\n```\n")
    page.locator("input[type=file][accept*=md]").set_input_files(file)
    page.get_by_text("line 4, until").wait_for()
