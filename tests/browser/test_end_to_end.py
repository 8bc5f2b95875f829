"""From ``pellucid train --watch`` to the report of its end, as a user goes through it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest

from browser.serving import serving
from pellucid.jobs.inspection import Inspection
from pellucid.jobs.training_job import prepare_job


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
    events = page.locator(".events")
    events.get_by_text("to 0.0005 (asked for)").wait_for()
    events.get_by_text("Note: half the rate").wait_for()
    steering.get_by_role("button", name="Stop", exact=True).click()
    steering.get_by_role("button", name="Stop now").click()
    events.get_by_text("Training ended: stopped as asked.").wait_for()
    assert '"learning_rate"' in (run / "control.jsonl").read_text()


@pytest.fixture(scope="module")
def finished(built, tmp_path_factory):
    """The address of a run that has ended, and its confusion matrix."""
    path = tmp_path_factory.mktemp("runs") / "iris"
    prepare_job({"data": "iris", "epochs": 2, "hidden": [4], "seed": 0}, out=path).run()
    with serving(path) as address:
        yield address, Inspection(path).examples("validation", "worst", 0)["confusion"]


def test_examples_of_a_cell_of_the_confusion_matrix(open_page, finished):
    address, confusion = finished
    page = open_page(f"{address}#v1/runs?tab=examples")
    cells = page.locator(".confusion button")
    cells.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="taken for").wait_for()
    first = next(count for row in confusion["matrix"] for count in row if count)
    page.wait_for_function("count => document.querySelectorAll('.examples > li').length === count", arg=min(first, 24))
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("status").filter(has_text="taken for").wait_for(state="detached")


def test_a_finished_run_gets_notes(open_page, finished):
    page = open_page(f"{finished[0]}#v1/runs?tab=events")
    page.get_by_label("Note", exact=True).fill("to be kept")
    page.get_by_role("button", name="Add: Note").click()
    page.locator(".events").get_by_text("Note: to be kept").wait_for()
