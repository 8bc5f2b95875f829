"""What the page may say to the engine of a playground, a JSON object a message. Anything else is refused, in one line.

docs/playground-protocol.md describes both directions; the static page's engine in TypeScript speaks the same.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pellucid.envelope import pack
from pellucid.errors import ConfigError
from pellucid.playground.state import MOST_NETWORKS, PlayState

LARGEST = 1 << 22
"""A message has at most so many bytes."""

LONGEST_REFUSAL = 300
"""Characters of an error: it may quote what the page said, which may be long."""

Network = Annotated[int, Field(ge=0, lt=MOST_NETWORKS)]
ArrayPath = Annotated[str, Field(min_length=1, max_length=100)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Configure(_Message):
    """Work out this state. Weights stay where their shapes, initializer and seed do, and ``reset`` is not asked."""

    type: Literal["configure"]
    state: PlayState
    reset: bool = False


class Run(_Message):
    """Train on, until told to pause."""

    type: Literal["run"]


class Pause(_Message):
    """Train no further."""

    type: Literal["pause"]


class Step(_Message):
    """Pause, then train so many batches or epochs."""

    type: Literal["step"]
    unit: Literal["batch", "epoch"] = "epoch"
    count: Annotated[int, Field(ge=1, le=10_000)] = 1


class Reset(_Message):
    """Back to the first weights, epoch 0, paused."""

    type: Literal["reset"]


class Speed(_Message):
    """Epochs a second; None: as many as go."""

    type: Literal["speed"]
    epochs_per_second: Annotated[float, Field(gt=0, le=100_000)] | None = None


class Edit(_Message):
    """One number of a network is set by hand."""

    type: Literal["edit"]
    network: Network
    path: ArrayPath
    index: Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=4)]
    value: Annotated[float, Field(ge=-1e6, le=1e6)]


class Restore(_Message):
    """Networks go on from where they were: what an answer to ``snapshot`` had."""

    type: Literal["restore"]
    networks: Annotated[list[dict[str, Any]], Field(max_length=MOST_NETWORKS)]


class Look(_Message):
    """What frames have in them. ``map`` and ``unit`` are points along a side of the output's and of each unit's
    picture; 0: none. ``networks`` are those whose units are shown; None: all.
    """

    type: Literal["look"]
    map: Annotated[int, Field(ge=0, le=200)] = 100
    unit: Annotated[int, Field(ge=0, le=50)] = 20
    networks: list[Network] | None = None
    gradients: bool = False


class Drawn(_Message):
    """Frame ``frame`` has been drawn: the next one may come."""

    type: Literal["drawn"]
    frame: Annotated[int, Field(ge=0)]


class Ask(_Message):
    """A question; its answer has the same ``id``. ``what`` names it, ``about`` has what it needs."""

    type: Literal["ask"]
    id: Annotated[int, Field(ge=0, lt=2**53)]
    what: Annotated[str, Field(min_length=1, max_length=40)]
    about: dict[str, Any] = {}


class FamilyMessage(_Message):
    """What is to be done with a family of networks beyond points; while one is open the points' training pauses.

    ``settings`` are those to change, as the family has them; ``count`` is how many steps "step" trains.
    """

    type: Literal["family"]
    name: Literal["convolution", "recurrent", "autoencoder", "attention"]
    do: Literal["open", "close", "run", "pause", "step", "reset", "set"]
    count: Annotated[int, Field(ge=1, le=10_000)] = 1
    settings: Annotated[dict[str, Any], Field(max_length=20)] = {}


Message = Configure | Run | Pause | Step | Reset | Speed | Edit | Restore | Look | Drawn | Ask | FamilyMessage

_MESSAGE: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def read_message(text: str | bytes) -> Message:
    """What the page sent. Raises ConfigError, in one line."""
    if len(text) > LARGEST:
        raise ConfigError(f"a message has at most {LARGEST:,} bytes, not {len(text):,}")
    try:
        return _MESSAGE.validate_json(text)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        place = ".".join(map(str, error["loc"]))
        raise ConfigError(f"the message cannot be read: {place + ': ' if place else ''}{error['msg']}") from None


def refusal(why: str, number: int | None = None) -> bytes:
    """The message that says, in one line, what could not be done; ``number`` is that of the question it came of."""
    line = " ".join(why.split())
    if len(line) > LONGEST_REFUSAL:
        line = f"{line[: LONGEST_REFUSAL - 1]}…"
    return pack({"type": "error", "error": line, **({} if number is None else {"id": number})})
