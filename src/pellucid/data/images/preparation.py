"""Images as x: rows of pixels, centred and scaled all alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np

from pellucid.data.base.collection import Collection, CollectionPreparation, collect_files
from pellucid.data.base.layout import GridLayout
from pellucid.data.base.preparation import Reading
from pellucid.data.base.targets import ClassTarget, InputsTarget, NumberTarget
from pellucid.data.images.arrays import images_in_memory, images_of, is_array
from pellucid.data.images.brightness import BYTES, FAR_ABOVE, find_largest, to_bytes_scale, white_above
from pellucid.data.images.files import IMAGES, resize
from pellucid.data.messages import with_count
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError


@dataclass(frozen=True)
class ImagePreparation(CollectionPreparation):
    """x (B, H W C), float32: ``(p / 255 - mean) / scale`` of pixels p from 0 to 255, row by row.

    Pixels of 16 bits are divided by 257 first. ``white`` is what 255 was in training images of floats or of 32 bits,
    as ``white_above`` finds it, None where there were none.
    C is 1 for grey images and 3 (red, green, blue) for colour; mean and scale are one number each, of all pixels of
    the training images: a pixel of its own has no unit of its own. With ``resized`` images of any size are brought
    to ``height`` and ``width``; else those of another size are refused.
    """

    height: int
    width: int
    channels: int
    resized: bool
    mean: float
    scale: float
    target: ClassTarget | NumberTarget | InputsTarget
    notes: tuple[str, ...] = ()
    white: float | None = None
    kind: ClassVar[str] = "images"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if min(self.height, self.width) < 1 or self.channels not in (1, 3) or not self.scale > 0:
            raise DataError("images need a height and a width from 1 on, 1 or 3 channels, and a scale above 0")

    @classmethod
    def fit(cls, training: Collection, target: ClassTarget | NumberTarget, *, size: tuple[int, int] | None) -> Self:
        """The size of the images, or the one asked; colour if any has it; mean and deviation of all pixels."""
        first = training.values[0].shape
        in_colour = sum(pixels.ndim == 3 for pixels in training.values)
        channels = 3 if in_colour else 1
        height, width = size or first[:2]
        largest = find_largest(training.values, training.places)
        white = None if largest is None else white_above(largest[0])
        unfitted = cls(height, width, channels, size is not None, 0.0, 1.0, target, white=white)
        pixels = unfitted._pixels(training)
        note = f"images: {height}x{width}, {'colour' if in_colour else 'grey'}; one mean and one scale for all pixels"
        mean, deviation = float(pixels.mean(dtype=np.float64)), float(pixels.std(dtype=np.float64))
        taken = () if white is None else (f"pixels of floats or of 32 bits: 0 is taken as black, {white:g} as white",)
        return cls(height, width, channels, size is not None, mean, deviation or 1.0, target, (note, *taken), white)

    @property
    def layout(self) -> GridLayout:
        """(H, W) if grey, (H, W, 3) in colour."""
        return GridLayout((self.height, self.width) if self.channels == 1 else (self.height, self.width, 3))

    @property
    def features(self) -> tuple[str, ...]:
        places = [f"pixel_{row}_{column}" for row in range(self.height) for column in range(self.width)]
        if self.channels == 1:
            return tuple(places)
        return tuple(f"{place}_{colour}" for place in places for colour in ("red", "green", "blue"))

    def collect(self, path: Path, reading: Reading) -> Collection:
        return images_of(path, labelled=False) if is_array(path) else collect_files(path, IMAGES)

    def gather(self, data: Any, reading: Reading) -> Collection:
        arrays = isinstance(data, (list, tuple)) and data and all(isinstance(item, np.ndarray) for item in data)
        if not (arrays or isinstance(data, np.ndarray)):
            raise self.refusal(data)
        return images_in_memory(data)

    @property
    def wanted(self) -> str:
        return (
            "images: give the path of a file or folder, a list of such, an array (B, H, W) of pixels, (B, H, W, 3) "
            "in colour, or a list of such of one image each"
        )

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        x = self._pixels(collection)
        x -= np.float32(self.mean)
        x /= np.float32(self.scale)
        notes = []
        if other := sum((pixels.ndim == 3) != (self.channels == 3) for pixels in collection.values):
            made = "grey" if self.channels == 1 else "colour"
            notes.append(f"converted to {made}: {with_count(other, 'image')}")
        if self.white is None and (white := self._white_of(collection)):
            notes.append(f"pixels of floats or of 32 bits, which training had not: {white:g} is taken as white")
        return x, tuple(notes)

    def _pixels(self, collection: Collection) -> np.ndarray:
        """Pixels from 0 to 1, (B, H W C)."""
        x = np.empty((len(collection.values), self.height * self.width * self.channels), np.float32)
        white = self._white_of(collection)
        for row, pixels, place in zip(x, collection.values, collection.places, strict=True):
            if not self.resized and pixels.shape[:2] != (self.height, self.width):
                raise DataError(self._size_message(collection, place, pixels))
            resized = resize(to_bytes_scale(pixels, white), (self.height, self.width))
            row[:] = _with_channels(resized, self.channels).reshape(-1)
        x /= np.float32(BYTES)
        return x

    def _white_of(self, collection: Collection) -> float | None:
        """What white is in these images: what it was in training. Raises DataError for pixels far above that."""
        if (largest := find_largest(collection.values, collection.places)) is None:
            return None
        highest, place = largest
        if self.white is not None and highest > FAR_ABOVE * self.white:
            raise DataError(
                f"{place}: pixels up to {highest:g}, but {self.white:g} was white in training: bring them to that range"
            )
        return self.white or white_above(highest)

    def _size_message(self, collection: Collection, place: str, pixels: np.ndarray) -> str:
        """What to say of an image of another size."""
        size = f"{self.height}x{self.width}"
        same = (
            p
            for p, v in zip(collection.places, collection.values, strict=True)
            if v.shape[:2] == (self.height, self.width)
        )
        other = next(same, "the training images")
        return (
            f"images differ in size: {other} {size}, {place} {pixels.shape[0]}x{pixels.shape[1]} (height x width); "
            f"resize them, or train with --size {size}, which resizes all"
        )


def _with_channels(pixels: np.ndarray, channels: int) -> np.ndarray:
    """Grey as three equal colours; colours as grey by how bright each looks (ITU-R 601)."""
    if channels == 3:
        return pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    return pixels if pixels.ndim == 2 else pixels @ np.array([0.299, 0.587, 0.114])
