"""Pictures: files that Pillow reads, grey or in colour."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.files.folders import label_files, list_files, read_each
from pellucid.errors import DataError

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm")

GREY = ("1", "L", "LA", "I", "I;16", "F")
"""Pillow's modes without colour."""


def read_picture(file: Path) -> np.ndarray:
    """The pixels, uint8, (H, W) if grey, (H, W, 3) in colour, turned as its camera was held.

    Of moving pictures the first; what is transparent is white. Raises DataError for a file that is corrupt or cut off.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(), Image.open(file) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = ImageOps.exif_transpose(opened)
            if picture.mode.startswith(("I", "F")):
                picture = _eight_bits(picture)
            grey = picture.mode in GREY
            if "A" in picture.getbands() or "transparency" in picture.info:
                picture = picture.convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
            return np.asarray(picture.convert("L" if grey else "RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        reason = "not a picture" if "cannot identify" in str(error) else str(error)
        raise DataError(f"{file} ({reason})") from None


def _eight_bits(picture: Any) -> Any:
    """16 bits a pixel, as 0 to 255."""
    from PIL import Image

    pixels = np.asarray(picture, np.float64)
    return Image.fromarray((pixels * (255 / 65535 if pixels.max(initial=0) > 255 else 1)).clip(0, 255).astype(np.uint8))


def pictures_in(path: Path, label_from: str | None = None, *, labelled: bool) -> Collection:
    """The pictures in a folder, or of one file; those that cannot be read are skipped, named and counted."""
    files = list_files(path, ENDINGS, "pictures")
    labels = label_files(path, files, label_from) if labelled else ()
    kept, values, notes = read_each(files, read_picture, "picture")
    places = tuple(str(files[i]) for i in kept)
    return Collection(path.name, values, places, tuple(labels[i] for i in kept) if labelled else (), notes)


def resize(pixels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The picture at another height and width, each pixel the mean of those it covers, or between its neighbours."""
    from PIL import Image

    if pixels.shape[:2] == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize((size[1], size[0]), Image.Resampling.BILINEAR))
