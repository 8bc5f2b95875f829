"""The pages themselves, as the front end was built into the package."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pellucid.errors import ConfigError

FOLDER = Path(str(files("pellucid.web"))) / "static"
"""Where the build of the front end lies."""


def require_page(page: str = "index.html") -> Path:
    """The folder of the built pages. Raises ConfigError where this one was not built."""
    if not (FOLDER / page).is_file():
        instead = ", or use 'pellucid watch --text'" if page == "index.html" else ""
        raise ConfigError(
            "the page was not built when pellucid was installed: install it again where the npm registry can be "
            f"reached{instead}"
        )
    return FOLDER


def page_files(page: str = "index.html") -> Callable[[Request], Awaitable[Response]]:
    """What answers GET of the files of the pages; "/" is ``page``."""

    async def page_file(request: Request) -> Response:
        home = require_page(page).resolve()
        name = unquote(request.path_params["path"]) or page
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

    return page_file
