"""The report of a run fits every screen, and axe finds nothing in it."""

from __future__ import annotations

import pytest

from browser.chromium import ROOT
from browser.test_accessibility import CHECK, RULES
from pellucid.jobs.training_job import prepare_job
from pellucid.report_page import write_report

WIDER = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".wide"))
    .map(one => one.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("iris") / "run"
    settings = {"data": "iris", "epochs": 3, "hidden": [4], "engine": "numpy", "watch_every": 2}
    job = prepare_job(settings, out=path, command=f"pellucid train iris --{'x' * 80}")
    job.run()
    return write_report(path, dataset=job.dataset)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_can_be_read_by_all(open_page, report, width, scheme):
    page = open_page(report.as_uri(), width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(WIDER) == []
    page.evaluate((ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(CHECK, RULES) == []
