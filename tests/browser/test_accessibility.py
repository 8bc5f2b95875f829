"""axe finds nothing in the main views, in both schemes and languages (WCAG 2.2, levels A and AA)."""

from __future__ import annotations

import pytest

from browser.chromium import ROOT
from browser.conftest import serving
from synthetic_runs import write_run

VIEWS = {
    "runs": "runs?group=seed&chosen=a,b",
    "what changed": "runs?tab=changed&chosen=a,b",
    "curves": "run/a",
    "network": "run/a?tab=network&layer=dense_1",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """rules => axe.run(document, { runOnly: rules }).then(
    ({ violations }) => violations.map(one => [one.id, ...one.nodes.map(node => node.html)]))"""


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    write_run(folder / "a", epochs=8, status="running")
    write_run(folder / "b", epochs=8, settings={"data": "iris", "epochs": 8, "hidden": [8], "seed": 1})
    with serving(folder) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_main_views(open_page, served, language, scheme):
    axe = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = open_page(served, language=language, scheme=scheme)
    page.evaluate(axe)
    found = {}
    for name, view in VIEWS.items():
        page.evaluate("address => { location.hash = address }", f"v1/{view}")
        page.get_by_role("tabpanel").wait_for()
        page.wait_for_timeout(300)  # charts are drawn, arrays are read
        found[name] = page.evaluate(CHECK, RULES)
    assert {name: violations for name, violations in found.items() if violations} == {}
