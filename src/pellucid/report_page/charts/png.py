"""Pixels as an image inside the page."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from pellucid.report_page.html import Html, element


def picture(pixels: np.ndarray, alt: str) -> Html:
    """An image of bytes (H, W) or (H, W, 3), drawn with its pixels as squares."""
    data = base64.b64encode(encode_png(np.ascontiguousarray(pixels, np.uint8))).decode()
    height, width = pixels.shape[:2]
    return element("img", src=f"data:image/png;base64,{data}", alt=alt, width=width, height=height)


def encode_png(pixels: np.ndarray) -> bytes:
    """The bytes (H, W), grey, or (H, W, 3), in colour, as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", optimize=True)
    return file.getvalue()
