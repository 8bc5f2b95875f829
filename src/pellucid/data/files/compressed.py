"""Compressed files: gzip, bzip2, xz, zstd, and a zip archive of one file."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable

from pellucid.data.files.excel import is_workbook
from pellucid.errors import ConfigError, DataError

SHOWN = 3
"""How many files of an archive are named in a message."""

DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)
"""What the libraries raise for a file that is cut off, corrupt, or locked by a password."""


def unpack(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """What was compressed, and a note that says how; other bytes, workbooks of Excel among them, as they are.

    Raises DataError for what is cut off or corrupt and for an archive of several files, ConfigError where zstd is
    wanted and not installed.
    """
    notes: tuple[str, ...] = ()
    while form := next((form for magic, form in FORMS.items() if data.startswith(magic)), None):
        what, decompress = form
        if decompress is _unzip and is_workbook(data):
            break
        try:
            data, inside = decompress(data)
        except DAMAGE as error:
            what += ", or an Excel file," if decompress is _unzip else ""
            raise DataError(f"{name} is {what} that is cut off or corrupt ({error}): get it again") from None
        if len(inside) > 1:
            more = f" and {len(inside) - SHOWN} more" if len(inside) > SHOWN else ""
            raise DataError(
                f"{name} is {what} of {len(inside)} files ({', '.join(inside[:SHOWN])}{more}): unpack it and name one"
            )
        notes += (f"{name} is {what}" + "".join(f", read is {member!r} in it" for member in inside),)
    return data, notes


def _unzip(data: bytes) -> tuple[bytes, list[str]]:
    """The file in an archive, and the names of all in it, but for folders and what programs add unseen."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.namelist() if not member.endswith("/")]
        members = [member for member in members if not member.startswith("__MACOSX/")]
        if not members:
            raise zipfile.BadZipFile("there is no file in it")
        return archive.read(members[0]) if len(members) == 1 else b"", members


def _unzstd(data: bytes) -> tuple[bytes, list[str]]:
    try:
        import zstandard
    except ImportError:
        raise ConfigError("a file compressed with zstd needs one more package: pip install 'pellucid[zstd]'") from None
    try:
        with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as stream:
            return stream.read(), []
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from None


def _without_names(decompress: Callable[[bytes], bytes]) -> Callable[[bytes], tuple[bytes, list[str]]]:
    return lambda data: (decompress(data), [])


FORMS: dict[bytes, tuple[str, Callable[[bytes], tuple[bytes, list[str]]]]] = {
    b"\x1f\x8b": ("a file compressed with gzip", _without_names(gzip.decompress)),
    b"BZh": ("a file compressed with bzip2", _without_names(bz2.decompress)),
    b"\xfd7zXZ\x00": ("a file compressed with xz", _without_names(lzma.decompress)),
    b"\x28\xb5\x2f\xfd": ("a file compressed with zstd", _unzstd),
    b"PK\x03\x04": ("a zip archive", _unzip),
}
"""How compressed files begin, what they are, and what decompresses them."""
