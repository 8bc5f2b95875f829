"""The playground's page in Chromium, on its server and as saved files: size, first picture, frames and epochs a second.

Run it from the root of the repository, on a machine that does nothing else:

    python -m benchmarks.page.play_browser [--seconds 5] [--json FILE]

A frame counts when the page says that it has drawn it. Frames are skipped as in a tab that is drawn ten times a second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page.play import Server
from pellucid.web.play_export import export_play

sys.path.append("tests")
from browser.chromium import find_chromium

BARS = {
    "kB gzip before KaTeX": (120.0, "at most"),
    "first picture, s": (1.0, "at most"),
    "6 layers of 8, 100 x 100 map, frames a second": (30.0, "at least"),
    "four networks side by side, frames a second": (20.0, "at least"),
    "control to effect, median, ms": (100.0, "at most"),
}
EPOCHS = {"live": 300.0, "saved": 3_000.0}
"""Epochs a second of the default network, frames skipped."""

COUNT_FRAMES = """
window.drawnFrames = 0; window.drawnAt = 0;
for (const [kind, method] of [[WebSocket, 'send'], [Worker, 'postMessage']]) {
    const original = kind.prototype[method];
    kind.prototype[method] = function (...given) {
        const text = typeof given[0] === 'string' ? given[0] : JSON.stringify(given[0] ?? null).slice(0, 200);
        if (text.includes('"drawn"')) { window.drawnFrames++; window.drawnAt = performance.now(); }
        return original.apply(this, given);
    };
}
"""
SKIP_FRAMES = "window.requestAnimationFrame = callback => setTimeout(() => callback(performance.now()), 100);"
DEEP = "#v=1&layers=8,8,8,8,8,8"
FOUR = "#v=1&networks=4"


def open_page(browser: Browser, address: str, skip: bool = False) -> Page:
    """A page that counts the frames it draws."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
    page.add_init_script(COUNT_FRAMES + (SKIP_FRAMES if skip else ""))
    page.goto(address)
    while not page.evaluate("window.drawnFrames"):  # the page's policy lets no script wait for it
        time.sleep(0.01)
    return page


def size(browser: Browser, address: str) -> float:
    """What is loaded until the first picture, but KaTeX, in kB."""
    page = browser.new_page(locale="en-US")
    loaded: list[Any] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(address)
    page.wait_for_selector(".map-view")
    page.wait_for_timeout(1000)
    total = 0
    for response in loaded:
        if "katex" not in response.url.lower() and response.ok:
            total += len(gzip.compress(response.body(), 9))
    page.close()
    return total / 1e3


def first_picture(browser: Browser, address: str) -> float:
    """Seconds until the first frame is drawn, with the browser's cache as a first visit has it."""
    begun = time.perf_counter()
    open_page(browser, address).close()
    return time.perf_counter() - begun


def rates(browser: Browser, address: str, seconds: float, skip: bool = False) -> tuple[float, float]:
    """Frames and epochs a second while it trains as fast as it goes."""
    page = open_page(browser, address, skip)
    page.locator("button.run").click()
    page.wait_for_timeout(1000)
    begun, epochs, frames = time.perf_counter(), epoch(page), page.evaluate("window.drawnFrames")
    page.wait_for_timeout(1000 * seconds)
    taken = time.perf_counter() - begun
    found = (page.evaluate("window.drawnFrames") - frames) / taken, (epoch(page) - epochs) / taken
    page.close()
    return found


def epoch(page: Page) -> int:
    """What the page shows."""
    return int(page.locator(".epoch output").inner_text().replace(",", ""))


def control_to_effect(browser: Browser, address: str) -> float:
    """Milliseconds from a unit more to the frame that shows it, the median of 15."""
    page = open_page(browser, address)
    found = []
    for turn in range(15):
        name = "more" if turn % 2 == 0 else "fewer"
        found.append(
            page.evaluate(
                """async name => {
                    const layers = [...document.querySelectorAll('.play-network button')];
                    const button = layers.filter(one => one.textContent.trim() === (name === 'more' ? '+' : '−'))[1];
                    const begun = performance.now();
                    button.click();
                    while (window.drawnAt < begun) await new Promise(done => setTimeout(done, 1));
                    return window.drawnAt - begun;
                }""",
                name,
            )
        )
        page.wait_for_timeout(200)
    page.close()
    return sorted(found)[len(found) // 2]


def measure(browser: Browser, address: str, kind: str, seconds: float) -> dict[str, float]:
    """All figures of the page at this address."""
    found = {"first picture, s": first_picture(browser, address)}
    found["default network, frames a second"], _ = rates(browser, address, seconds)
    _, found["default network, frames skipped, epochs a second"] = rates(browser, address, seconds, skip=True)
    found["6 layers of 8, 100 x 100 map, frames a second"], _ = rates(browser, address + DEEP, seconds)
    found["four networks side by side, frames a second"], _ = rates(browser, address + FOUR, seconds)
    found["control to effect, median, ms"] = control_to_effect(browser, address)
    return {f"{kind}: {what}": figure for what, figure in found.items()}


def bar_of(what: str) -> tuple[float, str] | None:
    """The bar of a figure, and which way it is one."""
    kind, _, name = what.partition(": ")
    if name.endswith("epochs a second"):
        return EPOCHS[kind], "at least"
    return BARS.get(name)


def main() -> None:
    """Measure, and print each figure beside its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        server = Server()
        live = f"http://{server.address}/"
        try:
            figures = {"live: kB gzip before KaTeX": size(browser, live)}
            figures |= measure(browser, live, "live", asked.seconds)
        finally:
            server.end()
        export_play(Path(name) / "page")
        figures |= measure(browser, (Path(name) / "page" / "index.html").as_uri(), "saved", asked.seconds)
        browser.close()
    for what, figure in figures.items():
        bar = bar_of(what)
        met = "" if bar is None else ("met" if (figure <= bar[0]) == (bar[1] == "at most") else "MISSED")
        print(f"{what:56} {figure:10.4g}  {'' if bar is None else f'{bar[1]} {bar[0]:g}'}  {met}")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
