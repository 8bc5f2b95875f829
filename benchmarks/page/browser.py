"""The page in Chromium: its size, first pictures, hover, zoom, many runs, scrolling, and how soon a new step is seen.

Run it from the root of the repository, on a machine that does nothing else:  python -m benchmarks.page.browser
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

from playwright.sync_api import Page, sync_playwright

from benchmarks.page.server import Server
from pellucid.web.static import FOLDER

sys.path.append("tests")
from browser.chromium import find_chromium
from synthetic_runs import write_run

BARS = {
    "page before content, kB gzip": (60.0, "at most"),
    "run of 10,000 epochs: first picture, s": (1.0, "at most"),
    "hover, frames a second": (50.0, "at least"),
    "zoom, s": (0.2, "at most"),
    "1,000 runs: table, s": (2.0, "at most"),
    "1,000 runs: scrolling the table, frames a second": (50.0, "at least"),
    "overlay of 50 runs, s": (2.0, "at most"),
    "a new step is seen within, ms (median)": (200.0, "at most"),
}
FRAMES = """moves => new Promise(done => {
    const over = document.querySelector('.u-over'), box = over.getBoundingClientRect();
    let frames = 0; const begun = performance.now();
    (function frame() {
        const share = (frames++ % moves) / moves;
        over.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX: box.left + share * box.width,
            clientY: box.top + box.height / 2 }));
        const spent = performance.now() - begun;
        if (spent < 2000) requestAnimationFrame(frame); else done(1000 * frames / spent);
    })();
})"""
SCROLLED = """pixels => new Promise(done => {
    const table = document.querySelector('.virtual'), most = table.scrollHeight - table.clientHeight;
    let frames = 0; const begun = performance.now();
    (function frame() {
        table.scrollTop = (frames++ * pixels) % most;
        const spent = performance.now() - begun;
        if (spent < 2000) requestAnimationFrame(frame); else done(1000 * frames / spent);
    })();
})"""
DRAWN = ".plot canvas"


def page_size() -> dict[str, float]:
    """What is loaded before anything is shown."""
    first = [FOLDER / "index.html", *(FOLDER / "assets").glob("index-*")]
    return {"page before content, kB gzip": sum(len(gzip.compress(path.read_bytes())) for path in first) / 1e3}


def measure_large_run(page: Page, folder: Path) -> dict[str, float]:
    """A run of 10,000 epochs and a million steps: opened with its files read once before, then read along."""
    write_run(folder / "large", epochs=10_000, steps_an_epoch=100)
    server = Server(folder)
    found = {}
    for _ in range(2):  # what the server reads first is in benchmarks.page.server
        page.goto("about:blank")
        begun = time.perf_counter()
        page.goto(f"http://{server.address}/#v1/run/large")
        page.wait_for_selector(DRAWN)
        found["run of 10,000 epochs: first picture, s"] = time.perf_counter() - begun
    page.wait_for_timeout(500)
    found["hover, frames a second"] = page.evaluate(FRAMES, 300)
    page.locator(".plot").first.focus()
    begun = time.perf_counter()
    page.keyboard.press("+")
    page.get_by_role("button", name="Show all").first.wait_for()
    found["zoom, s"] = time.perf_counter() - begun
    server.end()
    return found


def measure_many_runs(page: Page, folder: Path) -> dict[str, float]:
    """The list of 1,000 runs, as it is once the server has read it, and curves of 50 of them."""
    for number in range(1_000):
        write_run(folder / f"run-{number}", epochs=20, steps_an_epoch=10)
    server = Server(folder)
    server.get("/api/runs")
    begun = time.perf_counter()
    page.goto(f"http://{server.address}/")
    page.wait_for_selector(".virtual tbody tr")
    found = {"1,000 runs: table, s": time.perf_counter() - begun}
    found["1,000 runs: scrolling the table, frames a second"] = page.evaluate(SCROLLED, 200)
    page.locator("thead input[type=checkbox]").check()
    begun = time.perf_counter()
    page.get_by_role("tab", name="Curves").click()
    page.locator(".legend li").nth(49).wait_for()
    page.wait_for_selector(DRAWN)
    found["overlay of 50 runs, s"] = time.perf_counter() - begun
    server.end()
    return found


def measure_live(page: Page, folder: Path, seconds: float) -> dict[str, float]:
    """From a line that is written to its number in the page."""
    run = write_run(folder / "live", epochs=1, steps_an_epoch=1000, status="running")
    server = Server(folder)
    page.goto(f"http://{server.address}/#v1/run/live?smooth=0&epochs=0")
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(500)
    page.evaluate("""() => { window.seen = []; new MutationObserver(() => {
        window.seen.push([Date.now(), document.querySelector('.legend b').textContent]);
    }).observe(document.querySelector('.legend'), { subtree: true, characterData: true, childList: true }) }""")
    written, step, begun = {}, 1000, time.time()
    with (run / "steps.csv").open("a") as file:
        while time.time() - begun < seconds:
            for _ in range(10):  # 100 steps a second, written every 0.1 s
                step += 1
                file.write(f"{step},0.01,{1 + step / 1e5:.6g}\n")
            file.flush()
            written.setdefault(f"{1 + step / 1e5:.4g}", time.time())
            time.sleep(0.1)
    seen = dict(reversed([(text, when / 1e3) for when, text in page.evaluate("window.seen")]))
    delays = sorted(1e3 * (seen[text] - when) for text, when in list(written.items())[1:] if text in seen)
    server.end()
    return {
        "a new step is seen within, ms (median)": delays[len(delays) // 2],
        "a new step is seen within, ms (95 of 100)": delays[int(0.95 * len(delays))],
    }


def main() -> None:
    """Measure, and print each figure beside its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, Any] = page_size()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for measure in (measure_large_run, measure_many_runs, lambda *on: measure_live(*on, asked.seconds)):
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
            with tempfile.TemporaryDirectory(dir=name) as folder:
                figures |= measure(page, Path(folder))
            page.close()
        browser.close()
    for what, figure in figures.items():
        bar, sense = BARS.get(what, (None, ""))
        met = "" if bar is None else ("met" if (figure <= bar) == (sense == "at most") else "MISSED")
        print(f"{what:52} {figure:10.3g}  {'' if bar is None else f'{sense} {bar:g}'}  {met}")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
