from __future__ import annotations

import io
import tarfile

import numpy as np
import pytest
import soundfile

from pellucid import DataError, dataset_from_sounds
from pellucid.data.sound.files import read_archive, read_recording, sounds_in

RATE = 8000


def tone(hertz, seconds=0.3, rate=RATE, seed=0):
    time = np.arange(int(seconds * rate)) / rate
    noise = 0.01 * np.random.default_rng(seed).standard_normal(len(time))
    return 0.5 * np.sin(2 * np.pi * hertz * time) + noise


@pytest.fixture
def folder(tmp_path):
    for name, hertz in {"low": 300, "high": 1500}.items():
        (tmp_path / "tones" / name).mkdir(parents=True)
        for i in range(10):
            soundfile.write(tmp_path / "tones" / name / f"{i}.wav", tone(hertz, 0.2 + 0.02 * i, seed=i), RATE)
    return tmp_path / "tones"


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


def test_an_archive_is_read_and_nothing_unpacked(tmp_path):
    path = tmp_path / "set.tar.gz"
    packed(path, {"../../evil_a_1.wav": wav(tone(300)), "x/0_a_1.wav": wav(tone(500)), "README": b"read me"})
    before = sorted(tmp_path.rglob("*"))
    assert [name for name, _ in read_archive(path)] == ["0_a_1.wav", "evil_a_1.wav"]
    assert sorted(tmp_path.rglob("*")) == before
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(DataError, match="cut off or corrupt"):
        read_archive(path)


def test_rates_too_low_for_sound_are_named(folder):
    soundfile.write(folder / "low" / "slow.wav", tone(1)[:50], 500)
    (note,) = (note for note in dataset_from_sounds(folder).notes if "cannot be read" in note)
    assert "slow.wav (500 samples a second, too few for sound: 1,000 at least)" in note


def test_samples_are_the_mean_of_the_channels(tmp_path):
    stereo = np.stack([tone(300), np.zeros_like(tone(300))], axis=1)
    soundfile.write(tmp_path / "a.wav", stereo, RATE, subtype="FLOAT")
    recording = read_recording(tmp_path / "a.wav", "a.wav")
    assert (recording.rate, recording.samples.dtype) == (RATE, np.float32)
    np.testing.assert_allclose(recording.samples, stereo.mean(axis=1), atol=1e-6)


@pytest.mark.parametrize(
    ("samples", "said"),
    [(np.zeros(0), r"a \(no samples\)"), (np.array([0.0, np.nan]), r"a \(samples that are not finite\)")],
)
def test_recordings_of_nothing(samples, said):
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="FLOAT")
    file.seek(0)
    with pytest.raises(DataError, match=said):
        read_recording(file, "a")


def test_what_is_no_recording():
    with pytest.raises(DataError, match=r"a \(Format not recogni[sz]ed\)"):
        read_recording(io.BytesIO(b"text"), "a")


def test_one_file_needs_no_label(tmp_path):
    soundfile.write(tmp_path / "a.wav", tone(300), RATE)
    collection = sounds_in(tmp_path / "a.wav")
    assert (collection.places, collection.labels) == ((str(tmp_path / "a.wav"),), ())
