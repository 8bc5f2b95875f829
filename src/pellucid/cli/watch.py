"""``pellucid watch``: what goes on in a training, in the browser, in the terminal, or as files to pass on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def watch(
    folder: Annotated[
        Path, typer.Argument(metavar="[RUN|FOLDER]", help="A run folder, or a folder with runs in it; runs.")
    ] = Path("runs"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port, or the next that is free; 0: any.")] = 8420,
    browser: Annotated[bool, typer.Option(help="Whether to open the page in the browser.")] = True,
    host: Annotated[
        str, typer.Option(help="The address to listen on; on any but this machine's own a token is needed.")
    ] = "127.0.0.1",
    export: Annotated[
        Path | None, typer.Option(help="Write the page with all it shows to this folder, to open without a server.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Draw the curves in the terminal, and follow them.")] = False,
    until_input_ends: Annotated[bool, typer.Option("--until-input-ends", hidden=True)] = False,
) -> None:
    """Show a training as it goes, or runs that are over, on a local page."""
    from pellucid.cli.output import say
    from pellucid.cli.watch_text import watch_text
    from pellucid.data.messages import with_count
    from pellucid.errors import ConfigError
    from pellucid.web.export import export as export_runs
    from pellucid.web.server import serve
    from pellucid.web.static import require_page

    if not folder.is_dir() and not until_input_ends:
        raise ConfigError(f"no folder at {folder}: name a run folder, or a folder with runs in it")
    if text:
        watch_text(folder)
        return
    if export is not None:
        count = export_runs(folder, export, say)
        say(f"{with_count(count, 'run')} written to {export}: open {export / 'index.html'}")
        return
    require_page()
    serve(folder, host=host, port=port, tell=say, open_browser=browser, with_input=until_input_ends)
