"""Which encoding the bytes of a text file are in."""

from __future__ import annotations

import codecs
import re

from pellucid.errors import ConfigError, DataError

CODECS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "cp1252": "Latin-1 (Windows-1252)"}

ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The byte order marks that tell a codec; one of UTF-32 begins like one of UTF-16, so it is tried before."""

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""Bytes that text does not hold."""


def find_encoding(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The codec that reads ``data``, and a note where it had to be guessed. Raises DataError for what is not text.

    UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one, else Latin-1 as Windows writes it.
    """
    for mark, codec in ORDER_MARKS.items():
        if data.startswith(mark):
            return _require_codec(data, codec, name), ()
    if found := CONTROL.search(data):
        byte, line = data[found.start()], _line(data, found.start())
        raise DataError(
            f"{name} is not a text file: byte 0x{byte:02x} in line {line}; expected CSV, TSV, JSON, Excel or Parquet"
        )
    try:
        return _require_codec(data, "utf-8-sig", name), ()
    except DataError as error:
        return _require_codec(data, "cp1252", name), (f"{error}, so it is read as {CODECS['cp1252']}",)


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """The text that ``data`` is in this encoding; UTF-8 with or without a byte order mark.

    Raises DataError that names the first byte that is not of it, ConfigError for an encoding that is not known.
    """
    try:
        return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError:
        raise ConfigError(f"the encoding {encoding!r} is not known: take utf-8, latin-1, cp1252 or utf-16") from None
    except UnicodeError as error:
        start, where = getattr(error, "start", 0), getattr(error, "object", data)
        marked = (codec for mark, codec in ORDER_MARKS.items() if data.startswith(mark) and codec != encoding.lower())
        likely = next(marked, "latin-1")
        raise DataError(
            f"{name} is not {encoding}: byte 0x{where[start]:02x} in line {_line(where, start)}; say what it is, "
            f"such as --encoding {likely}"
        ) from None


def _require_codec(data: bytes, codec: str, name: str) -> str:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        byte, line = error.object[error.start], _line(error.object, error.start)
        raise DataError(f"{name} is not {CODECS[codec]}: byte 0x{byte:02x} in line {line}") from None
    return codec


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
