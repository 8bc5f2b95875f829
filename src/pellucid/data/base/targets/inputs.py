"""The inputs themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pellucid.data.serialization import STRICT


@dataclass(frozen=True)
class InputsTarget:
    """The inputs, as scaled: an autoencoder reconstructs them. ``name`` is the column left out of them, if one was."""

    name: str | None
    task: Literal["reconstruction"] = "reconstruction"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of columns that are known and not among the inputs."""
        return () if self.name is None else (self.name,)

    @property
    def outputs(self) -> tuple[str, ...]:
        """None of its own: each output stands for a number of x."""
        return ()

    @property
    def reason(self) -> str:
        """What reconstruction is, and which column it has no use for."""
        unused = f", {self.name!r} is not used" if self.name else ""
        return f"the network learns to reconstruct its inputs{unused}"
