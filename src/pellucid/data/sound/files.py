"""Recordings: wav, flac, mp3, ogg ... files read as samples between -1 and 1, one channel."""

from __future__ import annotations

import io
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pellucid.data.base.collection import Collection, collect_files
from pellucid.data.files.folders import FileKind
from pellucid.data.files.labels import Labelling
from pellucid.errors import DataError

ENDINGS = (
    *(".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf", ".w64"),
    *(".rf64", ".wave"),
)
NEEDED = "reading sound needs librosa and soundfile: pip install 'pellucid[sound]'"

LOWEST_RATE = 1000
"""Samples a second; what is heard is beyond less."""

CANCELLED = 0.01
"""The share of the energy of its channels that their mean keeps at least; those that are independent keep a half."""

LARGEST_FILE = 100_000_000
"""Bytes of a recording in an archive; more is taken for an attack or a mistake."""


@dataclass(frozen=True, eq=False)
class Recording:
    """``samples`` (T,), float32 from -1 to 1, ``rate`` of them a second.

    They are the mean of the channels, or where that is next to nothing, ``cancelled``, the loudest channel.
    """

    samples: np.ndarray
    rate: int
    cancelled: bool = False


def read_recording(file: Path | io.BytesIO, name: str) -> Recording:
    """The recording in a file, its channels made one.

    Raises DataError for one that is corrupt, cut off, empty or too slow.
    """
    try:
        import soundfile
    except (ImportError, OSError):
        raise DataError(NEEDED) from None
    try:
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise DataError(f"{name} ({str(error).rpartition(': ')[2].rstrip('.')})") from None
    return make_recording(samples, rate, name)


def make_recording(samples: np.ndarray, rate: int, name: str) -> Recording:
    """The channels of ``samples`` (T, C) or (T,), float, made one. Raises DataError for what cannot be heard."""
    if samples.ndim not in (1, 2) or samples.dtype.kind != "f":
        raise DataError(
            f"{name} (samples are floats from -1 to 1, (T,) or (T, C), not {samples.dtype} {samples.shape})"
        )
    if not len(samples):
        raise DataError(f"{name} (no samples)")
    samples = samples.reshape(len(samples), -1).astype(np.float32, copy=False)
    if rate < LOWEST_RATE:
        raise DataError(f"{name} ({rate} samples a second, too few for sound: {LOWEST_RATE:,} at least)")
    if not np.isfinite(samples).all():
        raise DataError(f"{name} (samples that are not finite)")
    mean = samples.mean(axis=1)
    energy, kept = np.square(samples, dtype=np.float64).sum(axis=0), np.square(mean, dtype=np.float64).sum()
    if kept < CANCELLED * energy.mean():
        return Recording(samples[:, energy.argmax()].copy(), int(rate), cancelled=True)
    return Recording(mean, int(rate))


def read_sound_file(file: Path) -> Recording:
    """The recording in a file. It is opened here, so that its content says what it is, not its name."""
    try:
        with file.open("rb") as opened:
            return read_recording(io.BytesIO(opened.read()), str(file))
    except OSError as error:
        raise DataError(f"{file} ({error.strerror or error})") from None


def is_recording(file: Path) -> bool:
    """Whether the content of a file is a recording, whatever its name; False where nothing is there to read sound."""
    try:
        import soundfile
    except (ImportError, OSError):
        return False
    try:
        with file.open("rb") as opened:
            soundfile.info(io.BytesIO(opened.read()))
            return True
    except (soundfile.LibsndfileError, OSError, TypeError):
        return False


RECORDINGS = FileKind("recordings", ENDINGS, read_sound_file, is_recording)


def sounds_in(path: Path, labelling: Labelling | None = None) -> Collection:
    """The recordings in a folder, or of one file; those that cannot be read are skipped, named and counted."""
    require_soundfile()
    return collect_files(path, RECORDINGS, labelling)


def require_soundfile() -> None:
    """Raise DataError where what reads sound is not installed."""
    try:
        import soundfile  # noqa: F401
    except (ImportError, OSError):
        raise DataError(NEEDED) from None


def read_archive(path: Path) -> list[tuple[str, Recording]]:
    """The recordings in a tar archive by their bare names, sorted.

    Nothing is unpacked to disk, so no name leads astray.
    Raises DataError for an archive that is cut off, or corrupt, or holds a file too large.
    """
    require_soundfile()
    found = []
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                name = os.path.basename(member.name)  # noqa: PTH119  # a name in an archive is no path of this machine
                if not member.isfile() or not name.lower().endswith(ENDINGS) or name.startswith("."):
                    continue
                if member.size > LARGEST_FILE:
                    raise DataError(f"{path}: {name} has {member.size:,} bytes, too many for a recording")
                file = archive.extractfile(member)
                data = file.read() if file else b""
                found.append((name, read_recording(io.BytesIO(data), f"{path}: {name}")))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DataError(f"{path} is cut off or corrupt ({error}): get it again") from None
    return sorted(found, key=lambda pair: pair[0])
