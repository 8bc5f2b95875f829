"""What a browser may say to the server; anything else is refused."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pellucid.errors import ConfigError

LARGEST = 1 << 16
"""A message has at most so many bytes."""

Name = Annotated[str, Field(min_length=1, max_length=1000)]
TableName = Literal["epochs", "steps", "layers", "examinations"]
_M = TypeVar("_M", bound=BaseModel)


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Follow(_Message):
    """Which run to tell news of; None: of the list of runs alone.

    ``have`` says how many rows of a table the browser has read already.
    """

    type: Literal["follow"]
    run: Name | None = None
    tables: Annotated[list[TableName], Field(max_length=4)] = []
    have: dict[TableName, Annotated[int, Field(ge=0)]] = {}


class Control(_Message):
    """A request to a training."""

    command: Annotated[str, Field(min_length=1, max_length=50)]
    value: Annotated[str, Field(max_length=10_000)] | int | float | None = None


_FOLLOW: TypeAdapter[Follow] = TypeAdapter(Follow)
_CONTROL: TypeAdapter[Control] = TypeAdapter(Control)


def read_follow(text: str | bytes) -> Follow:
    """What the browser sent over the WebSocket. Raises ConfigError, in one line."""
    return _read(_FOLLOW, text)


def read_control(text: str | bytes) -> Control:
    """What the browser sent to steer a training. Raises ConfigError, in one line."""
    return _read(_CONTROL, text)


def _read(adapter: TypeAdapter[_M], text: str | bytes) -> _M:
    if len(text) > LARGEST:
        raise ConfigError(f"a message has at most {LARGEST:,} bytes, not {len(text):,}")
    try:
        return adapter.validate_json(text)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        place = ".".join(map(str, error["loc"]))
        raise ConfigError(f"the message cannot be read: {place + ': ' if place else ''}{error['msg']}") from None
