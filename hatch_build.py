"""The page is built with the package. Where it cannot be, the package installs without it and web commands say so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = Path(__file__).parent / "frontend"


class PageHook(BuildHookInterface):  # type: ignore[type-arg]
    """Build ``frontend/`` into ``src/pellucid/web/static``, for wheels, editable installs and source distributions."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not FRONTEND.exists():
            return
        sys.path.insert(0, str(FRONTEND))
        import page_build

        try:
            page_build.build()
        except page_build.PageError as error:
            self.app.display_warning(
                f"The page was not built; pellucid works without it, its web commands do not. {error}"
            )
        finally:
            sys.path.remove(str(FRONTEND))
