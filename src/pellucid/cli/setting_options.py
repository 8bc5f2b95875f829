"""Options of the command line made from the settings: name, type and help stand in the model alone."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import GenericAlias, NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from pellucid.jobs.settings import help_group, settings_model

POSITIONAL = "data"


def setting_parameters() -> list[inspect.Parameter]:
    """A parameter for every setting, None where it is not given: the data by its place, all others by ``--name``."""
    fields = settings_model().model_fields
    return [
        _parameter(POSITIONAL, fields[POSITIONAL]),
        *(_parameter(n, f) for n, f in fields.items() if n != POSITIONAL),
    ]


def setting_values(given: dict[str, Any]) -> dict[str, Any]:
    """What options say, as settings take it: lists from ``a,b``, numbers from ``0.99`` or ``12``."""
    fields = settings_model().model_fields
    return {
        name: None if value is None else _reader(fields[name])(value, f"--{name.replace('_', '-')}")
        for name, value in given.items()
    }


def _parameter(name: str, field: FieldInfo) -> inspect.Parameter:
    if name == POSITIONAL:
        option = typer.Argument(help=field.description, show_default=False)
    else:
        flag = [f"--{name.replace('_', '-')}"]
        option = typer.Option(*flag, help=field.description, rich_help_panel=help_group(name))
    annotation = Annotated[_plain_type(field) | None, option]  # type: ignore[valid-type]  # made at run time
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _types(annotation: Any) -> list[Any]:
    """The types that a setting may have, None left out; those of a list as ``list[int]``."""
    if get_origin(annotation) is Annotated:
        return _types(get_args(annotation)[0])
    if get_origin(annotation) is list:
        return [GenericAlias(list, tuple(_types(get_args(annotation)[0])))]
    if get_origin(annotation) in (None, dict, Literal):
        return [] if annotation is NoneType else [annotation]
    return [part for inner in get_args(annotation) for part in _types(inner)]


def _plain_type(field: FieldInfo) -> type:
    """What the command line's parser reads: a flag, a number, else text."""
    types = _types(field.annotation)
    return types[0] if len(types) == 1 and types[0] in (bool, int, float) else str


def _reader(field: FieldInfo) -> Callable[[Any, str], Any]:
    types = _types(field.annotation)
    if list[int] in types:
        return read_sizes
    if list[str] in types:
        return lambda text, option: [word.strip() for word in text.split(",")]
    if {int, float} <= set(types):
        return read_number
    if int in types and str not in types and len(types) > 1:
        return read_number_or_word
    return lambda value, option: value


def read_sizes(text: str, option: str) -> list[int]:
    """``128,64`` as [128, 64]; "none" as []."""
    if text.strip().lower() in ("", "none", "0"):
        return []
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        wanted = f"{text!r} is not a list of whole numbers such as 128,64"
        raise typer.BadParameter(wanted, param_hint=option) from None


def read_number_or_word(text: str, option: str) -> int | str:
    """``12`` as the whole number, ``auto`` as it is."""
    return int(text) if text.strip().removeprefix("-").isdecimal() else text


def read_number(text: str, option: str) -> float:
    """``12`` as the whole number, ``0.99`` as a fraction."""
    try:
        return int(text) if text.strip().isdecimal() else float(text)
    except ValueError:
        wanted = f"{text!r} is neither how many, such as 12, nor a share, such as 0.99"
        raise typer.BadParameter(wanted, param_hint=option) from None
