"""Recordings as a kind of data: what it takes, and what its settings become."""

from __future__ import annotations

import wave

import numpy as np
import pytest
from pydantic import ValidationError

from pellucid.data.base.source import Source
from pellucid.data.sound.kind import Sound, SoundOptions
from pellucid.data.sound.preparation import Spectrogram
from pellucid.errors import DataError


def write_tone(path, pitch, seconds=0.25, rate=8000):
    samples = np.sin(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((20000 * samples).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("tones")
    for name, pitch in {"high": 1500, "low": 300}.items():
        (path / name).mkdir()
        for i in range(8):
            write_tone(path / name / f"{i}.wav", pitch + 20 * i)
    return path


@pytest.mark.parametrize(("features", "bands"), [(None, 40), ("log-mel", 40), ("mfcc", 20)])
def test_its_settings_reach_the_preparation(folder, features, bands):
    data = Sound().load(Source(str(folder)), SoundOptions(features=features, length=12), "auto", 0)
    assert isinstance(data.preprocessing, Spectrogram)
    assert data.preprocessing.form == (features or "log-mel")
    assert (data.layout.steps, data.layout.features) == (12, bands)
    assert data.classes == ("high", "low")


def test_a_recording_is_known_by_its_content_and_a_single_one_is_told_what_to_name(folder, tmp_path):
    (tmp_path / "tone").write_bytes((folder / "low" / "0.wav").read_bytes())
    (tmp_path / "letter").write_text("Dear all", encoding="utf-8")
    assert Sound().holds(tmp_path / "tone")
    assert not Sound().holds(tmp_path / "letter")
    with pytest.raises(DataError, match=r"0\.wav is a single file of the kind 'sound': name a folder"):
        Sound().recognises(Source(str(folder / "low" / "0.wav")))


@pytest.mark.parametrize("given", [{"features": "chroma"}, {"length": 0}, {"length": "long"}])
def test_settings_that_cannot_be_are_refused(given):
    with pytest.raises(ValidationError, match=next(iter(given))):
        SoundOptions(**given)
