"""Networks are values: every layer, loss, initialiser and update rule is a frozen dataclass of hyper-parameters."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value(ABC):  # noqa: B024  # its subclasses have the abstract methods
    """Base of everything a network is specified with.

    A subclass becomes a frozen dataclass by itself: its annotated fields are its hyper-parameters. Values are
    therefore equal when their fields are, hashable, picklable, printable, and turned to and from JSON and TOML by
    ``pellucid.spec`` without code for each class. A subclass checks its fields in ``__post_init__``; one that writes
    its own ``__init__`` says ``class Chain(Value, init=False)``.
    """

    nameable: ClassVar[bool] = True
    """Whether a specification can name the class; False, with all that derives from it, for internal ones."""

    def __init_subclass__(cls, init: bool = True, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True, repr=False, init=init)(cls)

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> Self:
        """The value with these fields: how a specification is read back."""
        return cls(**values)

    def __repr__(self) -> str:
        """The call that makes this value, with the fields that differ from their defaults."""
        return f"{type(self).__name__}({', '.join(self._arguments())})"

    def _arguments(self) -> Iterator[str]:
        positional = True
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass, see above
            value = getattr(self, field.name)
            if field.default is not MISSING and value == field.default:
                positional = False
                continue
            required = field.default is MISSING and field.default_factory is MISSING
            yield repr(value) if positional and required else f"{field.name}={value!r}"


def subclasses(base: type[Any]) -> Iterator[type[Any]]:
    """Every class that derives from ``base``, directly or not, that is in memory now."""
    for child in base.__subclasses__():
        yield child
        yield from subclasses(child)
