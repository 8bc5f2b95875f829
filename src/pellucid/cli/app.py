"""The command line: all commands, and how their errors are shown."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable
from itertools import pairwise
from typing import Annotated, Any

import typer

from pellucid.aliases import find_settings
from pellucid.cli.case_options import with_settings
from pellucid.cli.check import check
from pellucid.cli.doctor import doctor
from pellucid.cli.drive import drive
from pellucid.cli.explain import explain
from pellucid.cli.output import print_json, say, write
from pellucid.cli.play import play
from pellucid.cli.predict import predict
from pellucid.cli.rate import rate
from pellucid.cli.report import report
from pellucid.cli.runs import runs
from pellucid.cli.show import show
from pellucid.cli.train import train
from pellucid.cli.watch import watch
from pellucid.errors import PellucidError, UnknownNameError, describe
from pellucid.interrupt import exit_code
from pellucid.version import __version__

UsageError: type[Exception] = typer.BadParameter.__mro__[2]
"""What the command line's parser raises; typer keeps it to itself and shows only this subclass."""


def make_app(arguments: list[str]) -> typer.Typer:
    """All commands. That with an option for every setting is made in full where it is called, so that help is quick."""
    app = typer.Typer(
        name="pellucid",
        help="Neural networks with nothing hidden: train one, look inside, check every gradient.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for each in (train, doctor, drive, rate):
        name = each.__name__
        app.command(name)(with_settings(each) if arguments[:1] == [name] else _listed(each))
    for command in (predict, show, check, explain, watch, play, runs, report):
        app.command()(command)
    app.callback()(_options)
    return app


def _listed(command: Callable[..., None]) -> Callable[[], None]:
    """A stand-in for a command in the list of all commands."""

    def stand_in() -> None:
        pass

    stand_in.__doc__ = command.__doc__
    return stand_in


def _version(asked: bool) -> None:
    if asked:
        write(f"pellucid {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def run(arguments: list[str]) -> int:
    """Run a command line; the exit code. What goes wrong is said in one line on standard error, with ``--json`` also
    as ``{"error": ...}`` on standard output.
    """
    as_json = "--json" in arguments
    try:
        code = make_app(arguments)(arguments, prog_name="pellucid", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.Exit as stop:
        if isinstance(stop.__context__, KeyboardInterrupt):  # typer makes this of Ctrl-C, and says nothing
            return _fail("interrupted", as_json, exit_code())
        return stop.exit_code
    except (BrokenPipeError, SystemExit) as stop:
        # The reader left, as head(1) does; typer makes an exit with code 1 of it, which would say that a check failed.
        if isinstance(stop, BrokenPipeError) or isinstance(stop.__context__, BrokenPipeError):
            return 0
        raise
    except (typer.Abort, KeyboardInterrupt):
        return _fail("interrupted", as_json, exit_code())
    except UsageError as error:
        return _fail(_usage(error, arguments), as_json)
    except (PellucidError, OSError, UnicodeEncodeError, RecursionError, MemoryError) as error:
        return _fail(_in_one_line(error), as_json)


def _in_one_line(error: Exception) -> str:
    """What went wrong, and the next step."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        cure = "make room or choose another place" if error.errno == errno.ENOSPC else "choose another place"
        return f"{error.strerror or error}{where}: {cure}, then run it again"
    if isinstance(error, UnicodeEncodeError):
        return f"the name {error.object!r} is not UTF-8: rename the file or folder"
    if isinstance(error, RecursionError):
        return "the configuration is nested too deeply: 100 levels are plenty"
    if isinstance(error, MemoryError):
        return "out of memory: use a smaller batch, a smaller network, or a part of the data"
    return describe(error)


def _usage(error: Any, arguments: list[str]) -> str:
    """The parser's message, with the value it did not like and where to look."""
    options = getattr(getattr(error, "param", None), "opts", ())
    given = [value for option, value in pairwise(arguments) if option in options]
    value = f", not {given[-1]!r}" if given else ""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else "pellucid"
    name = getattr(error, "option_name", None) if context else None
    similar = _similar_option(name, context.command.params) if name else None
    return f"{similar or error.format_message().rstrip('.')}{value} ({command} --help tells more)"


def _similar_option(name: str, params: list[Any]) -> str | None:
    """That there is no option ``name``, and which is meant: what others call so, or a similar one; None without one."""
    known = [option for param in params for option in param.opts if option.startswith("--")]
    meant = find_settings(name.lstrip("-"), [option[2:].replace("-", "_") for option in known])
    hint = f"did you mean {' and '.join('--' + field.replace('_', '-') for field in meant)}?" if meant else None
    error = UnknownNameError("option", name, known, hint)
    return str(error) if hint or error.near else None


def _fail(message: str, as_json: bool, code: int = 2) -> int:
    message = " ".join(message.split())
    with contextlib.suppress(OSError):  # where the terminal is gone there is no one to tell
        say(f"pellucid: {message}")
        if as_json:
            print_json({"error": message})
    return code
