"""The drawing of the network in the playground, by mouse and by keyboard."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from browser.chromium import ROOT
from browser.playing import train
from browser.test_accessibility import CHECK as CHECK_ALL
from browser.test_accessibility import RULES

PIXEL = """([layer, unit]) => {
    const picture = document.getElementById(`net-unit-${layer}-${unit}`).getBoundingClientRect();
    const canvas = document.querySelector('.net-stage canvas'), box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width, at = (from, to) => Math.round((from - to + picture.width / 4) * ratio);
    return [...canvas.getContext('2d').getImageData(at(picture.left, box.left), at(picture.top, box.top), 1, 1).data];
}"""
SMALL = """() => [...document.querySelectorAll('.play-network :is(button, select, summary, input)')]
    .filter(one => one.type !== 'checkbox')
    .filter(one => one.checkVisibility())
    .map(one => [one.className || one.ariaLabel, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 23.9 || box.height < 23.9).map(([name]) => name)"""

CHECK = CHECK_ALL.replace("document", "'.play-network'")
READ = ".net-drawing .hidden td, p.hidden"
CARDS = "() => [...document.querySelectorAll('.net-card-of')].map(card => card.innerText)"
OUTSIDE = """() => [...document.querySelectorAll('.play-network *')]
    .filter(one => !one.closest('.net-scroll, .net-tables, .net-choose, .hidden'))
    .filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => one.outerHTML.slice(0, 100))"""


@pytest.fixture
def play(open_page, playground):
    def open_playground(state: str = "", **options):
        page = open_page(playground + (f"#v=1&{state}" if state else ""), **options)
        wait_for_numbers(page)
        return page

    return open_playground


def wait_for_numbers(page) -> None:
    """Until a frame has come and the bias of the output is known, or there are too many numbers to be read out."""
    page.wait_for_function(f"() => /[0-9]/.test([...document.querySelectorAll('{READ}')].at(-1)?.textContent ?? '')")


def unit(page, layer: int, number: int):
    return page.locator(f"#net-unit-{layer}-{number}")


def link_place(page, layer: int, number: int) -> tuple[float, float]:
    """The middle of the straight link between units of the same number in two layers."""
    one, other = (unit(page, at, number).bounding_box() for at in (layer - 1, layer))
    return (one["x"] + one["width"] + other["x"] - 16) / 2, one["y"] + one["height"] / 2


def losses(page) -> str:
    return page.locator(".play-output").inner_text().split("Training accuracy")[0]


def address(page) -> str:
    return unquote(page.evaluate("location.hash"))


def test_features_are_switched_by_click_and_by_key(play):
    page = play()
    feature = page.get_by_role("button", name="Feature X₁², not in use")
    feature.click()
    page.get_by_role("button", name="Feature X₁², in use").wait_for()
    assert "features=x1,x2,x1^2" in address(page)
    unit(page, 0, 0).press("Enter")
    unit(page, 0, 1).press(" ")
    assert "features=x1^2" in address(page)
    page.get_by_role("button", name="Feature X₁², in use").click()  # a network needs one
    page.get_by_text("A network needs one feature at least").wait_for()
    assert "features=x1^2" in address(page)


def test_layers_and_units_go_by_buttons_and_further_by_typing(play):
    page = play()
    page.get_by_role("button", name="One hidden layer more").click()
    page.get_by_role("button", name="One unit more in hidden layer 3").click()
    page.get_by_role("button", name="One unit fewer in hidden layer 1").click()
    assert "layers=3,2,3" in address(page)
    for _ in range(3):
        page.get_by_role("button", name="One hidden layer more").click()
    assert page.get_by_role("button", name="One hidden layer more").is_disabled()
    page.get_by_role("textbox", name="Hidden layers").fill("9")
    page.get_by_role("textbox", name="Hidden layers").press("Enter")
    page.get_by_role("textbox", name="Units in hidden layer 9").fill("999")
    page.get_by_role("textbox", name="Units in hidden layer 9").press("Tab")
    assert "layers=3,2,3,2,2,2,2,2,64" in address(page)
    assert unit(page, 9, 63).is_visible()


def test_each_layer_has_its_activation(play):
    page = play()
    page.get_by_role("combobox", name="Activation of hidden layer 2").select_option("maxout")
    assert "layers=4,2maxout" in address(page)
    unit(page, 2, 0).click()
    page.get_by_role("textbox", name="Weight of piece 2 from Hidden layer 1, unit 4").wait_for()


def test_a_unit_has_its_picture_and_fills_the_map(play):
    page = play()
    page.wait_for_function(f"place => ({PIXEL})(place)[3] === 255", arg=[1, 0])
    usual = page.evaluate(PIXEL, [0, 0])
    assert usual != page.evaluate(PIXEL, [0, 6])
    for act, seen in (
        (unit(page, 1, 2).hover, "Output of unit 3 in hidden layer 1"),
        (unit(page, 2, 1).focus, "Output of unit 2 in hidden layer 2"),
        (unit(page, 0, 1).hover, "Feature x2"),
        (lambda: page.mouse.move(5, 5), "Output of unit 2 in hidden layer 2"),  # it still has the focus
        (lambda: page.evaluate("document.activeElement.blur()"), "Output over x1 and x2"),
    ):
        act()
        page.get_by_role("group", name=seen).wait_for()


def test_a_link_says_its_weight_and_is_set(play):
    page = play()
    place = link_place(page, 1, 0)
    page.mouse.move(*place)
    page.get_by_text("X₁ → Unit 1").wait_for()
    before = losses(page)
    page.mouse.click(*place)
    field = page.get_by_role("textbox", name="Weight from Feature X₁ to Hidden layer 1, unit 1")
    old = field.input_value()
    field.fill("4")
    page.get_by_text("now 4").wait_for()  # the engine has it, before Enter
    page.wait_for_function("before => !document.querySelector('.play-output').innerText.startsWith(before)", arg=before)
    field.press("ArrowUp")
    page.get_by_text("now 4.1").wait_for()
    field.press("Enter")
    assert field.count() == 0
    page.get_by_role("button", name=re.compile("Undo")).click()
    page.mouse.move(5, 5)
    page.mouse.move(*place)
    page.get_by_text(re.compile(rf"[+−] {str(abs(float(old)))[:5]}")).wait_for()


def test_escape_puts_the_old_number_back(play):
    page = play()
    page.mouse.click(*link_place(page, 2, 0))
    field = page.get_by_role("group", name=re.compile("Weight from Hidden layer 1, unit 1")).get_by_role("textbox")
    old = field.input_value()
    field.fill("x")
    page.get_by_text("That is no number").wait_for()
    field.fill("-3")
    page.get_by_text("now −3").wait_for()
    field.press("Escape")
    page.mouse.click(*link_place(page, 2, 0))
    page.wait_for_function("old => document.activeElement.value === old", arg=old)


def test_the_output_has_a_bias_to_set(play):
    page = play()
    page.get_by_role("button", name="Bias of Output").click()
    field = page.get_by_role("textbox", name="Bias of Output")
    field.fill("2.5")
    page.get_by_text("now 2.5").wait_for()
    field.press("Enter")
    assert page.evaluate("document.activeElement.id") == "net-unit-3-0"


def test_by_keyboard_alone(play):
    page = play()
    page.get_by_role("checkbox", name="Show gradients").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "net-unit-0-0":
            break
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "net-unit-2-1"
    page.keyboard.press("e")
    page.keyboard.type("1.25")
    page.get_by_text("now 1.25").wait_for()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "net-unit-2-1"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Hidden layer 2, unit 2").wait_for()
    assert page.get_by_role("textbox", name="Bias of Hidden layer 2, unit 2").input_value() == "1.25"
    page.keyboard.press("Tab")  # Close
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.ariaLabel")
        == "Weight from Hidden layer 1, unit 1 to Hidden layer 2, unit 2"
    )
    page.keyboard.type("-0.5")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "net-unit-2-1"
    assert page.locator(".net-panel").count() == 0


def test_networks_side_by_side_go_in_step(play):
    page = play()
    page.get_by_role("button", name="Add a network to compare").click()
    page.get_by_role("button", name="One hidden layer fewer").click()
    assert "networks=2&2.layers=4" in address(page)
    page.get_by_role("button", name="Duplicate network B").click()
    page.get_by_role("button", name=re.compile("^Network A")).click()
    assert page.get_by_role("button", name=re.compile("^Network A")).get_attribute("aria-pressed") == "true"
    cards = page.get_by_role("group", name="Networks side by side").get_by_role("article")
    assert cards.count() == 3
    before = page.evaluate(CARDS)
    train(page, 1)
    page.wait_for_function(f"before => ({CARDS})().every((text, at) => text !== before[at])", arg=before)
    page.get_by_role("button", name="Remove network A").click()
    assert cards.count() == 2
    assert unit(page, 2, 0).is_visible()
    assert unit(page, 3, 0).count() == 0


@pytest.mark.parametrize("state", ["layers=8,8,8,8,8,8&networks=2", "layers=64relu" + ",4" * 19])
def test_every_size_stays_usable(play, state):
    page = play(state)
    unit(page, 1, 0).click()
    page.locator(".net-panel").wait_for()
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)  # it is laid out again
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize(("language", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_axe_finds_nothing(play, language, scheme):
    axe = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = play("networks=2", language=language, scheme=scheme)
    page.evaluate(axe)
    unit(page, 1, 1).click()
    page.locator(".net-bias").first.click()
    page.locator(".net-menu summary").evaluate("menu => { menu.parentElement.open = true }")
    assert page.evaluate(CHECK, RULES) == []


@pytest.mark.parametrize(("name", "file"), [("Network as SVG", "network.svg"), ("Map as PNG", "map.png")])
def test_pictures_are_downloaded(play, tmp_path, name, file):
    page = play()
    page.get_by_text("Download picture").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    assert found.value.suggested_filename == file
    found.value.save_as(tmp_path / file)
    held = (tmp_path / file).read_bytes()
    if file.endswith("svg"):
        assert held.count(b"<image ") == 7 + 4 + 2 + 1
        assert held.count(b"<path ") == 2 * 4 + 4 * 2 + 2
    else:
        assert held.startswith(b"\x89PNG")
        assert len(held) > 5_000
