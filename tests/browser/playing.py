"""What tests of the playground's page look at."""

from __future__ import annotations

import json
import re


class Told:
    """What a page said to its engine."""

    def __init__(self, page):
        self.messages = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda text: self.messages.append(json.loads(text))))

    def states(self):
        """The states that were sent, in their order."""
        return [message["state"] for message in self.messages if message["type"] == "configure"]

    def wait_for(self, page, holds):
        """Wait until ``holds`` of the last state that was sent."""
        for _ in range(200):
            if self.states() and holds(self.states()[-1]):
                return self.states()[-1]
            page.wait_for_timeout(50)
        raise AssertionError(f"the last state sent is {self.states()[-1:]}")


def epoch(page):
    """The epoch that the page shows."""
    return int(page.locator(".epoch output").inner_text().replace(",", ""))


def wait_for_epoch(page, holds):
    """Wait until ``holds`` of the epoch that is shown."""
    wait_until(page, lambda: holds(epoch(page)), f"it stays at epoch {epoch(page)}")


def train(page, epochs):
    """Train so many epochs, each by a press of its button."""
    begun = epoch(page)
    for done in range(1, epochs + 1):
        page.get_by_role("button", name="+1 Epoch").click()
        wait_for_epoch(page, lambda now, done=done: now == begun + done)


def loss(page, name="Training loss"):
    """A number of the scores; NaN where there is none."""
    text = page.locator(".scores > div", has_text=name).locator("dd").inner_text()
    return float(re.sub(r"[%,\s]", "", text)) if re.search(r"\d", text) else float("nan")


def wait_for_frame(page):
    """Wait until the engine has said something of the network."""
    page.locator(".scores dd").filter(has_text=re.compile(r"\d")).first.wait_for()


def loss_text(page):
    """The training loss as it is shown."""
    return page.locator(".scores dd").first.inner_text()


def wait_until(page, holds, what):
    """Wait until ``holds()``: the page's policy lets nothing wait inside it."""
    for _ in range(400):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came to this: {what}")


def pixel(page, selector, x, y):
    """The colour (r, g, b) of a canvas at a share of its width and height."""
    return page.locator(selector).first.evaluate(
        "(c, [x, y]) => [...c.getContext('2d').getImageData(c.width * x, c.height * y, 1, 1).data].slice(0, 3)", [x, y]
    )
