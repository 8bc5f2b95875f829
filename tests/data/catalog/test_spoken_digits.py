from __future__ import annotations

import io
import tarfile

import numpy as np
import pytest
import soundfile

from pellucid import DataError
from pellucid.data import load_dataset

RATE = 8000


def tone(hertz, seconds=0.3, rate=RATE, seed=0):
    time = np.arange(int(seconds * rate)) / rate
    noise = 0.01 * np.random.default_rng(seed).standard_normal(len(time))
    return 0.5 * np.sin(2 * np.pi * hertz * time) + noise


def packed(path, files):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def wav(samples):
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV")
    return file.getvalue()


def test_spoken_digits_are_split_by_index(tmp_path, monkeypatch):
    (tmp_path / "fsdd").mkdir()
    files = {f"r/{d}_{who}_{i}.wav": wav(tone(300 * (d + 1))) for d in (0, 1) for who in "ab" for i in range(15)}
    packed(tmp_path / "fsdd" / "fsdd_recordings.tar.gz", files)
    monkeypatch.setenv("PELLUCID_DATA", str(tmp_path))
    data = load_dataset("spoken-digits")
    assert len(data.test) == 20
    assert len(data.train) + len(data.validation) == 40
    assert data.classes == ("0", "1")
    monkeypatch.setenv("PELLUCID_DATA", str(tmp_path / "r"))
    with pytest.raises(DataError, match="set PELLUCID_DATA to a folder with fsdd/fsdd_recordings"):
        load_dataset("spoken-digits")
