"""A page of the playground by keyboard alone: from stop to stop, arrows choose, Enter does it."""

from __future__ import annotations

from browser.playing import epoch, wait_for_epoch, wait_until

STOP = """one => [one, ...(one.closest('.toolbar, [role=tablist]')?.querySelectorAll('button') ?? [])]
    .find(stop => stop.tabIndex >= 0 && stop.checkVisibility() && !stop.disabled)"""
"""What the Tab key comes to on the way to a control."""


class Keyboard:
    """What a learner does without a mouse; a control that no key reaches fails."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, control):
        """To a stop of the Tab key; a toolbar and a row of tabs are one stop, along which arrows lead."""
        stop = control.evaluate_handle(STOP).as_element()
        assert stop, f"no key reaches {control}"
        stop.focus()
        for _ in range(12):
            if control.evaluate("one => one === document.activeElement"):
                return
            self.press("ArrowRight")
            self.page.wait_for_timeout(30)
        raise AssertionError(f"no arrow reaches {control}")

    def do(self, name, role="button"):
        """Enter on a control by its name."""
        self.go_to(self.page.get_by_role(role, name=name, exact=True))
        self.press("Enter")

    def open_tab(self, name):
        self.go_to(self.page.get_by_role("tab", name=name, exact=True))

    def unfold(self, name):
        """Open what is folded away, where it is."""
        summary = self.page.locator("summary").filter(has_text=name)
        if not summary.evaluate("one => one.parentElement.open"):
            self.go_to(summary)
            self.press("Enter")

    def choose(self, name, value):
        """One of a list, by arrows."""
        control = self.page.get_by_role("combobox", name=name, exact=True)
        self.go_to(control)
        self.press("Home")
        for _ in range(20):
            if control.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    def type_into(self, control, text):
        self.go_to(control)
        self.press("Control+a")
        self.page.keyboard.type(text)
        self.press("Enter")

    def go_to_unit(self, layer, unit):
        """The network is one stop: arrows go from unit to unit."""
        self.go_to(self.page.locator(".net-grid [tabindex='0']").first)
        self.press("Home")
        self.press(*["ArrowRight"] * layer)
        self.press("PageUp", *["ArrowDown"] * unit)
        place = f"net-unit-{layer}-{unit}"
        assert self.page.evaluate("document.activeElement.id") == place

    def set_bias(self, layer, unit, value):
        self.go_to_unit(layer, unit)
        self.press("e")
        self.page.keyboard.type(str(value))
        self.press("Enter")

    def set_weights(self, layer, unit, values):
        """Weights into a unit, in its panel."""
        self.go_to_unit(layer, unit)
        self.press("Enter")
        fields = self.page.locator(".net-panel table").first.locator("input")
        for index, value in enumerate(values):
            self.type_into(fields.nth(index), str(value))

    def train(self, epochs):
        """Run until so many more epochs are done, then pause."""
        begun = epoch(self.page)
        self.do("Run")
        wait_for_epoch(self.page, lambda now: now >= begun + epochs)
        self.do("Pause")

    def reset(self):
        self.do("Reset")
        wait_for_epoch(self.page, lambda now: now == 0)

    def is_done(self):
        state = self.page.locator(".course-state")
        wait_until(self.page, lambda: "done" in (state.get_attribute("class") or ""), "the step is not done")
