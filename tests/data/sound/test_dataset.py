"""Recordings made here: tones of two heights."""

from __future__ import annotations

import json

import librosa
import numpy as np
import pytest
import soundfile

from pellucid import DataError, dataset_from_sounds
from pellucid.data import Reading, Spectrogram

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


def test_spectrograms_are_normalised_by_the_training_part(folder):
    data = dataset_from_sounds(folder)
    assert data.classes == ("high", "low")
    assert data.train.x.shape[0] == 14
    assert data.train.x.shape[2] == 40
    assert data.train.x.dtype == np.float32
    assert data.train.x.mean(axis=(0, 1)) == pytest.approx(np.zeros(40), abs=1e-4)
    assert data.train.x.std(axis=(0, 1)) == pytest.approx(np.ones(40), abs=1e-4)
    assert any("cut off" in note for note in data.notes)


def test_the_loudest_band_is_that_of_the_tone(folder):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    centres = librosa.mel_frequencies(42, fmin=0, fmax=RATE / 2)[1:-1]
    for name, hertz in {"low": 300, "high": 1500}.items():
        x = fitted.read(folder / name / "3.wav", Reading()).x[0]
        decibels = x * np.array(fitted.scale) + np.array(fitted.mean)
        assert decibels.max() == pytest.approx(0, abs=1e-3)
        assert decibels.min() >= -80.001
        assert abs(centres[decibels[5].argmax()] - hertz) < 100


def test_mfcc_is_librosas(folder):
    fitted = dataset_from_sounds(folder, features="mfcc", length=12).preprocessing
    samples, _ = soundfile.read(folder / "low" / "9.wav", dtype="float32")
    energy = librosa.feature.melspectrogram(y=samples[: 12 * 128], sr=RATE, n_fft=256, hop_length=128, n_mels=40)
    expected = librosa.feature.mfcc(S=librosa.power_to_db(energy, ref=energy.max()), n_mfcc=20).T[:12]
    x = fitted.read(folder / "low" / "9.wav", Reading()).x[0]
    assert x * np.array(fitted.scale) + np.array(fitted.mean) == pytest.approx(expected, abs=1e-2)


def test_what_is_stored_prepares_alike(folder):
    fitted = dataset_from_sounds(folder, length=8).preprocessing
    again = Spectrogram.from_dict(json.loads(json.dumps(fitted.to_dict())))
    assert again == fitted
    assert np.array_equal(again.read(folder, Reading()).x, fitted.read(folder, Reading()).x)


def test_other_rates_and_two_channels_are_brought_to_one(folder):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    soundfile.write(folder / "fast.wav", tone(300, rate=16000), 16000)
    soundfile.write(folder / "stereo.wav", np.stack([tone(300)] * 2, axis=1), RATE)
    soundfile.write(folder / "plain.wav", tone(300), RATE)
    fast, stereo, plain = (fitted.read(folder / f"{name}.wav", Reading()).x for name in ("fast", "stereo", "plain"))
    assert stereo == pytest.approx(plain, abs=1e-4)
    assert fast[0, 5].argmax() == plain[0, 5].argmax()


def test_damaged_recordings_are_named_skipped_and_counted(folder):
    (folder / "low" / "0.wav").write_bytes(b"RIFF")
    (folder / "low" / "1.wav").write_bytes(b"")
    soundfile.write(folder / "high" / "2.wav", np.zeros(0), RATE)
    data = dataset_from_sounds(folder)
    assert len(data.train) + len(data.validation) + len(data.test) == 17
    (note,) = (note for note in data.notes if "cannot be read" in note)
    assert note.startswith("skipped, cannot be read: 3 files: ")
    assert all(name in note for name in ("0.wav", "1.wav", "2.wav"))
    with pytest.raises(DataError, match="no recording can be read"):
        data.preprocessing.read(folder / "low" / "0.wav", Reading())


def test_silence_and_a_click_are_recordings(folder):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    soundfile.write(folder / "silence.wav", np.zeros(4000), RATE)
    soundfile.write(folder / "click.wav", np.ones(1), RATE)
    for name in ("silence", "click"):
        assert np.isfinite(fitted.read(folder / f"{name}.wav", Reading()).x).all()


def test_labels_in_names(tmp_path):
    for i in range(10):
        soundfile.write(tmp_path / f"{i % 2}_ann_{i}.wav", tone(300 + 900 * (i % 2)), RATE)
    assert dataset_from_sounds(tmp_path, label_from="{label}_*_*.wav").classes == ("0", "1")
    with pytest.raises(DataError, match="in no class folder"):
        dataset_from_sounds(tmp_path)


