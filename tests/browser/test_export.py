"""An exported page, opened as a file, without a server."""

from __future__ import annotations

from pellucid.web.export import export
from synthetic_runs import write_run


def test_it_opens_without_a_server(open_page, built, tmp_path):
    for name in ("a", "b & c"):
        write_run(tmp_path / "runs" / name, epochs=4)
    assert export(tmp_path / "runs", tmp_path / "out", print) == 2
    page = open_page((tmp_path / "out" / "index.html").as_uri())
    page.get_by_role("link", name="b & c").click()
    page.locator(".plot canvas").first.wait_for()
    page.get_by_text("Epochs, validation").first.wait_for()
    page.get_by_role("tab", name="Layers").click()
    page.locator("canvas").nth(1).wait_for()
    assert page.get_by_role("button", name="Pause").count() == 0
