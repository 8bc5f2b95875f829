"""Images as a kind of data."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from pydantic import Field

from pellucid.data.base.kind import Augmentation, KindOfData
from pellucid.data.base.layout import GridLayout
from pellucid.data.base.options import FolderOptions, TargetOptions
from pellucid.data.base.source import Source

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


SIZE = "a height and a width in pixels, such as 32x48, or one for both, such as 32"


class ImageOptions(FolderOptions, TargetOptions):
    """What images take."""

    size: str | None = Field(
        default=None,
        pattern=r"^[1-9]\d{0,4}(x[1-9]\d{0,4})?$",
        description="Height and width to resize images to: 32x48; 32.",
        json_schema_extra={"wanted": f"must be {SIZE}"},
    )

    @property
    def height_and_width(self) -> tuple[int, int] | None:
        """``size`` as numbers: "32x48" is 32 pixels high and 48 wide, "32" is a square."""
        if self.size is None:
            return None
        height, _, width = self.size.partition("x")
        return int(height), int(width or height)


class Images(KindOfData[ImageOptions]):
    """Images: class folders of them, idx files, arrays."""

    name = "images"
    what = "images"
    options = ImageOptions
    tasks = ("auto", "classification", "regression", "reconstruction")

    @property
    def endings(self) -> tuple[str, ...]:
        from pellucid.data.images.files import ENDINGS

        return ENDINGS

    def holds(self, file: Path) -> bool:
        from pellucid.data.images.files import is_image

        return is_image(file)

    def recognises(self, source: Source) -> bool:
        from pellucid.data.images.arrays import is_array

        return super().recognises(source) or (is_array(source.path) and not source.path.is_dir())

    def load(self, source: Source, options: ImageOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.images.dataset import dataset_from_images

        return dataset_from_images(
            source.path,
            size=options.height_and_width,
            label_from=options.label_from,
            labels=options.labels,
            target=options.target,
            task="auto" if task == "reconstruction" else task,
            drop_missing_target=options.drop_missing_target,
            test=options.test,
            seed=seed,
        )

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.images.preparation import ImagePreparation

        return (ImagePreparation,)

    def augmentations(self) -> tuple[Augmentation, ...]:
        return (
            Augmentation("flip", lambda: _layers().RandomFlip(), GridLayout),
            Augmentation("flip-vertical", lambda: _layers().RandomFlip(horizontal=False, vertical=True), GridLayout),
            Augmentation("crop", lambda n: _layers().RandomCrop(n, n), GridLayout, int, "24", cropped=True),
            Augmentation("shift", lambda n: _layers().RandomShift(n), GridLayout, int, "2"),
            Augmentation("rotate", lambda n: _layers().RandomRotation(n), GridLayout, float, "10"),
            Augmentation("brightness", lambda n: _layers().RandomBrightness(n), GridLayout, float, "0.2"),
            Augmentation("cutout", lambda n: _layers().Cutout(n), GridLayout, int, "8", covers=True),
        )


def _layers() -> ModuleType:
    """The layers, imported where one is made."""
    from pellucid import layers

    return layers
