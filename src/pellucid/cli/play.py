"""``pellucid play``: build a network in the browser, train it, and see why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def play(
    start: Annotated[
        str,
        typer.Argument(
            metavar="[PRESET|LINK]", help="A preset, or a link to a playground: of this one or TensorFlow Playground."
        ),
    ] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port, or the next that is free; 0: any.")] = 8430,
    browser: Annotated[bool, typer.Option(help="Whether to open the page in the browser.")] = True,
    host: Annotated[
        str, typer.Option(help="The address to listen on; on any but this machine's own a token is needed.")
    ] = "127.0.0.1",
    export: Annotated[
        Path | None,
        typer.Option(help="Write the page with an engine of its own to this folder, to open without a server."),
    ] = None,
) -> None:
    """Build a small network in the browser, train it, and see why it does what it does."""
    from pellucid.cli.output import say
    from pellucid.web.play import PAGE, play_site
    from pellucid.web.play_export import export_play
    from pellucid.web.server import serve_site
    from pellucid.web.static import require_page

    if export is not None:
        export_play(export, start)
        say(f"the playground is written to {export}: open {export / 'index.html'}")
        return
    require_page(PAGE)
    serve_site(play_site(start), host=host, port=port, tell=say, open_browser=browser)
