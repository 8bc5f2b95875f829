"""The page itself, as the front end was built into the package."""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pellucid.errors import ConfigError

FOLDER = Path(str(files("pellucid.web"))) / "static"
"""Where the build of the front end lies."""


def require_page() -> Path:
    """The folder of the built page. Raises ConfigError where it was not built."""
    if not (FOLDER / "index.html").is_file():
        raise ConfigError(
            "the page was not built when pellucid was installed: install it again where the npm registry can be "
            "reached, or use 'pellucid watch --text'"
        )
    return FOLDER


async def page_file(request: Request) -> Response:
    """GET of a file of the page; "/" is index.html."""
    home = require_page().resolve()
    name = unquote(request.path_params["path"]) or "index.html"
    try:
        path = (home / name).resolve()
        found = path.is_relative_to(home) and path.is_file()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        found = False
    if not found:
        return Response("not found", 404)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_hashed = path.parent.name == "assets"  # their names change with their content
    lasting = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
    return FileResponse(path, media_type=kind, headers={"cache-control": lasting})
