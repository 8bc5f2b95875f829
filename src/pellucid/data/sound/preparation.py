"""Sound as x: log-mel spectrograms or MFCCs, all of one length."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import numpy as np

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.layout import SequenceLayout
from pellucid.data.base.preparation import Reading
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.data.messages import name_some, with_count
from pellucid.data.serialization import STRICT
from pellucid.data.sound.files import NEEDED, Recording, make_recording, sounds_in
from pellucid.errors import DataError

SoundFeatures = Literal["log-mel", "mfcc"]

WINDOW, HOP = 0.032, 0.016
"""Seconds: how much sound a frame sees, and how far frames are apart."""

BANDS = 40
COEFFICIENTS = 20
DECIBELS = 80.0
"""How far below its loudest moment a recording is still heard: what is less is taken as that."""

LONG_ENOUGH = 95
"""The percentage of training recordings that are kept whole where no length is asked."""

LONGER = 100
"""So many times the longest recording is a mistake, not a length."""


@dataclass(frozen=True)
class Spectrogram(CollectionPreparation):
    """x (B, T, D), float32: T frames of D numbers, ``(z - mean) / scale`` with each band's own over training.

    "log-mel": z is the energy in D = 40 bands of the mel scale, in decibels below the loudest of the recording, at
    least -80, so that it does not matter how loud a recording is; one of zeros is -80 throughout.
    "mfcc": the first 20 numbers of the cosine transform of these. Frames of 32 ms, 16 ms apart, computed by
    librosa at the ``rate`` (samples a second) of the training recordings; others are resampled. Recordings are cut off
    after ``length`` frames, shorter ones padded with silence, which is -80 decibels in all bands.
    Source: Davis and Mermelstein 1980, "Comparison of parametric representations for monosyllabic word recognition".
    """

    form: SoundFeatures
    rate: int
    length: int
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    target: ClassTarget | NumberTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "sound"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if self.rate < 1 or self.length < 1 or len(self.mean) != len(self.scale) or not min(self.scale, default=0) > 0:
            raise DataError("a spectrogram needs a rate and a length from 1 on, and for each band a mean and a scale")

    @classmethod
    def fit(
        cls, training: Collection, target: ClassTarget | NumberTarget, *, form: SoundFeatures, length: int | None
    ) -> Self:
        """The most frequent rate, a length that fits most recordings, mean and deviation of each band in training."""
        rates, times = np.unique([recording.rate for recording in training.values], return_counts=True)
        rate = int(rates[times.argmax()])
        frames = [1 + _at(recording, rate).size // round(HOP * rate) for recording in training.values]
        if length is not None and length > LONGER * max(frames):
            raise DataError(
                f"{training.name}: length {length:,} is too large: the longest recording has {max(frames):,} frames"
            )
        length = length or int(np.percentile(frames, LONG_ENOUGH, method="lower"))
        z = np.stack([_frames(recording, form, rate, length) for recording in training.values])
        mean, deviation = z.mean(axis=(0, 1), dtype=np.float64), z.std(axis=(0, 1), dtype=np.float64)
        scale = np.where(deviation > 0, deviation, 1.0)
        notes = [f"sound: {form}, {length} frames of {len(mean)} numbers, {HOP * length:.2f} s at {rate:,} a second"]
        if length > max(frames):
            notes.append(f"the longest recording has {max(frames)} frames: all are padded with silence to {length}")
        if len(rates) > 1:
            notes.append(f"recorded at {', '.join(map(str, rates))} samples a second: all resampled to {rate}")
        return cls(form, rate, length, tuple(mean.tolist()), tuple(scale.tolist()), target, tuple(notes))

    @property
    def layout(self) -> SequenceLayout:
        return SequenceLayout(self.length, len(self.mean))

    def collect(self, path: Path, reading: Reading) -> Collection:
        return sounds_in(path)

    def gather(self, data: Any, reading: Reading) -> Collection:
        if not isinstance(data, (list, tuple)) or not data or not all(map(_is_pair, data)):
            raise self.refusal(data)
        places = tuple(f"recording {i}" for i in range(len(data)))
        values = [
            make_recording(np.asarray(samples), rate, place)
            for (samples, rate), place in zip(data, places, strict=True)
        ]
        return Collection("the recordings", values, places)

    @property
    def wanted(self) -> str:
        return "recordings: give the path of a file or folder, a list of such, or a list of pairs (samples, rate)"

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        mean, scale = np.array(self.mean, np.float32), np.array(self.scale, np.float32)
        z = np.stack([_frames(recording, self.form, self.rate, self.length) for recording in collection.values])
        longest = self.length * round(HOP * self.rate)
        heard = list(zip(collection.places, collection.values, strict=True))
        longer = sum(len(r.samples) * self.rate > longest * r.rate for _, r in heard)
        silent = [place for place, r in heard if not r.samples.any()]
        cancelled = [place for place, r in heard if r.cancelled]
        notes = [f"longer than {self.length} frames, cut off: {with_count(longer, 'recording')}"] if longer else []
        if silent:
            notes.append(f"silent throughout: {with_count(len(silent), 'recording')}: {name_some(silent)}")
        if cancelled:
            notes.append(
                f"channels cancel each other, so the loudest is taken: {with_count(len(cancelled), 'recording')}: "
                f"{name_some(cancelled)}"
            )
        return (z - mean) / scale, tuple(notes)


def _is_pair(item: Any) -> bool:
    return isinstance(item, (list, tuple)) and len(item) == 2 and isinstance(item[1], (int, np.integer))


def _at(recording: Recording, rate: int) -> np.ndarray:
    """The samples at another rate."""
    if recording.rate == rate:
        return recording.samples
    from scipy.signal import resample_poly

    samples: np.ndarray = resample_poly(recording.samples, rate, recording.rate).astype(np.float32)
    return samples


def _frames(recording: Recording, form: SoundFeatures, rate: int, length: int) -> np.ndarray:
    """The image of a recording, (length, D), float32."""
    try:
        import librosa
    except ImportError:
        raise DataError(NEEDED) from None
    hop, window = round(HOP * rate), round(WINDOW * rate)
    samples = _to_full_scale(_at(recording, rate)[: hop * length])
    # Zero samples fill up, so that what is silence looks alike within a recording and behind it.
    samples = np.pad(samples, (0, max(hop * length, window) - len(samples)))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Empty filters")  # at low rates a low band may see nothing: it never changes
        energy = librosa.feature.melspectrogram(y=samples, sr=rate, n_fft=window, hop_length=hop, n_mels=BANDS)
    loudest = float(energy.max()) or 1.0
    z = librosa.power_to_db(energy / loudest, ref=1.0, amin=10 ** (-DECIBELS / 10), top_db=None)
    if form == "mfcc":
        z = librosa.feature.mfcc(S=z, n_mfcc=COEFFICIENTS)
    frames: np.ndarray = z.T[:length].astype(np.float32)
    return frames


def _to_full_scale(samples: np.ndarray) -> np.ndarray:
    """The samples divided by the largest, so that no energy of quiet ones is lost in rounding; zeros stay."""
    largest = np.abs(samples).max(initial=0)
    scaled: np.ndarray = (samples.astype(np.float64) / largest).astype(np.float32) if largest > 0 else samples
    return scaled
