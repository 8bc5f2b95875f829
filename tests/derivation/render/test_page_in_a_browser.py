"""Pages as a browser lays them out: nothing is wider than a narrow screen."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from derivation.networks import classic
from pellucid.derivation.lessons import EXAMPLES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

MEASURE = """<script>
document.querySelectorAll("details").forEach((part) => (part.open = true));
document.title = `${document.documentElement.scrollWidth} of ${document.documentElement.clientWidth}`;
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the path")
@pytest.mark.parametrize("name", ["two-two-two", "convolution", "lstm", "long names"])
def test_nothing_overflows_a_screen_of_400_pixels(name, tmp_path):
    if name == "long names":
        long = "a very long name of a weight that a reader gave it/W5"
        explanation = classic(long, {"output/W[0, 0]": long})
    else:
        explanation = EXAMPLES[name].explain(automatic=False)
    inner, outer = tmp_path / "page.html", tmp_path / "frame.html"
    inner.write_text(explanation.html() + MEASURE, encoding="utf-8")
    # a window is never narrower than 500 pixels: the page stands in a frame of 400
    read = "document.title = frames[0].document.title"
    outer.write_text(f'<iframe src=page.html width=400 height=900 style="border:0" onload="{read}"></iframe>')
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--allow-file-access-from-files"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    told = subprocess.run(
        [CHROMIUM, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", outer.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    (measured,) = re.findall(r"<title>(.*)</title>", told)
    widest, room = measured.split(" of ")
    assert int(widest) == int(room) <= 400
