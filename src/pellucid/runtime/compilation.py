"""Compiled programs kept on disk: what one process compiled, the next one reads back in a tenth of the time."""

from __future__ import annotations

import hashlib
import os
import platform
import time
from pathlib import Path
from typing import Any

from pellucid.runtime import xla

FOLDER = "PELLUCID_CACHE"
"""The environment variable that names the folder to keep programs in; "off" keeps none."""
WORTH_KEEPING = 0.1
"""Seconds of compiling from which a program is kept."""
DAYS = 30
"""After so many days a program is thrown away and, where it is still wanted, compiled again."""


def prepare() -> None:
    """Whoever compiles calls this first; calls after the first cost nothing."""
    xla.set_flags()
    keep_programs()


def keep_programs() -> None:
    """From now on JAX keeps what it compiles in ``$PELLUCID_CACHE``, else in the user's cache. A user who set JAX's own
    ``jax_compilation_cache_dir``, or turned it off, is left alone, and so is a folder that cannot be written.
    """
    import jax

    config: Any = jax.config  # its fields are made when JAX starts: no type checker knows them
    if config.jax_compilation_cache_dir is not None or not config.jax_enable_compilation_cache:
        return
    folder = _folder()
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _throw_away_old(folder)
    except OSError:
        return
    config.update("jax_compilation_cache_dir", str(folder))
    config.update("jax_persistent_cache_min_compile_time_secs", WORTH_KEEPING)


def _folder() -> Path | None:
    named = os.environ.get(FOLDER)
    if named:
        return None if named == "off" else Path(named) / _machine()
    if "GenuineIntel" in _processor():
        return None  # there XLA refuses, with a page of log each, what it has compiled itself (openxla/xla issue 44565)
    import pooch

    return Path(pooch.os_cache("pellucid")) / "programs" / _machine()


def _machine() -> str:
    """A name for all on which a program runs: a home folder may be shared by machines of different processors."""
    import jaxlib

    traits = (jaxlib.version.__version__, platform.platform(), platform.machine(), _processor())
    return hashlib.sha256("\n".join(traits).encode()).hexdigest()[:16]


def _processor() -> str:
    """Maker and abilities of the processor, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(line for line in lines if line.startswith(("vendor_id", "model name", "flags", "Features")))


def _throw_away_old(folder: Path) -> None:
    limit = time.time() - DAYS * 86400
    for file in folder.iterdir():
        if file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)
