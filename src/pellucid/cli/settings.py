"""Everything that can be asked of a training, whether by options or by a TOML file; options win."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pellucid.errors import ConfigError, UnknownNameError


class Settings(BaseModel):
    """What ``pellucid train`` does; every field is a key of the TOML file and, but for tables, an option.

    ``hidden`` and ``activation`` describe a plain network; ``network`` is a whole one, output layer and all, as
    ``pellucid.spec`` writes it. ``optimizer`` and ``loss`` are names, or tables with a ``type`` and its fields.
    """

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    data: str = "digits"
    target: str | None = None
    task: Literal["auto", "classification", "regression"] = "auto"
    header: Literal["auto", "yes", "no"] = "auto"
    test: str | None = None
    missing: list[str] = []
    categorical: list[str] = []
    hidden: list[int] | None = None
    activation: str | None = None
    network: dict[str, Any] | None = None
    loss: str | dict[str, Any] | None = None
    optimizer: str | dict[str, Any] = "adam"
    learning_rate: float | None = Field(default=None, gt=0)
    l1: float = Field(default=0.0, ge=0)
    l2: float = Field(default=0.0, ge=0)
    max_norm: float | None = Field(default=None, gt=0)
    clip_norm: float | None = Field(default=None, gt=0)
    class_weight: Literal["balanced"] | None = None
    epochs: int = Field(default=100, ge=1)
    batch_size: int | None = Field(default=None, ge=1)
    patience: int = Field(default=20, ge=0)
    seed: int = 0
    engine: Literal["auto", "numpy", "jax"] = "auto"


def gather_settings(config: Path | None, options: dict[str, Any]) -> Settings:
    """Settings from the file and, over it, the options that were given (not None).

    Raises ConfigError for a file that is not TOML and for values that cannot be, UnknownNameError for unknown keys.
    """
    values = read_config(config) if config else {}
    given = {name: value for name, value in options.items() if value is not None}
    if "network" in values and ({"hidden", "activation"} & given.keys()):
        raise ConfigError(f"{config} has a [network]: leave out --hidden and --activation, or the [network]")
    if "learning_rate" in given and isinstance(values.get("optimizer"), dict):
        values["optimizer"] = {key: item for key, item in values["optimizer"].items() if key != "learning_rate"}
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
    try:
        settings = Settings(**values)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        name = ".".join(str(part) for part in error["loc"] if not str(part).startswith(("function-", "dict[")))
        if error["type"] == "extra_forbidden":
            raise UnknownNameError(f"key in {source}", name, Settings.model_fields) from None
        wanted = error["msg"].removeprefix("Input ")
        raise ConfigError(f"{source}: {name} {wanted}, not {error['input']!r}") from None
    if settings.network is not None and (settings.hidden is not None or settings.activation is not None):
        raise ConfigError(f"{source}: give either network, or hidden and activation, not both")
    return settings
