"""Pixels as an image inside the page."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np

from pellucid.report_page.html import Html, element


def picture(pixels: np.ndarray, alt: str) -> Html:
    """An image of bytes (H, W) or (H, W, 3), drawn with its pixels as squares."""
    data = base64.b64encode(encode_png(np.ascontiguousarray(pixels, np.uint8))).decode()
    height, width = pixels.shape[:2]
    return element("img", src=f"data:image/png;base64,{data}", alt=alt, width=width, height=height)


def encode_png(pixels: np.ndarray) -> bytes:
    """The bytes (H, W), grey, or (H, W, 3), in colour, as a PNG file. Source: W3C, PNG specification, 2003."""
    height, width = pixels.shape[:2]
    kind = 2 if pixels.ndim == 3 else 0
    rows = np.insert(pixels.reshape(height, -1), 0, 0, axis=1).tobytes()  # 0: the row is not filtered
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
