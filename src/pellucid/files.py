"""Writing files so that a reader finds the old one or the new one whole, never half of it; and JSON as JSON is."""

from __future__ import annotations

import contextlib
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from pellucid.own_files import open_own


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write ``content`` beside ``path``, then put it in place. Raises OSError, leaving ``path`` as it was.

    Bytes of a file's name that are no UTF-8 are written as ``\\udcff``, which JSON reads back as they were.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    with _named(path):
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o666 & ~_umask())
            Path(beside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
            raise


def append_whole(texts: Mapping[Path, str]) -> None:
    """Append each text to its file, to all files or to none. Raises OSError, leaving the files as long as they were.

    A file that is a link out of its folder is not written to. What is no UTF-8 is written as in ``write_atomic``.
    """
    with contextlib.ExitStack() as stack:
        files = {path: stack.enter_context(open_own(path, "ab")) for path in texts}
        ends = {path: file.tell() for path, file in files.items()}
        try:
            for path, file in files.items():
                with _named(path):
                    _write_all(file, texts[path].encode("utf-8", "backslashreplace"))
        except BaseException:
            for path, file in files.items():
                file.truncate(ends[path])
            raise


def start_of_line(path: Path) -> str:
    """What to write before a new line at the end of a file: nothing, or "\n" where a crash left a stump of a line."""
    try:
        with open_own(path) as file:
            file.seek(-1, os.SEEK_END)
            return "" if file.read(1) == b"\n" else "\n"
    except OSError:  # no file, or an empty one
        return ""


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write to a file without a buffer, which takes a part where the disk gets full."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Within it an OSError names ``path``: the file that was asked for, not that beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def printable(name: str) -> str:
    """The name of a file with every byte that is no UTF-8 as its code: what tables and terminals can hold."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def to_json(value: Any, indent: int | None = None) -> str:
    """``value`` as JSON. NaN and infinity, which JSON lacks, become null; numbers of NumPy become plain ones."""
    return json.dumps(_plain(value), indent=indent, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
