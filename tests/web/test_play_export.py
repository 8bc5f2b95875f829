"""The playground as files."""

from __future__ import annotations

import pytest

from pellucid import ConfigError
from pellucid.web import static
from pellucid.web.play_export import export_play
from serving import put_page


@pytest.fixture(autouse=True)
def _page(tmp_path, monkeypatch):
    put_page(monkeypatch, tmp_path / "static", "play.html", "export-play")


def test_all_files_are_there_and_an_earlier_export_is_replaced(tmp_path):
    out = tmp_path / "deep" / "out"
    export_play(out)
    assert sorted(path.name for path in out.iterdir()) == ["icon.svg", "index.html", "page.css", "page.js"]
    assert 'data-start=""' in (out / "index.html").read_text()
    (out / "mine.txt").write_text("mine")
    (out / "page.js").write_text("old")
    export_play(out, "https://playground.example/#activation=relu&noise=10")
    assert 'data-start="activation=relu&amp;noise=10"' in (out / "index.html").read_text()
    assert (out / "page.js").read_text() == "page.js"
    assert (out / "mine.txt").read_text() == "mine"
    assert not list(out.glob(".export*"))


def test_no_file_of_others_is_replaced(tmp_path):
    for name in ("index.html", "page.js", "other.txt"):
        out = tmp_path / name.replace(".", "-")
        out.mkdir()
        (out / name).write_text("mine")
        with pytest.raises(ConfigError, match="holds files that are of no export"):
            export_play(out)
        assert [path.read_text() for path in out.iterdir()] == ["mine"]
    with pytest.raises(ConfigError, match="holds files"):
        export_play(tmp_path / "other-txt" / "other.txt")


def test_what_cannot_be_is_said(tmp_path):
    with pytest.raises(ConfigError, match="unknown preset"):
        export_play(tmp_path / "out", "no such thing")
    (static.FOLDER / "export-play" / "page.js").unlink()
    with pytest.raises(ConfigError, match="no page for exports"):
        export_play(tmp_path / "out")
    assert not (tmp_path / "out").exists()