def test_a_line_where_librosa_is_missing(folder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "soundfile", None)
    with pytest.raises(DataError, match=r"pip install 'pellucid\[sound\]'"):
        dataset_from_sounds(folder)


def test_the_length_is_that_of_a_recording_and_far_longer_ones_are_refused(folder):
    frames = {1 + len(soundfile.read(file)[0]) // 128 for file in folder.rglob("*.wav")}  # 16 ms at 8,000 a second
    assert dataset_from_sounds(folder).preprocessing.length in frames
    assert any("padded with silence to 300" in note for note in dataset_from_sounds(folder, length=300).notes)
    with pytest.raises(DataError, match=r"length 1,000,000,000 is too large: the longest recording has"):
        dataset_from_sounds(folder, length=10**9)
    assert dataset_from_sounds(folder, length=1).train.x.shape[1] == 1  # less than a window of librosa's


@pytest.mark.parametrize("features", ["log-mel", "mfcc"])
@pytest.mark.parametrize("gain", [1e-30, 3e-6, 3e-4, 1e3, 1e15])
def test_how_loud_a_recording_is_does_not_matter(folder, tmp_path, gain, features):
    fitted = dataset_from_sounds(folder, length=10, features=features).preprocessing
    rng = np.random.default_rng(0)
    sound = (tone(300) * np.linspace(0, 1, 2400) ** 4 + 1e-3 * rng.standard_normal(2400)).astype(np.float32)
    loud, quiet = (fitted.prepare([(sound * np.float32(g), RATE)], Reading()).x for g in (1, gain))
    np.testing.assert_allclose(quiet, loud, atol=1e-3)
    soundfile.write(tmp_path / "quiet.wav", sound * np.float32(gain), RATE, subtype="FLOAT")
    np.testing.assert_allclose(fitted.read(tmp_path / "quiet.wav", Reading()).x, loud, atol=1e-3)


def test_silence_is_80_decibels_down_in_all_bands(folder, tmp_path):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    soundfile.write(tmp_path / "zeros.wav", np.zeros(4000), RATE)
    inputs = fitted.read(tmp_path / "zeros.wav", Reading())
    decibels = inputs.x * np.array(fitted.scale) + np.array(fitted.mean)
    np.testing.assert_allclose(decibels, -80, atol=1e-3)
    assert f"silent throughout: 1 recording: {tmp_path / 'zeros.wav'}" in inputs.notes


@pytest.mark.parametrize("other", [-1.0, -0.95])
def test_channels_that_cancel_each_other_are_not_averaged(folder, tmp_path, other):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    left = tone(300)
    soundfile.write(tmp_path / "stereo.wav", np.stack([left, other * left], axis=1), RATE, subtype="FLOAT")
    soundfile.write(tmp_path / "plain.wav", left, RATE, subtype="FLOAT")
    stereo, plain = (fitted.read(tmp_path / f"{name}.wav", Reading()) for name in ("stereo", "plain"))
    np.testing.assert_allclose(stereo.x, plain.x, atol=1e-3)
    (note,) = (note for note in stereo.notes if "cancel" in note)
    assert note == f"channels cancel each other, so the loudest is taken: 1 recording: {tmp_path / 'stereo.wav'}"
    assert not any("cancel" in note for note in plain.notes)


def test_channels_that_differ_are_averaged(folder, tmp_path):
    fitted = dataset_from_sounds(folder, length=10).preprocessing
    soundfile.write(tmp_path / "a.wav", np.stack([tone(300), tone(1500)], axis=1), RATE)
    assert not any("cancel" in note for note in fitted.read(tmp_path / "a.wav", Reading()).notes)


@pytest.mark.parametrize("ending", ["flac", "mp3", "ogg", "aiff", "FLAC"])
def test_other_forms_of_recordings(tmp_path, ending):
    for name, hertz in {"low": 300, "high": 1500}.items():
        (tmp_path / name).mkdir()
        for i in range(5):
            soundfile.write(tmp_path / name / f"{i}.{ending}", tone(hertz, seed=i), RATE)
    data = dataset_from_sounds(tmp_path)
    assert sum(map(len, (data.train, data.validation, data.test))) == 10


def test_content_tells_a_recording_whatever_its_name(folder):
    (folder / "low" / "0.wav").rename(folder / "low" / "0.raw")
    (folder / "low" / "1.wav").rename(folder / "low" / "1")
    data = dataset_from_sounds(folder)
    assert sum(map(len, (data.train, data.validation, data.test))) == 20
    assert "recordings by their content, not by their names: 2 files: low 2 (0.raw, 1)" in data.notes
