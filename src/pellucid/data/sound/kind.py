"""Recordings as a kind of data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.options import FolderOptions, TargetOptions
from pellucid.data.base.source import Source

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


class SoundOptions(FolderOptions, TargetOptions):
    """What recordings take."""

    features: Literal["log-mel", "mfcc"] | None = Field(default=None, description="log-mel or mfcc of sound.")
    length: int | None = Field(default=None, ge=1, description="Frames of sound.")


class Sound(KindOfData[SoundOptions]):
    """Recordings: class folders of them, or files whose names hold the class."""

    name = "sound"
    what = "recordings"
    options = SoundOptions
    network = "cnn"
    tasks = ("auto", "classification", "regression")

    @property
    def endings(self) -> tuple[str, ...]:
        from pellucid.data.sound.files import ENDINGS

        return ENDINGS

    def holds(self, file: Path) -> bool:
        from pellucid.data.sound.files import is_recording

        return is_recording(file)

    def load(self, source: Source, options: SoundOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.sound.dataset import dataset_from_sounds

        return dataset_from_sounds(
            source.path,
            features=options.features or "log-mel",
            length=options.length,
            label_from=options.label_from,
            labels=options.labels,
            target=options.target,
            task=task,
            drop_missing_target=options.drop_missing_target,
            test=options.test,
            seed=seed,
        )

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.sound.preparation import Spectrogram

        return (Spectrogram,)
