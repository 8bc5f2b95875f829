"""Programs on disk: compiled by one process, read back by the next; and who asked for none gets none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pellucid.runtime import compilation

KEEP = """
import jax
from pellucid.runtime.compilation import keep_programs
keep_programs()
print(0, jax.config.jax_compilation_cache_dir)
"""
TRAIN = """
import jax, numpy as np
hits = []
jax.monitoring.register_event_listener(lambda event, **more: hits.append(event) if "cache_hits" in event else None)
from pellucid import Chain, Dense, MeanSquaredError, Tanh, fit
from pellucid.runtime import compilation
compilation.WORTH_KEEPING = 0  # so that a quick machine keeps what a slow one does
x = np.linspace(-1, 1, 40, dtype=np.float32)[:, None]
fit(Chain(Dense(4), Tanh(), Dense(1)), MeanSquaredError(), (x, x), epochs=2, batch_size=16, engine="jax")
print(len(hits), jax.config.jax_compilation_cache_dir)
"""


def elsewhere(script: str, folder: str, **environment: str) -> tuple[int, str]:
    """Run the script in another process; how many programs it found, and the folder it keeps them in."""
    env = {**os.environ, "PELLUCID_CACHE": folder, **environment}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    hits, path = done.stdout.split()
    return int(hits), path


def test_a_second_process_compiles_nothing(tmp_path):
    first, folder = elsewhere(TRAIN, str(tmp_path))
    kept = {file.name for file in Path(folder).iterdir()}
    assert first == 0
    assert any("whole_batches" in name for name in kept)
    second, same = elsewhere(TRAIN, str(tmp_path))
    assert same == folder
    assert second >= 2  # the steps and the last, smaller one
    assert {file.name for file in Path(folder).iterdir()} == kept


def test_none_are_kept_where_that_is_said():
    assert elsewhere(KEEP, "off") == (0, "None")


def test_jax_own_folder_is_left_alone(tmp_path):
    own = str(tmp_path / "own")
    assert elsewhere(KEEP, str(tmp_path / "ours"), JAX_COMPILATION_CACHE_DIR=own)[1] == own


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert elsewhere(KEEP, str(tmp_path / "file"))[1] == "None"


def test_old_programs_are_thrown_away(tmp_path):
    (tmp_path / "old").write_bytes(b"")
    (tmp_path / "new").write_bytes(b"")
    long_ago = time.time() - (compilation.DAYS + 1) * 86400
    os.utime(tmp_path / "old", (long_ago, long_ago))
    compilation._throw_away_old(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize(("maker", "kept"), [("vendor_id : AuthenticAMD", True), ("vendor_id : GenuineIntel", False)])
def test_unasked_programs_are_kept_where_xla_reads_its_own(monkeypatch, maker, kept):
    monkeypatch.delenv(compilation.FOLDER)
    monkeypatch.setattr(compilation, "_processor", lambda: maker)
    assert (compilation._folder() is not None) == kept


def test_another_processor_has_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv(compilation.FOLDER, str(tmp_path))
    here = compilation._folder()
    monkeypatch.setattr(compilation, "_processor", lambda: "another")
    assert here.parent == tmp_path == compilation._folder().parent
    assert here != compilation._folder()
