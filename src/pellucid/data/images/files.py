"""Images: files that Pillow reads, grey or in colour."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.files.folders import FileKind
from pellucid.errors import DataError

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

ENDINGS = (
    *(".png", ".jpg", ".jpeg", ".jfif", ".jpe", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm"),
    *(".jp2", ".avif", ".tga"),
)

GREY = ("1", "L", "LA")
"""Pillow's modes of 8 bits without colour."""

TIFF = (b"II*\0", b"MM\0*")
"""How TIFF files begin."""


def read_image(file: Path) -> np.ndarray:
    """The pixels, (H, W) if all are grey, (H, W, 3) in colour, turned as its camera was held.

    They are uint8, or of the type of the file where that has more than 8 bits: uint16, int32, float32. Of moving
    images the first; what is transparent is white. Raises DataError for a file that is corrupt, cut off or too large.
    """
    from PIL import Image, ImageOps

    try:
        with _open(file) as opened:
            _require_memory(opened)
            image = ImageOps.exif_transpose(opened)
            return np.array(image) if image.mode.startswith(("I", "F")) else _eight_bits(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(f"{file} ({_reason(file, str(error))})") from None


def is_image(file: Path) -> bool:
    """Whether the content of a file is an image, whatever its name."""
    from PIL import Image

    try:
        with _open(file):
            return True
    except Image.DecompressionBombError:
        return True
    except (OSError, SyntaxError, ValueError):
        return False


IMAGES = FileKind("images", ENDINGS, read_image, is_image)


def _open(file: Path) -> PillowImage:
    """The file opened; how large it is, ``_require_memory`` looks at."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(file)


def _eight_bits(image: PillowImage) -> np.ndarray:
    """The pixels as bytes; grey ones without an axis of colours, whatever form the file has them in."""
    from PIL import Image

    grey = image.mode in GREY
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    pixels = np.array(image.convert("L" if grey else "RGB"))
    same = pixels.ndim == 3 and bool((pixels[..., :1] == pixels).all())
    return np.ascontiguousarray(pixels[..., 0]) if same else pixels


def _require_memory(image: PillowImage) -> None:
    from PIL import Image

    most = Image.MAX_IMAGE_PIXELS
    if most is not None and image.width * image.height > most:
        raise ValueError(_too_large(f"{image.height:,}x{image.width:,} pixels"))


def _too_large(size: str) -> str:
    from PIL import Image

    return f"too large: {size}, at most {Image.MAX_IMAGE_PIXELS:,} are read: make a smaller copy of it"


def _reason(file: Path, said: str) -> str:
    """What is wrong with a file, of which Pillow says this."""
    if "decompression bomb" in said:
        return _too_large(f"{said.partition('(')[2].partition(' ')[0]} pixels")
    if "cannot identify" not in said:
        return said
    with file.open("rb") as opened:
        is_tiff = opened.read(4) in TIFF
    return "a TIFF of a form that is not read: save it in 8 bits, or as PNG" if is_tiff else "not an image"


def resize(pixels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The image at another height and width, each pixel the mean of those it covers, or between its neighbours.

    Bytes stay bytes; others become float32.
    """
    from PIL import Image

    if pixels.shape[:2] == size:
        return pixels
    if pixels.dtype != np.uint8 and pixels.ndim == 3:
        return np.stack([resize(pixels[..., colour], size) for colour in range(pixels.shape[2])], axis=2)
    pixels = pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32)
    return np.asarray(Image.fromarray(pixels).resize((size[1], size[0]), Image.Resampling.BILINEAR))
