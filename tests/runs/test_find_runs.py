"""Which folders are runs."""

from __future__ import annotations

import pytest

from pellucid import RunError
from pellucid.runs import find_runs as room
from pellucid.runs.find_runs import find_runs, require_own_files
from synthetic_runs import write_run


def test_runs_are_found_below_a_folder_by_their_path(tmp_path):
    for place in ("b", "a/deep/er", "c"):
        write_run(tmp_path / place)
    write_run(tmp_path / "c" / "inside a run")
    write_run(tmp_path / ".hidden")
    (tmp_path / "no run").mkdir()
    assert list(find_runs(tmp_path)) == ["a/deep/er", "b", "c"]


def test_a_folder_that_is_a_run_has_that_run_by_its_name(tmp_path):
    write_run(tmp_path / "one")
    assert find_runs(tmp_path / "one") == {"one": tmp_path / "one"}


def test_links_are_not_followed_and_depth_and_number_are_bounded(tmp_path, monkeypatch):
    outside = write_run(tmp_path / "outside" / "secret")
    watched = tmp_path / "watched"
    write_run(watched / "a")
    (watched / "link").symlink_to(outside)
    (watched / "loop").symlink_to(watched)
    write_run(watched.joinpath(*"12345678"))
    assert list(find_runs(watched)) == ["a"]
    monkeypatch.setattr(room, "MOST_RUNS", 2)
    for name in "bcd":
        write_run(watched / name)
    assert len(find_runs(watched)) == 2


def test_nothing_is_found_where_nothing_is(tmp_path):
    assert find_runs(tmp_path) == {}
    assert find_runs(tmp_path / "not there") == {}


def test_a_file_that_is_a_link_out_of_the_run_is_refused(tmp_path):
    run = write_run(tmp_path / "run")
    (tmp_path / "passwords").write_text("secret")
    (run / "report.html").symlink_to(tmp_path / "passwords")
    with pytest.raises(RunError, match=r"report\.html is a link that leads out"):
        require_own_files(run)
