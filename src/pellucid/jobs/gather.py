"""Settings gathered from a TOML file and from options, and checked by the model, with errors in one line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pellucid.aliases import find_fields, find_settings
from pellucid.errors import ConfigError, RunError, UnknownNameError
from pellucid.jobs.network_names import network_name
from pellucid.jobs.settings import NetworkSettings, Settings, settings_model
from pellucid.runs import Run

NETWORK = frozenset(NetworkSettings.model_fields)
"""What settings say of the network."""

CHOICES = ("function-", "dict[", "str", "literal[", "int", "float", "constrained-")
"""Where several types are taken, pydantic names the one that it tried: words that mean nothing to a user."""


def gather_settings(config: Path | None, options: dict[str, Any]) -> Settings:
    """Settings from the file and, over it, the options that were given (not None).

    Raises ConfigError for a file that is not TOML and for values that cannot be, UnknownNameError for unknown keys.
    """
    values = read_config(config) if config else {}
    given = {name: value for name, value in options.items() if value is not None}
    if isinstance(values.get("network"), dict) and (twice := NETWORK & given.keys()):
        surplus = " and ".join(f"--{name.replace('_', '-')}" for name in sorted(twice))
        raise ConfigError(f"{config} has a [network]: leave out {surplus}, or the [network]")
    if "learning_rate" in given and isinstance(values.get("optimizer"), dict):
        rate = ("learning_rate",)
        values["optimizer"] = {key: item for key, item in values["optimizer"].items() if find_fields(key, rate) != rate}
    return validate({**values, **given}, str(config) if config else "options")


def read_config(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises ConfigError where it is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"no such file: {path}") from None
    except IsADirectoryError:
        raise ConfigError(f"{path} is a folder: name a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from None


def validate(values: dict[str, Any], source: str) -> Settings:
    """``values`` as Settings, or the first error in one line: key, value, what is wanted."""
    model = settings_model()
    try:
        settings = model(**values)
    except ValidationError as invalid:
        raise first_error(invalid, model, source) from None
    if isinstance(settings.network, dict) and (twice := sorted(NETWORK & values.keys() - {"network"})):
        raise ConfigError(f"{source}: give either a whole network, or {' and '.join(twice)}, not both")
    if isinstance(settings.network, str):
        settings = settings.model_copy(update={"network": network_name(settings.network)})
    return _with_task(settings)


def settings_of(run: Path, options: dict[str, Any]) -> Settings:
    """The settings a run was made with, and over them the options given. Raises RunError, ConfigError."""
    stored = Run(run).settings
    if not stored:
        raise RunError(f"{run} was not made by 'pellucid train': load it from Python with load_run")
    given = {name: value for name, value in options.items() if value is not None}
    return validate({**stored, **given}, str(run))


def first_error(invalid: ValidationError, model: type[Any], source: str) -> ConfigError:
    """The first thing that a model of settings has to say of values, in one line."""
    error = invalid.errors()[0]
    name = ".".join(str(part) for part in error["loc"] if not str(part).startswith(CHOICES))
    if error["type"] == "extra_forbidden":
        meant = find_settings(name, tuple(model.model_fields))
        return UnknownNameError(f"key in {source}", name, model.model_fields, f"take {meant[0]}" if meant else None)
    extra = model.model_fields[name].json_schema_extra if name in model.model_fields else None
    wanted = (extra or {}).get("wanted") if isinstance(extra, dict) else None
    return ConfigError(f"{source}: {name} {wanted or error['msg'].removeprefix('Input ')}, not {error['input']!r}")


def _with_task(settings: Settings) -> Settings:
    """An autoencoder means reconstruction, and reconstruction an autoencoder, if not a whole network."""
    if settings.network == "autoencoder":
        if settings.task in ("classification", "regression"):
            raise ConfigError(f"an autoencoder reconstructs its inputs, which is no {settings.task}: leave out task")
        return settings.model_copy(update={"task": "reconstruction"})
    if settings.task == "reconstruction" and not isinstance(settings.network, dict):
        if settings.network is not None:
            raise ConfigError(f"reconstruction is for an autoencoder or a whole network, not for {settings.network!r}")
        return settings.model_copy(update={"network": "autoencoder"})
    return settings
