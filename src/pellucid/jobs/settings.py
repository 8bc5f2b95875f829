"""Everything that can be asked of a training, whether by options or by a TOML file; options win."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pellucid.errors import ConfigError, UnknownNameError


class Settings(BaseModel):
    """What ``pellucid train`` does; every field is a key of the TOML file and, but for tables, an option.

    ``network`` is the name of one that is made for the data, of sizes that ``hidden``, ``activation`` and ``code``
    may set, with the noise and augmentation asked for; or a whole one, output layer and all, as ``pellucid.spec``
    writes it. ``optimizer`` and ``loss`` are names, or tables with a ``type`` and its fields.
    """

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    data: str = "digits"
    target: str | None = None
    task: Literal["auto", "classification", "regression", "reconstruction"] = "auto"
    header: Literal["auto", "yes", "no"] = "auto"
    test: str | None = None
    missing: list[str] = []
    categorical: list[str] = []
    prepare: Literal["auto", "raw", "centre", "normalise", "decorrelate", "whiten", "zca"] = "auto"
    components: int | float | None = None
    epsilon: float | None = Field(default=None, gt=0)
    encoding: str | None = None
    text: str | None = None
    level: Literal["word", "character"] = "word"
    features: Literal["sequence", "bag", "log-mel", "mfcc"] | None = None
    vocabulary: int | None = Field(default=None, ge=1)
    length: int | None = Field(default=None, ge=1)
    size: str | None = Field(default=None, pattern=r"^[1-9]\d{0,4}(x[1-9]\d{0,4})?$")
    label_from: str | None = None
    time: str | None = None
    window: int | None = Field(default=None, ge=1)
    horizon: int | None = Field(default=None, ge=1)
    embed: Literal["frequent", "hash"] | None = None
    at_least: int | None = Field(default=None, ge=1)
    buckets: int | None = Field(default=None, ge=1)
    log: bool = False
    hidden: list[int] | None = None
    activation: str | None = None
    dropout: float | None = Field(default=None, ge=0, lt=1)
    code: int | None = Field(default=None, ge=1)
    network: str | dict[str, Any] | None = None
    input_noise: float | None = Field(default=None, gt=0)
    weight_noise: float | None = Field(default=None, gt=0)
    augment: list[str] | None = None
    loss: str | dict[str, Any] | None = None
    label_smoothing: float | None = Field(default=None, ge=0, lt=1)
    optimizer: str | dict[str, Any] = "adam"
    learning_rate: float | None = Field(default=None, gt=0)
    l1: float = Field(default=0.0, ge=0)
    l2: float = Field(default=0.0, ge=0)
    mixup: float | None = Field(default=None, gt=0)
    max_norm: float | None = Field(default=None, gt=0)
    clip_norm: float | None = Field(default=None, gt=0)
    class_weight: Literal["balanced"] | None = None
    epochs: int = Field(default=100, ge=1)
    batch_size: int | None = Field(default=None, ge=1)
    patience: int = Field(default=20, ge=0)
    seed: int = 0
    engine: Literal["auto", "numpy", "jax"] = "auto"
    compute: Literal["bfloat16"] | None = None
    watch_every: int | None = Field(default=None, ge=1)

    @property
    def height_and_width(self) -> tuple[int, int] | None:
        """``size`` as numbers: "32x48" is 32 pixels high and 48 wide, "32" is a square."""
        if self.size is None:
            return None
        height, _, width = self.size.partition("x")
        return int(height), int(width or height)


WORDED = {"size": "must be a height and a width in pixels, such as 32x48, or one for both, such as 32"}
"""What is wanted of settings whose pattern would say it to few."""

NETWORK = {"network", "hidden", "activation", "code", "dropout", "input_noise", "weight_noise", "augment"}
"""What settings say of the network."""


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
        kinds = ("function-", "dict[", "str")  # where several kinds are taken, pydantic names the one it tried
        name = ".".join(str(part) for part in error["loc"] if not str(part).startswith(kinds))
        if error["type"] == "extra_forbidden":
            raise UnknownNameError(f"key in {source}", name, Settings.model_fields) from None
        wanted = WORDED.get(name) or error["msg"].removeprefix("Input ")
        raise ConfigError(f"{source}: {name} {wanted}, not {error['input']!r}") from None
    if isinstance(settings.network, dict) and (twice := sorted(NETWORK & values.keys() - {"network"})):
        raise ConfigError(f"{source}: give either a whole network, or {' and '.join(twice)}, not both")
    return _with_task(settings)


def _with_task(settings: Settings) -> Settings:
    """An autoencoder means reconstruction, and reconstruction an autoencoder, if not a whole network."""
    if settings.network == "autoencoder":
        if settings.task in ("classification", "regression"):
            raise ConfigError(f"an autoencoder gives back its inputs, which is no {settings.task}: leave out task")
        return settings.model_copy(update={"task": "reconstruction"})
    if settings.task == "reconstruction" and not isinstance(settings.network, dict):
        if settings.network is not None:
            raise ConfigError(f"reconstruction is for an autoencoder or a whole network, not for {settings.network!r}")
        return settings.model_copy(update={"network": "autoencoder"})
    return settings
