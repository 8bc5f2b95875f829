"""Commands run with reports that leave out what takes long: what is in a report is tested in ``tests/report_page``."""

from __future__ import annotations

import pytest

from pellucid.report_page import write


@pytest.fixture(autouse=True)
def _quick_reports(monkeypatch):
    monkeypatch.setattr(write, "FEWEST_SECONDS", 0.0)
