"""What the page may set of a family, bounded."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pellucid.errors import ConfigError

EXAMPLES = 30
"""So many test examples can be looked at."""

TIME_STEPS = 10
"""Time steps of a sequence of signs."""

TOKENS = 6
"""Places in a sequence of tokens."""

DIGITS = 8
"""A token is a digit below this."""

Example = Annotated[int, Field(ge=0, lt=EXAMPLES)]
Share = Annotated[float, Field(ge=0, le=1)]
Digit = Annotated[int, Field(ge=0, lt=DIGITS)]
Code = Annotated[list[Annotated[float, Field(ge=-1e3, le=1e3)]], Field(min_length=2, max_length=2)]


class Settings(BaseModel):
    """What every family has: how it is trained, and which of the test examples is looked at."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)

    learning_rate: Annotated[float, Field(gt=0, le=10)] = 0.01
    steps_per_second: Annotated[float, Field(gt=0, le=10_000)] | None = 30
    """None: as many as go."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    example: Example = 0

    BEGINNING: ClassVar[tuple[str, ...]] = ("seed",)
    """Settings whose change begins the training again."""

    def changed(self, given: dict[str, Any]) -> Self:
        """These settings with others in their places. Raises ConfigError, in one line."""
        try:
            return type(self).model_validate({**self.model_dump(), **given})
        except ValidationError as invalid:
            error = invalid.errors()[0]
            place = ".".join(map(str, ("settings", *error["loc"])))
            raise ConfigError(f"the message cannot be read: {place}: {error['msg']}") from None

    def begins_like(self, other: Settings) -> bool:
        """Whether the training of ``other`` can go on with these."""
        return all(getattr(self, name) == getattr(other, name) for name in self.BEGINNING)


class ConvolutionSettings(Settings):
    """``pixels`` are a digit of one's own, 8 rows of 8 from 0 to 1, in place of the test example."""

    BEGINNING = ("seed", "filters")

    filters: Annotated[int, Field(ge=1, le=8)] = 4
    pixels: Annotated[list[Share], Field(min_length=64, max_length=64)] | None = None


class RecurrentSettings(Settings):
    """``sequence`` are signs of one's own, in place of the test example."""

    BEGINNING = ("seed", "cell", "task", "units")

    cell: Literal["rnn", "gru", "lstm"] = "gru"
    task: Literal["first", "echo", "parity", "brackets"] = "first"
    units: Annotated[int, Field(ge=1, le=12)] = 6
    sequence: Annotated[list[Literal[-1, 1]], Field(min_length=TIME_STEPS, max_length=TIME_STEPS)] | None = None


class AutoencoderSettings(Settings):
    """``code`` and ``pca_code`` are places in the two planes, in place of those of the test example."""

    code: Code | None = None
    pca_code: Code | None = None


class AttentionSettings(Settings):
    """``tokens`` and, in the task "key", the place that is asked for (``query``), in place of the test example's."""

    BEGINNING = ("seed", "task")

    task: Literal["previous", "reverse", "key"] = "reverse"
    tokens: Annotated[list[Digit], Field(min_length=TOKENS, max_length=TOKENS)] | None = None
    query: Annotated[int, Field(ge=0, lt=TOKENS - 1)] | None = None
