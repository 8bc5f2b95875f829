"""Where a Chromium is: on the path, else a self-contained one from npm."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGE = "@sparticuz/chromium@153.0.0"
SECONDS = 180
"""A download may take so long."""

HOW = f"no Chromium ({', '.join(NAMES)}) on the path, and none from npm: install one, such as Debian's package chromium"


def find_chromium() -> str | None:
    """A program to start, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _from_npm()


def page_build():
    """The module that builds the page."""
    sys.path.insert(0, str(ROOT / "frontend"))
    try:
        import page_build
    finally:
        sys.path.pop(0)
    return page_build


def _from_npm() -> str | None:
    """It is kept between runs of the tests, and unpacks itself in two seconds."""
    build = page_build()
    folder = Path(tempfile.gettempdir()) / "pellucid-tests-chromium"
    folder.mkdir(exist_ok=True)
    tell = "import('@sparticuz/chromium').then(async ({ default: c }) => console.log(await c.executablePath()))"
    try:
        if not (folder / "node_modules" / "@sparticuz" / "chromium").exists():
            build.npm("install", "--no-audit", "--no-fund", "--fetch-retries=0", PACKAGE, folder=folder)
        told = subprocess.run(
            [build.node(), "-e", tell], cwd=folder, capture_output=True, text=True, check=True, timeout=SECONDS
        )
    except (build.PageError, OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip() or None
