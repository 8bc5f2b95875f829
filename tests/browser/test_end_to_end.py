"""From ``pellucid train --watch`` to the report of its end, as a user goes through it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def training(built, tmp_path):
    """A training that goes on until it is stopped, with its page."""
    run = tmp_path / "run"
    command = [sys.executable, "-m", "pellucid", "train", "iris", "--hidden", "4", "--watch", "--engine", "numpy"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.pop("DISPLAY", None)
    process = subprocess.Popen(
        [*command, "--epochs", "1000000", "--patience", "1000000", "--out", str(run)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    address, told = None, []
    for line in process.stdout:
        told.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            address = found.group()
            break
    assert address is not None, told
    yield address, run
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.stdout.close()
    process.wait(30)


def test_a_training_is_watched_paused_changed_and_stopped(open_page, training):
    address, run = training
    page = open_page(address)
    steering = page.get_by_role("region", name="Steer the training")
    page.locator(".plot canvas").first.wait_for()
    steering.get_by_role("button", name="Pause").click()
    steering.get_by_role("button", name="Continue").wait_for()
    steering.get_by_label("Learning rate", exact=True).fill("0.0005")
    steering.get_by_role("button", name="Set: Learning rate").click()
    steering.get_by_label("Note", exact=True).fill("half the rate")
    steering.get_by_role("button", name="Add: Note").click()
    steering.get_by_role("button", name="Continue").click()
    steering.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("tab", name="Events").click()
    page.get_by_text("to 5.00e−4 (asked for)").wait_for()
    page.get_by_text("Note: half the rate").wait_for()
    steering.get_by_role("button", name="Stop", exact=True).click()
    steering.get_by_role("button", name="Stop now").click()
    page.get_by_text("Training ended.").wait_for()
    page.get_by_role("button", name="Add: Note").wait_for()  # a finished run gets notes here
    page.get_by_role("tab", name="Examples").click()
    cell = page.locator(".confusion button").first
    cell.click()
    page.get_by_role("status").filter(has_text="taken for").wait_for()
    page.wait_for_function(
        "count => document.querySelectorAll('.examples > li').length === count", arg=min(int(cell.inner_text()), 24)
    )
    assert '"learning_rate"' in (run / "control.jsonl").read_text()
