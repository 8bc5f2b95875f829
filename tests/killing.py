"""What is done between two operations on files, or in the middle of a write: end the process, or see what it left."""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock


class Files:
    """Counts operations on files; at number ``last`` it calls ``kill``, and again at every later one."""

    def __init__(self, last: int, kill: Callable[[], None]) -> None:
        self.last, self.kill, self.count = last, kill, 0

    def point(self) -> None:
        self.count += 1
        if self.count >= self.last:
            self.kill()

    def before(self, operation: Any) -> Any:
        def stopped(*arguments: Any, **options: Any) -> Any:
            self.point()
            return operation(*arguments, **options)

        return stopped

    def opening(self, operation: Any) -> Any:
        def opened(*arguments: Any, **options: Any) -> Any:
            modes = [*arguments[1:2], options.get("mode", "r")]
            if not any(letter in mode for mode in modes for letter in "wax"):
                return operation(*arguments, **options)
            self.point()
            return Written(operation(*arguments, **{**options, "buffering": 0}), self)

        return opened


class Written:
    """A file, of which half a write may be all that is done."""

    def __init__(self, file: Any, files: Files) -> None:
        self.file, self.files = file, files

    def __enter__(self) -> Written:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: Any) -> int:
        self.files.point()
        half = self.file.write(data[: len(data) // 2])
        self.files.point()
        return half + self.file.write(data[half:])

    def truncate(self, size: int) -> int:
        self.files.point()
        return self.file.truncate(size)


@contextmanager
def killed_at(last: int, kill: Callable[[], None]) -> Iterator[Files]:
    """Within it ``kill`` is called just before operation number ``last`` on files, from 1, and each later one."""
    files = Files(last, kill)
    with (
        mock.patch.object(tempfile, "mkstemp", files.before(tempfile.mkstemp)),
        mock.patch.object(os, "fdopen", files.opening(os.fdopen)),
        mock.patch.object(os, "fsync", files.before(os.fsync)),
        mock.patch.object(os, "chmod", files.before(os.chmod)),
        mock.patch.object(os, "replace", files.before(os.replace)),
        mock.patch.object(os, "unlink", files.before(os.unlink)),
        mock.patch.object(os, "mkdir", files.before(os.mkdir)),
        mock.patch.object(pathlib.Path, "open", files.opening(pathlib.Path.open)),
    ):
        yield files
